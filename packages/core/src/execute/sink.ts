// Where the pairs go that `map` emits, and what becomes of them at the end.
import type { MapContext } from '../job/context.ts';
import type { Blame } from './blame.ts';
import type { CounterSet } from './counters.ts';
import type { Position } from './position.ts';
import type { Segment } from './segment.ts';

/** What a sink shares with the task that feeds it. */
export interface MapParts {
  readonly counters: CounterSet;
  readonly position: Position;
  readonly blame: Blame;
  readonly context: MapContext;
}

/** Takes the pairs of one map attempt. */
export interface Sink {
  emit(key: unknown, value?: unknown): void;
  /** What was kept: sorted segments, or the part of a map-only job. */
  finish(): { readonly segments: readonly Segment[]; readonly part: Uint8Array | null };
}
