// Appending. Bytes cannot be taken back and must not be sent twice, so there is one try: what is not
// confirmed is reported, with what is known.
import type { Client, Operation } from './client.ts';
import { atDataNode } from './data-node.ts';
import { HdfsFailure } from './failure.ts';
import type { ByteSource, FileStatus } from './hdfs.ts';
import { statusOf } from './metadata.ts';
import { sendTo } from './write.ts';

export async function appendTo(
  client: Client,
  path: string,
  source: ByteSource,
): Promise<FileStatus> {
  const before = await statusOf(client, path);
  const operation: Operation = { method: 'POST', op: 'APPEND', path, repeatable: false };
  const sent = await clearly(
    path,
    async () =>
      await atDataNode(
        client,
        operation,
        async (place) => await sendTo(client, place, operation, source, 200),
      ),
  );
  const after = await statusOf(client, path);
  if (after.length === before.length + sent) return after;
  throw unclear(path, `it has ${after.length} bytes instead of ${before.length + sent}`);
}

async function clearly<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof HdfsFailure && error.unclear) throw unclear(path, error.message, error);
    throw error;
  }
}

function unclear(path: string, why: string, cause?: Error): HdfsFailure {
  const said = `what was appended to ${path} may be missing, partly there or there: ${why}`;
  return new HdfsFailure('LISPING_E_HDFS_UNCLEAR', said, { cure: 'none', cause });
}
