// Which HDFS a user means: what stands in a path or a flag, else what the environment says. Secrets come from
// the environment only, because everybody on a machine sees its command lines.
import { userInfo } from 'node:os';
import { LispingError } from '@lisping/core';
import type { HdfsOptions } from './options.ts';

/** A path and the cluster that has it. */
export interface HdfsPlace {
  readonly options: HdfsOptions;
  /** Absolute. */
  readonly path: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment may hold. */
interface Settings {
  /** `--namenode`: `http://host:port`, several NameNodes of one service separated by commas. */
  readonly nameNode: string | undefined;
  readonly environment: Environment;
}

/**
 * Reads `/path`, `path` (of the user's home), `hdfs://host/path` and `webhdfs://host:port/path`. Throws
 * LISPING_E_CONFIG when no NameNode is known.
 *
 * @example
 * hdfsPlace('logs/a', { nameNode: 'http://nn:9870', environment: process.env }).path; // '/user/ann/logs/a'
 */
export function hdfsPlace(given: string, { nameNode, environment }: Settings): HdfsPlace {
  const user = set(environment['HADOOP_USER_NAME']) ?? userInfo().username;
  const known = nameNode ?? set(environment['LISPING_NAMENODE']);
  const [, scheme, authority, behind] = /^(s?webhdfs|hdfs):\/\/([^/]*)(\/.*)?$/s.exec(given) ?? [];
  const nameNodes = nameNodesOf(scheme, authority, known);
  const path = scheme === undefined ? inHome(given, user) : (behind ?? '/');
  return { path, options: { nameNodes, user, ...more(environment) } };
}

function nameNodesOf(
  scheme: string | undefined,
  authority: string | undefined,
  known: string | undefined,
): string[] {
  // `hdfs://` names the RPC port or a service: of the web port it only lets us guess the host.
  const isWeb = scheme !== undefined && scheme !== 'hdfs';
  if (isWeb) return [`${scheme}://${authority}`];
  if (known !== undefined) return known.split(',').map((each) => each.trim());
  const host = authority?.replace(/:\d+$/, '') ?? '';
  if (host !== '') return [`http://${host}:9870`];
  throw new LispingError('LISPING_E_CONFIG', 'the address of the NameNode is not known', {
    hint: 'Give it with --namenode http://HOST:9870, or set LISPING_NAMENODE.',
  });
}

function inHome(path: string, user: string): string {
  return path.startsWith('/') ? path : `/user/${user}/${path}`;
}

function more(environment: Environment): Partial<HdfsOptions> {
  const token = set(environment['LISPING_HDFS_TOKEN']);
  const doAs = set(environment['HADOOP_PROXY_USER']);
  const hosts = set(environment['LISPING_HDFS_HOSTS']);
  return {
    ...(token === undefined ? {} : { token }),
    ...(doAs === undefined ? {} : { doAs }),
    ...(hosts === undefined ? {} : { hosts: hostMap(hosts) }),
  };
}

/** `dn1=10.0.0.7,dn2:9864=localhost:19864` */
function hostMap(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair): [string, string] => {
      const [from = '', to = ''] = pair.split('=').map((each) => each.trim());
      if (from !== '' && to !== '') return [from, to];
      throw new LispingError(
        'LISPING_E_CONFIG',
        `LISPING_HDFS_HOSTS: '${pair}' is no NAME=ADDRESS`,
      );
    }),
  );
}

function set(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
