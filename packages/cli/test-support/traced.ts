// The trace of a small simulated run, without going through a file.
import {
  referenceWorkload,
  simulate,
  type SimulationOptions,
  type SimulationResult,
  type TraceEvent,
} from '@lisping/sim';

export interface Traced {
  readonly events: readonly TraceEvent[];
  readonly result: SimulationResult;
}

/** Runs the reference workload on eight replicas of two slots, unless told otherwise. */
export function tracedRun(options: Partial<SimulationOptions>): Traced {
  const events: TraceEvent[] = [];
  const result = simulate({
    ...referenceWorkload(),
    jobName: 'word-count',
    replicas: 8,
    slots: 2,
    failRate: 0,
    seed: 'traced',
    schedules: 1,
    keepGoing: false,
    faults: null,
    parameters: {},
    memo: true,
    trace: (event) => events.push(event),
    ...options,
  });
  return { events, result };
}
