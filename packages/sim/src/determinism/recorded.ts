/** A run of one schedule that is kept, event for event. */
import type { Fault } from '../fault.ts';
import { NO_KNOBS } from '../knobs.ts';
import type { Knobs } from '../knobs.ts';
import { Simulation } from '../simulate.ts';
import type { SimulationOptions } from '../simulate.ts';
import { Recording } from './record.ts';
import type { Recorded } from './record.ts';

export interface Scheduled {
  readonly seed: string;
  readonly faults: readonly Fault[];
  readonly knobs?: Knobs;
}

/** Runs a schedule as if nothing had been run before, and keeps what happens. */
export function recorded(
  options: SimulationOptions,
  { seed, faults, knobs = NO_KNOBS }: Scheduled,
): Recorded {
  const recording = new Recording();
  const simulation = new Simulation({ ...options, makespan: 0 });
  const { outcome } = simulation.trial({ seed, faults, knobs }, [recording.observer]);
  return { hash: outcome.hash, steps: recording.steps, digests: recording.digests };
}
