// WebHDFS as a conversation: an operation becomes a URL, a NameNode answers it or names a DataNode, and
// whatever is no success becomes an HdfsFailure.
import { excerpt, jsonOf, textOf, type Reply } from './body.ts';
import type { Answer } from './exchange.ts';
import { HdfsFailure, noAnswerOfHdfs } from './failure.ts';
import { encodePath, encodeText } from './hdfs-path.ts';
import { nameNodesOf, type NameNodes } from './name-nodes.ts';
import { PATIENCE, type HdfsOptions, type Patience } from './options.ts';
import { remoteFailure } from './remote-exception.ts';
import { placeIn, type Place } from './place.ts';
import { parseServer, type Server } from './server.ts';
import { openTransport, type Call, type Transport } from './transport.ts';

/** One operation of the WebHDFS interface. */
export interface Operation {
  readonly method: Call['method'];
  readonly op: string;
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Doing it twice is as good as once. */
  readonly repeatable: boolean;
}

export interface Client {
  readonly transport: Transport;
  readonly nameNodes: NameNodes;
  readonly patience: Patience;
  readonly onWait: (said: string) => void;
  /** What the NameNode answers; one whose words `read` does not understand is asked again. */
  ask<T>(operation: Operation, read: (reply: Reply) => T): Promise<T>;
  /** The first of the two steps of an operation on data. */
  locate(operation: Operation): Promise<Place>;
}

export function createClient(options: HdfsOptions): Client {
  const patience = { ...PATIENCE, ...options.patience };
  const onWait = options.onWait ?? (() => undefined);
  const [first, ...others] = options.nameNodes.map(parseServer);
  if (first === undefined) throw new RangeError('a client needs the address of a NameNode');
  const nameNodes = nameNodesOf([first, ...others], patience, onWait);
  const transport = openTransport(patience, options.tls ?? {});
  const who = callerOf(options);
  const put = async (nameNode: Server, operation: Operation): Promise<Answer> =>
    await transport.call({
      method: operation.method,
      server: nameNode,
      target: targetOf(nameNode, operation, who),
    });
  return {
    transport,
    nameNodes,
    patience,
    onWait,
    ask: async (operation, read) =>
      await nameNodes.ask({
        repeatable: operation.repeatable,
        put: async (nameNode) =>
          read(await replyOf(await put(nameNode, operation), operation, patience)),
      }),
    locate: async (operation) =>
      await nameNodes.ask({
        // Nothing has happened yet when a place was named.
        repeatable: true,
        put: async (nameNode) => {
          const answer = await put(nameNode, operation);
          if (answer.status === 200) return { kind: 'here', answer };
          if (answer.status !== 307) throw await failureOf(answer, operation, patience);
          const place = placeIn(answer, operation.path, nameNode, options.hosts ?? {});
          await textOf(answer, patience.stallMs);
          return place;
        },
      }),
  };
}

type Caller = Readonly<Record<string, string | undefined>>;

/** A token says who asks; a name beside it would be refused. */
function callerOf({ user, token, doAs }: HdfsOptions): Caller {
  return token === undefined
    ? { 'user.name': user, doas: doAs }
    : { delegation: token, doas: doAs };
}

function targetOf({ base }: Server, { op, path, parameters }: Operation, who: Caller): string {
  const query = Object.entries({ op, ...parameters, ...who })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeText(String(value))}`);
  return `${base}/webhdfs/v1${encodePath(path)}?${query.join('&')}`;
}

/** The text of an answer that says yes; throws what any other says. */
export async function replyOf(
  answer: Answer,
  operation: Operation,
  { stallMs }: Patience,
): Promise<Reply> {
  if (answer.status < 200 || answer.status > 299) {
    throw await failureOf(answer, operation, { stallMs });
  }
  return { from: answer.from, text: await textOf(answer, stallMs) };
}

/** What an answer that says no means. */
export async function failureOf(
  answer: Answer,
  { op, path }: Operation,
  { stallMs }: Pick<Patience, 'stallMs'>,
): Promise<HdfsFailure> {
  const { status, from } = answer;
  const what = `${op} ${path}`;
  const text = await textOf(answer, stallMs);
  const remote = remoteFailure(jsonOf(text), what, status);
  if (remote !== null) return remote;
  if (status === 401) return denied(answer, what);
  if (status < 500) return noAnswerOfHdfs(from, `HTTP ${status} to ${what}: ${excerpt(text)}`);
  const said = `${what}: ${from} answered HTTP ${status}`;
  return new HdfsFailure('LISPING_E_HDFS', said, { cure: 'retry', unclear: true });
}

function denied({ headers, from }: Answer, what: string): HdfsFailure {
  const wantsKerberos = headers['www-authenticate']?.includes('Negotiate') === true;
  return new HdfsFailure('LISPING_E_HDFS_DENIED', `${what}: ${from} does not know who asks`, {
    cure: 'none',
    hint: wantsKerberos
      ? 'The cluster asks for Kerberos, which Lisping does not speak: get a delegation token (op=GETDELEGATIONTOKEN) and give it as LISPING_HDFS_TOKEN.'
      : undefined,
  });
}
