// One request on its way until its answer begins: what breaks meanwhile, and for how long to wait.
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { HdfsFailure, noAnswerOfHdfs } from './failure.ts';
import type { Patience } from './options.ts';

/** The head of an answer; its body must be read or destroyed. */
export interface Answer {
  /** Who answered, as `host:port`. */
  readonly from: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

export interface Exchange {
  /** Rejects with an HdfsFailure. */
  readonly answer: Promise<Answer>;
  /** Something moved: begins to wait anew, for bytes to be taken or for the answer. */
  moved(next: 'bytes' | 'answer'): void;
}

/** Watches a request that was made just now; sending it is the caller's. */
export function beginExchange(request: ClientRequest, to: string, patience: Patience): Exchange {
  let connected = false;
  let timer: NodeJS.Timeout | undefined;
  const waitFor = (what: string, ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => request.destroy(silent(to, what, ms, connected)), ms);
  };
  const moved = (next: 'bytes' | 'answer'): void => {
    if (!connected) return; // then the wait for the connection is what counts
    if (next === 'bytes') waitFor('taking bytes', patience.stallMs);
    else waitFor('an answer', patience.answerMs);
  };
  waitFor('a connection', patience.connectMs);
  request.once('socket', (socket) => {
    const isUp = (): void => {
      connected = true;
      moved('answer');
    };
    if (!socket.connecting) isUp();
    // `secureConnect` is what a TLS socket emits, and only after `connect`.
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', isUp);
  });
  const answer = new Promise<Answer>((resolve, reject) => {
    request.once('response', (body) => {
      clearTimeout(timer);
      resolve({ from: to, status: body.statusCode ?? 0, headers: body.headers, body });
    });
    // Not once: destroying a request that has failed already may tell of it again.
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(broken(error, to, connected));
    });
  });
  answer.catch(() => undefined); // an upload looks at it only when it has sent something
  return { answer, moved };
}

function silent(to: string, what: string, ms: number, unclear: boolean): HdfsFailure {
  const said = `${to}: waited ${ms / 1000} s for ${what} in vain`;
  return new HdfsFailure('LISPING_E_NETWORK', said, { cure: 'retry', unclear });
}

function broken(error: Error, to: string, connected: boolean): HdfsFailure {
  if (error instanceof HdfsFailure) return error;
  const code = codeOf(error);
  if (code.startsWith('HPE_')) return noAnswerOfHdfs(to, `bytes that are no HTTP (${code})`);
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/.test(code)) return untrusted(error, to);
  const said = connected
    ? `the connection to ${to} broke (${code})`
    : `${to} cannot be reached (${code})`;
  const details = { cure: 'retry', unclear: connected, cause: error } as const;
  return new HdfsFailure('LISPING_E_NETWORK', said, details);
}

function untrusted(error: Error, to: string): HdfsFailure {
  return new HdfsFailure('LISPING_E_NETWORK', `no TLS with ${to}: ${error.message}`, {
    cure: 'none',
    hint: "Check whether it speaks https, and give its authority's certificate (NODE_EXTRA_CA_CERTS=FILE).",
    cause: error,
  });
}

/** Node's code for an error of the network, such as ECONNREFUSED. */
export function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.message;
}
