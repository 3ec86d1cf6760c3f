// One file of the output while it is written: buffered, hashed on the way, synced when it is closed.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputPlan } from './output-plan.ts';
import { writing } from './write-errors.ts';

/** A finished part, as `--json` shows it. */
export interface Part {
  readonly name: string;
  readonly bytes: number;
  readonly records: number;
  readonly sha256: string;
}

export interface PartFile {
  write(chunk: Uint8Array): void;
  /** Syncs and closes; `records` is only passed through. */
  finish(records: number): Part;
  /** Closes without a promise; for a part that will be written again or thrown away. */
  abandon(): void;
}

/** `part-00000` for task 0; five digits at least, as Hadoop names them. */
export function partName(task: number): string {
  return `part-${String(task).padStart(5, '0')}`;
}

const BUFFER_BYTES = 256 * 1024;

/** Opens the file in the workspace, emptying what an earlier attempt may have left in it. */
export function createPart(plan: OutputPlan, name: string): PartFile {
  // Errors name the place the user asked for, not the one where the part lies until the rename.
  const path = join(plan.shown, name);
  const fd = writing(path, () => openSync(join(plan.parts, name), 'w'));
  const hash = createHash('sha256');
  const buffer = new Uint8Array(BUFFER_BYTES);
  let used = 0;
  let bytes = 0;

  const flush = (): void => {
    writeFully(fd, buffer.subarray(0, used), path);
    used = 0;
  };
  return {
    write(chunk) {
      hash.update(chunk);
      bytes += chunk.length;
      if (used + chunk.length > BUFFER_BYTES) flush();
      if (chunk.length > BUFFER_BYTES) writeFully(fd, chunk, path);
      else {
        buffer.set(chunk, used);
        used += chunk.length;
      }
    },
    finish(records) {
      flush();
      writing(path, () => {
        fsyncSync(fd);
        closeSync(fd);
      });
      return { name, bytes, records, sha256: hash.digest('hex') };
    },
    abandon: () => closeSync(fd),
  };
}

/** `writeSync` may write less than it was given, on a full disk for one. */
export function writeFully(fd: number, bytes: Uint8Array, path: string): void {
  writing(path, () => {
    let done = 0;
    while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done);
  });
}
