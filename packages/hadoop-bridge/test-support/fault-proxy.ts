// Stands between a client and a real HDFS, with real sockets, and breaks what it is told to break. It has
// two doors, one for the NameNode and one for the DataNode, and turns redirects to the second.
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, PlannedFault, Side } from './fault.ts';

export interface FaultProxy {
  /** `http://127.0.0.1:port` of each door. */
  readonly nameNode: string;
  readonly dataNode: string;
  /** The next request that fits meets this fault, once. */
  plan(...faults: readonly PlannedFault[]): void;
  /** Drops what was planned and has met nobody. */
  forget(): void;
  /** Operations that came through the doors, in order, as `side OP`. */
  readonly seen: string[];
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** `http://host:port` of the real ones. */
  readonly nameNode: string;
  readonly dataNode: string;
  /** What redirects name instead of the second door, as a cluster does that has names of its own. */
  readonly namesDataNode?: string;
}

export async function startFaultProxy({
  nameNode,
  dataNode,
  namesDataNode,
}: ProxyOptions): Promise<FaultProxy> {
  const planned: PlannedFault[] = [];
  const seen: string[] = [];
  const take = (side: Side, op: string): Fault | null => {
    seen.push(`${side} ${op}`);
    const at = planned.findIndex((each) => each.side === side && (each.op ?? op) === op);
    return at === -1 ? null : (planned.splice(at, 1)[0]?.fault ?? null);
  };
  const doorTo = (side: Side, upstream: string, named: string): http.Server => {
    const enter: http.RequestListener = (request, response) => {
      const passage = { request, response, upstream, turned: [dataNode, named] } as const;
      void pass(passage, take(side, operationOf(request)));
    };
    // Permission to send a body is the DataNode's to give, not ours.
    const door = http.createServer(enter).on('checkContinue', enter);
    return door.on('connection', (socket) => socket.on('error', () => undefined));
  };
  const dataDoor = doorTo('dataNode', dataNode, dataNode);
  const dataAddress = await listening(dataDoor);
  const nameDoor = doorTo('nameNode', nameNode, namesDataNode ?? dataAddress);
  return {
    nameNode: await listening(nameDoor),
    dataNode: dataAddress,
    plan: (...faults) => void planned.push(...faults),
    forget: () => void planned.splice(0),
    seen,
    close: async () => {
      for (const door of [nameDoor, dataDoor]) {
        door.closeAllConnections();
        await new Promise((resolve) => door.close(resolve));
      }
    },
  };
}

async function listening(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The cast: a server that listens on a port has an address of this kind.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The doors are told by `op=`, in whatever case it is written. */
function operationOf({ url = '' }: IncomingMessage): string {
  return (/[?&]op=([^&]*)/i.exec(url)?.[1] ?? '').toUpperCase();
}

interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upstream: string;
  /** What a redirect's beginning is replaced by what. */
  readonly turned: readonly [string, string];
}

async function pass(passage: Passage, fault: Fault | null): Promise<void> {
  const { request, response } = passage;
  // Whoever breaks a connection on purpose need not hear of it.
  for (const stream of [request, response]) stream.on('error', () => undefined);
  switch (fault?.kind) {
    case 'reset':
      return void request.socket.resetAndDestroy();
    case 'silence':
      return void request.resume();
    case 'error-500':
      return answer(passage, 500, 'text/plain', 'something went wrong');
    case 'exception':
      return answer(passage, 403, 'application/json', remoteException(fault.exception));
    case 'garbage':
      return void request.socket.end('\x00\x01 this is no answer \xff\r\n\r\n');
    case 'page':
      return answer(passage, 200, 'text/html', '<html>Please log in.</html>');
    case 'dead-redirect':
      response.setHeader('Location', `http://127.0.0.1:${NOBODY}${request.url}`);
      return answer(passage, 307, 'application/octet-stream', '');
    case undefined:
    case 'answer-lost':
    case 'closed':
    case 'closed-without-length':
    case 'cut':
    case 'short-length':
    case 'stall':
    case 'too-long':
    case 'upload-cut':
      return await forward(passage, fault);
  }
}

/** Port 1 is never listened on. */
const NOBODY = 1;

