/** One thing to try: a schedule, and the world and work it is of. */
import type { Fault } from '../fault.ts';
import type { Knobs } from '../knobs.ts';
import type { InputBytes } from '../workload.ts';

/** Everything that a shrinker may make smaller. */
export interface Case {
  readonly seed: string;
  readonly faults: readonly Fault[];
  readonly knobs: Knobs;
  readonly replicas: number;
  readonly reduces: number;
  readonly splitBytes: number;
  readonly inputs: readonly InputBytes[];
}

export function withoutFault(of: Case, place: number): Case {
  return { ...of, faults: of.faults.toSpliced(place, 1) };
}
