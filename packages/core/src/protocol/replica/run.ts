/**
 * An attempt that a replica has accepted and not yet finished.
 */
import type { EffectId } from '../ids.ts';
import type { AttemptId, Microseconds } from '../ids.ts';
import type { JobPlan, PartIdentity, TaskCounters } from '../plan.ts';
import type { Shuffle } from './shuffle.ts';

/** A part that waits in the workspace until the output store has acknowledged it. */
interface Upload {
  readonly part: PartIdentity;
  readonly counters: TaskCounters;
  readonly consumed: number;
  tries: number;
  /** When an unclear upload is repeated; null while one is on its way. */
  retryAt: Microseconds | null;
}

/** Where an attempt is on its way from assignment to report. */
type RunPhase =
  /** No slot is free yet: a revocation is still on its way to another attempt. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'mapping'; readonly effect: EffectId }
  | { readonly kind: 'shuffling'; readonly shuffle: Shuffle }
  | { readonly kind: 'reducing'; readonly shuffle: Shuffle; readonly effect: EffectId }
  | { readonly kind: 'uploading'; readonly upload: Upload };

export interface Run {
  readonly attempt: AttemptId;
  readonly plan: JobPlan;
  phase: RunPhase;
}
