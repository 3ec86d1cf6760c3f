// Operations that the NameNode answers by itself, and the two that a DataNode answers in JSON. All may be
// repeated; what a repetition could hide is looked at.
import { replyOf, type Client, type Operation } from './client.ts';
import { answerFrom, atDataNode } from './data-node.ts';
import { HdfsFailure, noAnswerOfHdfs, refused } from './failure.ts';
import type { BlockLocation, ByteRange, FileChecksum, FileStatus, Hdfs } from './hdfs.ts';
import { blockLocationsIn, booleanIn, checksumIn, listIn, statusIn } from './shapes.ts';

export async function statusOf(client: Client, path: string): Promise<FileStatus> {
  return await client.ask(reading('GETFILESTATUS', path), (reply) => statusIn(reply, path));
}

export async function statusOrNull(client: Client, path: string): Promise<FileStatus | null> {
  try {
    return await statusOf(client, path);
  } catch (error) {
    if (error instanceof HdfsFailure && error.code === 'LISPING_E_HDFS_MISSING') return null;
    throw error;
  }
}

export async function listOf(client: Client, path: string): Promise<FileStatus[]> {
  return await client.ask(reading('LISTSTATUS', path), (reply) => listIn(reply, path));
}

export async function makeDirectories(
  client: Client,
  path: string,
  permission?: string,
): Promise<void> {
  const operation: Operation = {
    method: 'PUT',
    op: 'MKDIRS',
    path,
    parameters: { permission },
    repeatable: true,
  };
  if (await client.ask(operation, booleanIn)) return;
  throw refused('LISPING_E_HDFS', `HDFS did not make the directory ${path}`);
}

export async function deletePath(
  client: Client,
  path: string,
  recursive: boolean,
): Promise<boolean> {
  const operation: Operation = {
    method: 'DELETE',
    op: 'DELETE',
    path,
    parameters: { recursive },
    repeatable: true,
  };
  return await client.ask(operation, booleanIn);
}

export async function checksumOf(client: Client, path: string): Promise<FileChecksum> {
  const operation = reading('GETFILECHECKSUM', path);
  return await atDataNode(client, operation, async (place) =>
    checksumIn(await replyOf(await answerFrom(client, place), operation, client.patience)),
  );
}

export async function locationsOf(
  client: Client,
  path: string,
  { offset, length }: ByteRange,
): Promise<BlockLocation[]> {
  const operation = reading('GETFILEBLOCKLOCATIONS', path, { offset, length });
  return await client.ask(operation, blockLocationsIn);
}

export async function setTimes(
  client: Client,
  path: string,
  { modificationTimeMs, accessTimeMs }: Parameters<Hdfs['setTimes']>[1],
): Promise<void> {
  const parameters = { modificationtime: modificationTimeMs, accesstime: accessTimeMs };
  await done(client, { method: 'PUT', op: 'SETTIMES', path, parameters, repeatable: true });
}

export async function setPermission(
  client: Client,
  path: string,
  permission: string,
): Promise<void> {
  const parameters = { permission };
  await done(client, { method: 'PUT', op: 'SETPERMISSION', path, parameters, repeatable: true });
}

/** An operation that is answered with an empty body: anything else was said by somebody else. */
async function done(client: Client, operation: Operation): Promise<void> {
  await client.ask(operation, ({ from, text }) => {
    if (text !== '') throw noAnswerOfHdfs(from, `a text to ${operation.op}`);
  });
}

function reading(op: string, path: string, parameters: Operation['parameters'] = {}): Operation {
  return { method: 'GET', op, path, parameters, repeatable: true };
}
