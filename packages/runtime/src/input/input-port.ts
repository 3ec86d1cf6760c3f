// Where input comes from. The engine reads ranges by position and knows nothing of paths; local
// files are one implementation, WebHDFS will be another.
import type { InputFile } from '@lisping/core';

/** An input that was opened; reads are synchronous, as everything below the hosts is. */
export interface OpenInput {
  /** Bytes in it now; the engine compares it with what was planned. */
  readonly size: number;
  /** Fills `buffer` from byte `position` on; returns how many bytes came, 0 at the end. */
  read(buffer: Uint8Array, position: number): number;
  close(): void;
}

/** A place that holds inputs. */
export interface InputPort {
  /** The files that the given paths mean, by Hadoop's rules, in the order given. */
  resolve(paths: readonly string[]): InputFile[];
  open(path: string): OpenInput;
}
