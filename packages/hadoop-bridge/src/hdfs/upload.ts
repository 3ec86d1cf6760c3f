// Sends the body of a request with back-pressure. It asks for permission first (`Expect: 100-continue`):
// a DataNode grants it when the file is open, so that a refusal comes before bytes are sent, and not as a
// connection that breaks under them.
import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Exchange } from './exchange.ts';
import type { ByteSource } from './hdfs.ts';

/** A server that never heard of permissions says nothing; RFC 9110 has us begin after a while. */
const PERMISSION_MS = 1000;

export interface Uploaded {
  readonly answer: Answer;
  /** Bytes that went out. */
  readonly sent: number;
  /** False: the answer came before the last byte. Whatever it says, it is not about the whole. */
  readonly whole: boolean;
}

export async function upload(
  request: ClientRequest,
  exchange: Exchange,
  source: ByteSource,
): Promise<Uploaded> {
  let answered = false;
  const early = exchange.answer.then((answer) => {
    answered = true;
    // A body that was not sent to its end leaves a connection that nobody can use again.
    answer.body.once('close', () => {
      if (!request.writableFinished) request.destroy();
    });
  });
  early.catch(() => undefined); // whoever awaits it below is told
  await Promise.race([
    once(request, 'continue'),
    early,
    pause(PERMISSION_MS, null, { ref: false }),
  ]);
  let sent = 0;
  let whole = true;
  try {
    for await (const chunk of typeof source === 'function' ? source() : [source]) {
      if (chunk.length === 0) continue;
      whole = !answered;
      if (answered) break;
      exchange.moved('bytes');
      sent += chunk.length;
      if (!request.write(chunk)) await Promise.race([once(request, 'drain'), early]);
    }
  } catch (error) {
    request.destroy(); // whatever the reason, half a body must not look like a whole one
    throw error;
  }
  if (!answered) {
    exchange.moved('answer');
    request.end();
  }
  return { answer: await exchange.answer, sent, whole };
}
