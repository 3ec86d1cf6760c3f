// The body of an answer: chunks as they come, or a short text. A body that stops, or ends before the
// length it was announced with, is a failure and never a short result.
import { codeOf, type Answer } from './exchange.ts';
import { HdfsFailure, noAnswerOfHdfs } from './failure.ts';

/** An answer that was read to its end. */
export interface Reply {
  /** Who said it. */
  readonly from: string;
  readonly text: string;
}

/** The chunks of a body. Waiting counts only while we wait: a slow consumer is no stalled server. */
export async function* chunksOf(
  { from, body }: Answer,
  stallMs: number,
): AsyncGenerator<Buffer, void, undefined> {
  let isWaiting = true;
  const watch = setTimeout(() => {
    if (isWaiting) body.destroy(stalled(from, stallMs));
  }, stallMs);
  try {
    const chunks: AsyncIterable<Buffer> = body; // no encoding was set
    for await (const chunk of chunks) {
      isWaiting = false;
      yield chunk;
      isWaiting = true;
      watch.refresh();
    }
  } catch (error) {
    throw error instanceof Error ? cutShort(error, from) : error;
  } finally {
    clearTimeout(watch);
    body.destroy();
  }
}

function stalled(from: string, ms: number): HdfsFailure {
  const said = `${from} sent nothing for ${ms / 1000} s`;
  return new HdfsFailure('LISPING_E_HDFS_CUT', said, { cure: 'retry', unclear: true });
}

function cutShort(error: Error, from: string): HdfsFailure {
  if (error instanceof HdfsFailure) return error;
  const said = `what ${from} sent broke off (${codeOf(error)})`;
  const details = { cure: 'retry', unclear: true, cause: error } as const;
  return new HdfsFailure('LISPING_E_HDFS_CUT', said, details);
}

/** Lists of directories are the longest texts there are: about 350 bytes an entry. */
const TEXT_BYTES_MAX = 256 * 1024 * 1024;

/** The whole body as text. */
export async function textOf(answer: Answer, stallMs: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(answer, stallMs)) {
    bytes += chunk.length;
    if (bytes > TEXT_BYTES_MAX)
      throw noAnswerOfHdfs(answer.from, `more than ${TEXT_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The body as JSON; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The beginning of a text on one line. */
export function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'nothing';
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);
}
