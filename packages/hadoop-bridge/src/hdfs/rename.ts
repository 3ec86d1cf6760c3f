// Renaming, and knowing whether it happened. When the answer is lost a rename cannot simply be asked
// again: "no such file" would then mean success. So both names are looked at.
import type { Client, Operation } from './client.ts';
import { HdfsFailure, refused } from './failure.ts';
import type { FileStatus } from './hdfs.ts';
import { deletePath, statusOrNull } from './metadata.ts';
import { booleanIn, isSameFile } from './shapes.ts';
import { createTries, pauseAfter } from './tries.ts';

/** Gives `source`, a file or directory that is there, the name `target`. */
export async function renamePath(
  client: Client,
  source: FileStatus,
  target: string,
  overwrite: boolean,
): Promise<void> {
  const tries = createTries(client.patience);
  for (;;) {
    try {
      return await renameOnce(client, source, target, overwrite);
    } catch (error) {
      if (!(error instanceof HdfsFailure) || !error.unclear) throw error;
      if (await happened(client, source, target)) return;
      const pauseMs = tries.after(error);
      if (pauseMs === null) throw error;
      await pauseAfter(error, pauseMs, client.onWait);
    }
  }
}

async function renameOnce(
  client: Client,
  source: FileStatus,
  target: string,
  overwrite: boolean,
): Promise<void> {
  const operation: Operation = {
    method: 'PUT',
    op: 'RENAME',
    path: source.path,
    parameters: { destination: target, renameoptions: overwrite ? 'OVERWRITE' : 'NONE' },
    repeatable: false,
  };
  const said = await client.ask(operation, (reply) =>
    reply.text === '' ? null : booleanIn(reply),
  );
  if (said === null) return;
  // HttpFS ignores `renameoptions`: it answers with a boolean, never replaces, and moves into directories.
  if (said) return await refuseMovedInto(client, source, target);
  const inTheWay = await statusOrNull(client, target);
  if (inTheWay === null) throw notRenamed(source, target);
  if (!overwrite) throw refused('LISPING_E_HDFS_EXISTS', `${target} exists in HDFS`);
  await deletePath(client, target, false);
  await renameOnce(client, source, target, false);
}

/** True when the target is the source; false when the source still has its name. */
async function happened(client: Client, source: FileStatus, target: string): Promise<boolean> {
  const [from, to] = [await statusOrNull(client, source.path), await statusOrNull(client, target)];
  if (from !== null && isSameFile(from, source)) return false;
  if (from === null && to !== null && isSameFile(to, source)) return true;
  throw refused(
    'LISPING_E_HDFS_UNCLEAR',
    `${source.path} may or may not have become ${target}: somebody else changed one of them`,
  );
}

async function refuseMovedInto(client: Client, source: FileStatus, target: string): Promise<void> {
  const now = await statusOrNull(client, target);
  if (now !== null && isSameFile(now, source)) return;
  throw refused('LISPING_E_HDFS', `${target} is a directory; ${source.path} was moved into it`);
}

function notRenamed({ path }: FileStatus, target: string): HdfsFailure {
  return refused(
    'LISPING_E_HDFS',
    `HDFS did not rename ${path} to ${target}: is its directory there?`,
  );
}
