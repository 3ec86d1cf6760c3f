/** What the oracle must know of a job. */
import type { AnyJob, Split } from '@lisping/core';
import type { InputBytes } from '../workload.ts';

export interface OracleSetting {
  readonly job: AnyJob;
  readonly inputs: readonly InputBytes[];
  /** The split of each map task: it says where a map-only job ends a part. */
  readonly splits: readonly Split[];
  readonly reduces: number;
  readonly parameters: Readonly<Record<string, string>>;
}