/** Reads what is sent first: a server that answers and closes at once resets the connection. */
function answer(
  { request, response }: Passage,
  status: number,
  contentType: string,
  body: string,
): void {
  const say = (): void => {
    response.writeHead(status, { 'Content-Type': contentType });
    response.end(body);
  };
  // Who asked for permission sends nothing before an answer.
  if (request.headers.expect !== undefined) return say();
  request.resume();
  request.once('end', say);
}

function remoteException(exception: string): string {
  const message = 'said by the proxy';
  const javaClassName = `org.apache.hadoop.${exception}`;
  return JSON.stringify({ RemoteException: { exception, javaClassName, message } });
}

type OnTheWay = Exclude<
  Fault,
  { kind: 'reset' | 'silence' | 'error-500' | 'exception' | 'garbage' | 'page' | 'dead-redirect' }
>;

async function forward(passage: Passage, fault: OnTheWay | null): Promise<void> {
  const { request, response, upstream } = passage;
  const onward = http.request(upstream, {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: request.headers,
    agent: false,
  });
  onward.on('continue', () => response.writeContinue());
  onward.on('error', () => request.destroy());
  response.on('close', () => onward.destroy());
  onward.on('response', (answered) => void giveBack(passage, answered, fault));
  let got = 0;
  const until = fault?.kind === 'upload-cut' ? fault.afterBytes : Number.POSITIVE_INFINITY;
  const chunks: AsyncIterable<Buffer> = request; // no encoding was set
  try {
    for await (const chunk of chunks) {
      const rest = until - got;
      got += chunk.length;
      if (chunk.length > rest) {
        onward.write(chunk.subarray(0, rest), () => onward.destroy());
        return void request.socket.resetAndDestroy();
      }
      if (!onward.write(chunk)) await new Promise((resolve) => onward.once('drain', resolve));
    }
    onward.end();
  } catch {
    onward.destroy(); // the client went away
  }
}

async function giveBack(
  { request, response, turned }: Passage,
  answered: IncomingMessage,
  fault: OnTheWay | null,
): Promise<void> {
  const chunks: Buffer[] = [];
  answered.on('error', () => request.destroy());
  const headers = { ...answered.headers };
  if (headers.location !== undefined) headers.location = headers.location.replace(...turned);
  if (fault === null) {
    response.writeHead(answered.statusCode ?? 0, headers);
    return void answered.pipe(response);
  }
  const parts: AsyncIterable<Buffer> = answered; // no encoding was set
  for await (const chunk of parts) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  delete headers['transfer-encoding'];
  const { socket } = request;
  const send = (bytes: Uint8Array, length: number, then: () => void): void => {
    headers['content-length'] = String(length);
    response.writeHead(answered.statusCode ?? 0, { ...headers, connection: 'close' });
    response.flushHeaders();
    if (bytes.length === 0) then();
    else response.write(bytes, then);
  };
  switch (fault.kind) {
    case 'answer-lost':
    case 'upload-cut':
      return void socket.resetAndDestroy();
    case 'cut':
      // A reset may overtake what was sent before it.
      return send(body.subarray(0, fault.afterBytes), body.length, () =>
        setTimeout(() => socket.resetAndDestroy(), 5),
      );
    case 'closed':
      return send(body.subarray(0, fault.afterBytes), body.length, () => socket.end());
    case 'closed-without-length':
      return closeWithoutLength(socket, answered, headers, body.subarray(0, fault.afterBytes));
    case 'short-length': {
      const part = body.subarray(0, fault.afterBytes);
      return send(part, part.length, () => socket.end());
    }
    case 'too-long': {
      const more = Buffer.concat([body, Buffer.alloc(fault.moreBytes, 'x')]);
      return send(more, more.length, () => socket.end());
    }
    case 'stall':
      return send(body.subarray(0, fault.afterBytes), body.length, () => undefined);
  }
}

/** By hand, because node:http would use chunks, which tell where the end is. */
function closeWithoutLength(
  socket: IncomingMessage['socket'],
  { statusCode, statusMessage }: IncomingMessage,
  headers: http.IncomingHttpHeaders,
  body: Buffer,
): void {
  const { 'content-length': _, ...kept } = headers;
  const lines = Object.entries({ ...kept, connection: 'close' }).map(
    ([name, value]) => `${name}: ${String(value)}\r\n`,
  );
  socket.write(`HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`);
  socket.end(body);
}
