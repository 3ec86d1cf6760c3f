// Writing a file that appears when it is whole: under another name first, its length confirmed, then
// renamed. Under a name of its own a try that broke can simply be made again.
import { randomBytes } from 'node:crypto';
import { failureOf, type Client, type Operation } from './client.ts';
import { excerpt, textOf } from './body.ts';
import { atDataNode } from './data-node.ts';
import { HdfsFailure, noAnswerOfHdfs, refused } from './failure.ts';
import type { ByteSource, CreateOptions, FileStatus } from './hdfs.ts';
import { childOf, parentOf } from './hdfs-path.ts';
import { deletePath, statusOf, statusOrNull } from './metadata.ts';
import type { Place } from './place.ts';
import { renamePath } from './rename.ts';

export async function createFile(
  client: Client,
  path: string,
  source: ByteSource,
  options: CreateOptions,
): Promise<FileStatus> {
  await refuseInTheWay(client, path, options.overwrite ?? false);
  if (options.inPlace === true) return await writeWhole(client, path, source, options);
  // Hidden by its dot: no job takes it for input.
  const temporary = childOf(parentOf(path), `.lisping-${randomBytes(8).toString('hex')}`);
  try {
    const written = await writeWhole(client, temporary, source, options);
    await renamePath(client, written, path, options.overwrite ?? false);
    return { ...written, path };
  } catch (error) {
    await removeIfThere(client, temporary);
    throw error;
  }
}

/** Before anything is sent; that nobody was faster is settled by the rename. */
async function refuseInTheWay(client: Client, path: string, overwrite: boolean): Promise<void> {
  const there = await statusOrNull(client, path);
  if (there === null || (overwrite && there.kind !== 'directory')) return;
  throw refused('LISPING_E_HDFS_EXISTS', `the ${there.kind} ${path} exists in HDFS`);
}

async function writeWhole(
  client: Client,
  path: string,
  source: ByteSource,
  { permission, replication, blockSize }: CreateOptions,
): Promise<FileStatus> {
  const operation: Operation = {
    method: 'PUT',
    op: 'CREATE',
    path,
    // What a try before left under this name is ours.
    parameters: { overwrite: true, permission, replication, blocksize: blockSize },
    repeatable: true,
  };
  return await atDataNode(client, operation, async (place) => {
    const sent = await sendTo(client, place, operation, source, 201);
    const status = await statusOf(client, path);
    if (status.length === sent) return status;
    throw shorter(path, status.length, sent);
  });
}

/** Sends the bytes and gives their number, once the server has confirmed them. */
export async function sendTo(
  client: Client,
  place: Place,
  operation: Operation,
  source: ByteSource,
  success: 200 | 201,
): Promise<number> {
  const { method, op } = operation;
  if (place.kind === 'here') {
    await textOf(place.answer, client.patience.stallMs);
    throw noAnswerOfHdfs(place.answer.from, `success to ${op} before any data was sent`);
  }
  const { server, target } = place;
  const call = { method, server, target };
  const { answer, sent, whole } = await client.transport.upload(call, source);
  if (answer.status !== success) throw await failureOf(answer, operation, client.patience);
  const said = await textOf(answer, client.patience.stallMs);
  // A portal says 200 to everything, before it has read anything.
  const isPage = answer.headers['content-type']?.startsWith('text/html') === true;
  if (!whole || isPage) {
    throw noAnswerOfHdfs(answer.from, `success to ${op} that is none of HDFS: ${excerpt(said)}`);
  }
  return sent;
}

function shorter(path: string, length: number, sent: number): HdfsFailure {
  const said = `${path}: ${sent} bytes were sent and confirmed, but the file has ${length}`;
  return new HdfsFailure('LISPING_E_HDFS_CUT', said, { cure: 'retry', unclear: true });
}

async function removeIfThere(client: Client, temporary: string): Promise<void> {
  try {
    await deletePath(client, temporary, false);
  } catch (error) {
    // A refusal says that it cannot be there; otherwise nobody knows.
    if (error instanceof HdfsFailure && error.cure === 'none') return;
    client.onWait(`${temporary} may have been left behind`);
  }
}
