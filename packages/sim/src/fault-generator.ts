/** What a generator of faults is: a function from a seed and what is to be broken to a list. */
import type { Microseconds, Timing } from '@lisping/core';
import type { Fault, FaultKind } from './fault.ts';

/** What a generator is told of what it is to break. Times are in microseconds. */
export interface FaultSetting {
  /** At least 1. */
  readonly replicas: number;
  /** Of a run without faults: most faults strike before it is over. */
  readonly makespan: Microseconds;
  /** Tasks of the job; 1 when left out. */
  readonly maps?: number;
  readonly reduces?: number;
  /** How many jobs run; 1 when left out. */
  readonly jobs?: number;
  /** The protocol's, where they are not the usual ones: faults are drawn around its timers. */
  readonly timing?: Timing;
  /** When the primary begins to write to its journal in the same schedule without faults. */
  readonly moments?: () => readonly Microseconds[];
  /** Kinds that may not occur. */
  readonly without?: readonly FaultKind[];
}

/** Draws the faults of one schedule: the same for the same seed and setting. */
export type FaultGenerator = (seed: string, setting: FaultSetting) => readonly Fault[];
