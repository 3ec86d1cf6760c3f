/** What executions of user code, or of a model of it, make: segments of maps, parts of the output. */
import type { ContentChecksum, LispingError, Segment, TaskCounters } from '@lisping/core';

/** The bytes of a part. */
export interface PartContent {
  readonly bytes: Uint8Array;
  readonly checksum: ContentChecksum;
  readonly records: number;
  /** Of a model, whose parts have a size and no bytes. */
  readonly modelled?: number;
}

/** How many bytes a part has. */
export function sizeOfPart({ bytes, modelled }: PartContent): number {
  return modelled ?? bytes.length;
}

/** What every execution of user code says about itself. */
interface Made {
  readonly counters: TaskCounters;
  readonly error: LispingError | null;
  /**
   * The number of the attempt, if the user's code asked for it: what it made may be of this attempt
   * alone. Null: every attempt makes the same.
   */
  readonly attempt: number | null;
}

/** What a map attempt made. */
export interface MapMade extends Made {
  readonly segments: readonly Segment[];
  readonly checksums: readonly ContentChecksum[];
  readonly part: PartContent | null;
  /** How large each segment is: asked for by every fetch, which has no need of the bytes. */
  readonly sizes: readonly number[];
}

/** What a reduce attempt made. */
export interface ReduceMade extends Made {
  readonly part: PartContent | null;
}
