// Where the data of an operation goes or comes from: what a redirect says, what it really means, and
// whether it may be followed.
import { excerpt } from './body.ts';
import type { Answer } from './exchange.ts';
import { HdfsFailure, noAnswerOfHdfs } from './failure.ts';
import { encodePath } from './hdfs-path.ts';
import { mappedServer, parseLocation, type Server } from './server.ts';

export type Place =
  | {
      readonly kind: 'elsewhere';
      readonly server: Server;
      readonly target: string;
      /** The DataNode's host as the cluster knows it. */
      readonly advertised: string;
    }
  /** HttpFS gives the data itself. */
  | { readonly kind: 'here'; readonly answer: Answer };

/** The place that a redirect names for the data of `path`. */
export function placeIn(
  { from, headers }: Answer,
  path: string,
  nameNode: Server,
  hosts: Readonly<Record<string, string>>,
): Place {
  const location = headers.location ?? '';
  const parsed = parseLocation(location);
  if (parsed === null) throw noAnswerOfHdfs(from, `a redirect to ${excerpt(location)}`);
  if (nameNode.protocol === 'https:' && parsed.server.protocol === 'http:') throw downgraded(from);
  return {
    kind: 'elsewhere',
    server: mappedServer(parsed.server, hosts),
    target: withoutComposition(parsed.target, path),
    advertised: parsed.server.host,
  };
}

/**
 * The NameNode composes the characters of the path (`e` and an accent become `é`, by Java's
 * `URI.toASCIIString`), which names another file. Any other redirect is used as it stands.
 */
function withoutComposition(target: string, path: string): string {
  if (path === path.normalize('NFC')) return target;
  return target.replace(/(\/webhdfs\/v1)[^?]*/, (_, prefix: string) => prefix + encodePath(path));
}

function downgraded(from: string): HdfsFailure {
  return new HdfsFailure(
    'LISPING_E_HDFS_ANSWER',
    `${from} redirects from https to http, where data and token could be read on the way`,
    {
      cure: 'none',
      hint: 'Set dfs.http.policy to HTTPS_ONLY on the DataNodes, or ask over http.',
    },
  );
}
