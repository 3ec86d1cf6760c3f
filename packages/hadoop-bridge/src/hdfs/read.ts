// Reading a range. An HTTP body can end early without an error, so the NameNode's word on the file's
// length decides what is whole; a body that breaks is resumed at the byte where it broke, if the file
// is still the same one.
import { chunksOf } from './body.ts';
import { failureOf, type Client, type Operation } from './client.ts';
import { answerFrom, atDataNode } from './data-node.ts';
import type { Answer } from './exchange.ts';
import { HdfsFailure, noAnswerOfHdfs, refused } from './failure.ts';
import type { FileStatus, OpenOptions } from './hdfs.ts';
import { statusOf } from './metadata.ts';
import { isSameFile } from './shapes.ts';
import { createTries, pauseAfter } from './tries.ts';

export async function* readRange(
  client: Client,
  path: string,
  { offset = 0, length, status }: OpenOptions,
): AsyncGenerator<Buffer, void, undefined> {
  const file = status ?? (await statusOf(client, path));
  if (file.kind === 'directory') throw refused('LISPING_E_HDFS', `${path} is a directory`);
  const end = Math.min(file.length, offset + (length ?? file.length));
  const tries = createTries(client.patience);
  let at = offset;
  while (at < end) {
    const answer = await openAt(client, path, at, end - at);
    try {
      for await (const chunk of bodyOf(answer, end - at, client.patience.stallMs)) {
        at += chunk.length;
        tries.forgive();
        yield chunk;
      }
      if (at < end) throw cut(path, at, end);
    } catch (error) {
      if (!(error instanceof HdfsFailure)) throw error;
      const pauseMs = tries.after(error);
      if (pauseMs === null) throw error;
      await pauseAfter(error, pauseMs, client.onWait);
      await refuseChanged(client, file);
    }
  }
  // Nor must the beginning of a file that was put in its place since be taken for the whole of it.
  await refuseChanged(client, file);
}

async function openAt(client: Client, path: string, at: number, asked: number): Promise<Answer> {
  const operation: Operation = {
    method: 'GET',
    op: 'OPEN',
    path,
    parameters: { offset: at, length: asked },
    repeatable: true,
  };
  return await atDataNode(client, operation, async (place) => {
    const answer = await answerFrom(client, place);
    if (answer.status !== 200) throw await failureOf(answer, operation, client.patience);
    return checkedHead(answer, asked);
  });
}

/** What one connection gives of the bytes asked for; fewer when it says so in time. */
async function* bodyOf(
  answer: Answer,
  asked: number,
  stallMs: number,
): AsyncGenerator<Buffer, void, undefined> {
  let got = 0;
  for await (const chunk of chunksOf(answer, stallMs)) {
    got += chunk.length;
    if (got > asked) throw noAnswerOfHdfs(answer.from, `more than the ${asked} bytes asked for`);
    yield chunk;
  }
}

/** A page of a portal, or the bytes of another range, must not become data. */
function checkedHead(answer: Answer, asked: number): Answer {
  const type = answer.headers['content-type'] ?? '';
  const announced = answer.headers['content-length'];
  const isData = type.startsWith('application/octet-stream');
  if (isData && (announced === undefined || Number(announced) <= asked)) return answer;
  answer.body.destroy();
  const what = isData ? `${announced} bytes for ${asked}` : `the type '${type}' for data`;
  throw noAnswerOfHdfs(answer.from, what);
}

function cut(path: string, at: number, end: number): HdfsFailure {
  const said = `${path}: the data ended at byte ${at} of ${end}`;
  return new HdfsFailure('LISPING_E_HDFS_CUT', said, { cure: 'retry' });
}

/** Bytes of two versions must never be joined. */
async function refuseChanged(client: Client, before: FileStatus): Promise<void> {
  const now = await statusOf(client, before.path);
  if (isSameFile(before, now)) return;
  throw refused('LISPING_E_HDFS_CHANGED', `${before.path} changed while it was read`);
}
