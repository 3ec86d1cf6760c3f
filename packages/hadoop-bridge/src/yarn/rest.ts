// Questions in JSON over HTTP to the web servers of YARN and of the history server. Nothing is tried
// again here.
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { LispingError } from '@lisping/core';
import * as v from 'valibot';

const ANSWER_MS = 30_000;

/** Whom to ask, in words for errors, and where: `http://host:port`. */
export interface Service {
  readonly name: string;
  readonly url: string;
}

export interface RestCall {
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** From the first slash on, encoded. */
  readonly path: string;
  readonly body?: object;
  /** JSON when left out. */
  readonly accept?: string;
}

/** What came back; redirects are not followed. */
export interface RestAnswer {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
}

/** Throws LISPING_E_NETWORK when there is no answer. */
export async function ask({ name, url }: Service, call: RestCall): Promise<RestAnswer> {
  try {
    return await exchange(new URL(url + call.path), call);
  } catch (error) {
    const said = `the ${name} ${url} cannot be reached (${reasonOf(error)})`;
    throw new LispingError('LISPING_E_NETWORK', said, { cause: error });
  }
}

/** Not with fetch, which refuses some ports, whoever listens there. */
async function exchange(
  url: URL,
  { method = 'GET', body, accept = 'application/json' }: RestCall,
): Promise<RestAnswer> {
  const { request } = url.protocol === 'https:' ? https : http;
  const text = body === undefined ? '' : JSON.stringify(body);
  const outgoing = request(url, {
    method,
    headers: {
      Accept: accept,
      'X-XSRF-HEADER': 'lisping', // some clusters ask for it
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      'Content-Length': Buffer.byteLength(text),
    },
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve).on('error', reject);
  });
  outgoing.end(text);
  const answer = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk); // no encoding was set
  return {
    status: answer.statusCode ?? 0,
    text: Buffer.concat(chunks).toString('utf8'),
    location: answer.headers.location ?? null,
  };
}

/** What stands in an answer of this shape; null when it is no such answer. */
export function shaped<T>(schema: v.GenericSchema<unknown, T>, { text }: RestAnswer): T | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** The message of a refusal in one line: that of Hadoop's exception, or the beginning of the text. */
export function saidIn(answer: RestAnswer): string {
  const remote = shaped(REMOTE, answer);
  const text = remote === null ? answer.text : remote.RemoteException.message;
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

const REMOTE = v.object({ RemoteException: v.object({ message: v.string() }) });

/** Node's code, such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return `no answer in ${ANSWER_MS / 1000} s`;
  }
  return 'code' in error ? String(error.code) : error.message;
}
