// A replay id: `r1.` and base64url of a checksum and the deflated JSON of a record. The 1 is the
// version of this format. An id that is too long for a command line lies in a file, and the path of
// the file is the id.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isLispingError, LispingError } from '@lisping/core';
import { asReplayRecord, type ReplayRecord } from './record.ts';

const PREFIX = 'r1.';
const CHECKSUM_BYTES = 6;
const ID_CHARACTERS_MAX = 2000;
const INFLATED_BYTES_MAX = 256 * 1024 * 1024; // an id comes from anywhere; it may be a bomb
const DIRECTORY = '.lisping';

/** The id, whatever its length. */
export function encodeReplayId(record: ReplayRecord): string {
  const deflated = deflateRawSync(JSON.stringify(record), { level: 9 });
  return PREFIX + Buffer.concat([checksumOf(deflated), deflated]).toString('base64url');
}

/** The id, or the path of a file in `.lisping` when it is long. */
export function printableReplayId(record: ReplayRecord): string {
  const id = encodeReplayId(record);
  if (id.length <= ID_CHARACTERS_MAX) return id;
  const name = createHash('sha256').update(id).digest('hex').slice(0, 12);
  const path = join(DIRECTORY, `${name}.replay`);
  try {
    mkdirSync(DIRECTORY, { recursive: true });
    writeFileSync(path, `${id}\n`);
    return path;
  } catch {
    return id; // a long id is better than none
  }
}

/** The record of an id or of a file that holds one; throws LISPING_E_REPLAY_FORMAT. */
export function decodeReplayId(idOrPath: string): ReplayRecord {
  return asReplayRecord(jsonIn(textOf(idOrPath).trim()));
}

function textOf(idOrPath: string): string {
  // Of an id that is too long for a name `existsSync` says no, where `statSync` throws.
  if (!existsSync(idOrPath) || !statSync(idOrPath).isFile()) return idOrPath;
  try {
    return readFileSync(idOrPath, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new LispingError('LISPING_E_REPLAY_FORMAT', `${idOrPath} cannot be read (${code})`, {
      cause: error,
    });
  }
}

function jsonIn(id: string): unknown {
  if (!id.startsWith(PREFIX)) {
    const format = /^(r\d+)\./.exec(id)?.[1];
    const what =
      format === undefined
        ? 'is neither a replay id nor a file'
        : `is of format ${format}, and this version of lisping reads ${PREFIX.slice(0, -1)}`;
    throw new LispingError('LISPING_E_REPLAY_FORMAT', `${shortened(id)} ${what}`);
  }
  const bytes = Buffer.from(id.slice(PREFIX.length), 'base64url');
  const deflated = bytes.subarray(CHECKSUM_BYTES);
  if (!checksumOf(deflated).equals(bytes.subarray(0, CHECKSUM_BYTES))) throw damaged(undefined);
  try {
    const json: unknown = JSON.parse(
      inflateRawSync(deflated, { maxOutputLength: INFLATED_BYTES_MAX }).toString('utf8'),
    );
    return json;
  } catch (error) {
    if (isLispingError(error)) throw error;
    throw damaged(error);
  }
}

function damaged(cause: unknown): LispingError {
  return new LispingError('LISPING_E_REPLAY_FORMAT', 'the replay id is damaged or not complete', {
    cause,
  });
}

function checksumOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, CHECKSUM_BYTES);
}

/** Quoted, because it may be the content of any file. */
function shortened(text: string): string {
  return JSON.stringify(text.length <= 40 ? text : `${text.slice(0, 39)}…`);
}
