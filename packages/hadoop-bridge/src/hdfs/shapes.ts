// The JSON that WebHDFS and HttpFS answer with, and what it becomes. Unknown fields are ignored: every
// version adds some.
import * as v from 'valibot';
import { excerpt, jsonOf, type Reply } from './body.ts';
import { noAnswerOfHdfs } from './failure.ts';
import type { BlockLocation, FileChecksum, FileStatus } from './hdfs.ts';
import { childOf } from './hdfs-path.ts';

const Bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const Status = v.object({
  pathSuffix: v.string(),
  type: v.picklist(['FILE', 'DIRECTORY', 'SYMLINK']),
  length: Bytes,
  blockSize: Bytes,
  replication: v.number(),
  modificationTime: v.number(),
  accessTime: v.number(),
  owner: v.string(),
  group: v.string(),
  permission: v.string(),
  fileId: v.optional(v.number()),
});

const FileStatusAnswer = v.object({ FileStatus: Status });
const ListAnswer = v.object({ FileStatuses: v.object({ FileStatus: v.array(Status) }) });
const BooleanAnswer = v.object({ boolean: v.boolean() });

const ChecksumAnswer = v.object({
  FileChecksum: v.object({
    algorithm: v.string(),
    bytes: v.pipe(v.string(), v.regex(/^[0-9a-f]+$/i)),
  }),
});

const Block = v.object({
  offset: Bytes,
  length: Bytes,
  hosts: v.optional(v.array(v.string()), []),
});

const BlockLocationsAnswer = v.object({
  BlockLocations: v.object({ BlockLocation: v.array(Block) }),
});

/** Of the path that was asked for. */
export function statusIn(reply: Reply, path: string): FileStatus {
  return fileStatusOf(path, shaped(FileStatusAnswer, reply).FileStatus);
}

export function listIn(reply: Reply, path: string): FileStatus[] {
  const { FileStatus } = shaped(ListAnswer, reply).FileStatuses;
  return FileStatus.map((status) => fileStatusOf(path, status));
}

export function booleanIn(reply: Reply): boolean {
  return shaped(BooleanAnswer, reply).boolean;
}

export function checksumIn(reply: Reply): FileChecksum {
  const { algorithm, bytes } = shaped(ChecksumAnswer, reply).FileChecksum;
  return { algorithm, bytes };
}

export function blockLocationsIn(reply: Reply): BlockLocation[] {
  return shaped(BlockLocationsAnswer, reply).BlockLocations.BlockLocation;
}

function shaped<T>(schema: v.GenericSchema<unknown, T>, { from, text }: Reply): T {
  const parsed = v.safeParse(schema, jsonOf(text));
  if (parsed.success) return parsed.output;
  throw noAnswerOfHdfs(from, `what is no answer of WebHDFS: ${excerpt(text)}`);
}

const KINDS = { FILE: 'file', DIRECTORY: 'directory', SYMLINK: 'symlink' } as const;

/** `path` is what was asked for; an entry of a list has its name in `pathSuffix`. */
function fileStatusOf(path: string, status: v.InferOutput<typeof Status>): FileStatus {
  return {
    path: childOf(path, status.pathSuffix),
    kind: KINDS[status.type],
    length: status.length,
    blockSize: status.blockSize,
    replication: status.replication,
    modificationTimeMs: status.modificationTime,
    accessTimeMs: status.accessTime,
    owner: status.owner,
    group: status.group,
    permission: status.permission,
    // 0 is what servers say that do not know.
    fileId: status.fileId === undefined || status.fileId === 0 ? null : status.fileId,
  };
}

/** True when both mean the same bytes: the same file, as long and as old. */
export function isSameFile(one: FileStatus, other: FileStatus): boolean {
  return (
    one.fileId === other.fileId &&
    one.length === other.length &&
    one.modificationTimeMs === other.modificationTimeMs
  );
}
