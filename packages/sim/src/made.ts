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

/** What a map attempt made. */
export interface MapMade {
  readonly segments: readonly Segment[];
  readonly checksums: readonly ContentChecksum[];
  readonly part: PartContent | null;
  readonly counters: TaskCounters;
  readonly error: LispingError | null;
  /** How large each segment is: asked for by every fetch, which has no need of the bytes. */
  readonly sizes: readonly number[];
}

/** What a reduce attempt made. */
export interface ReduceMade {
  readonly part: PartContent | null;
  readonly counters: TaskCounters;
  readonly error: LispingError | null;
}
