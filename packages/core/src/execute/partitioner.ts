// Which reduce task gets a key: the user's function, held to its contract, or Hadoop's hash.
import { hashKey, partitionOfHash } from '../bytes/hash.ts';
import { describe } from '../errors/describe.ts';
import { LispingError } from '../errors/lisping-error.ts';
import type { AnyJob } from '../job/any-job.ts';
import type { Blame } from './blame.ts';

/** The partition of a key, given both as the user's and as encoded bytes. */
export type Partitioner = (key: unknown, bytes: Uint8Array, start: number, end: number) => number;

/** The partitioner of a job for a number of reduce tasks. */
export function createPartitioner(job: AnyJob, reduces: number, blame: Blame): Partitioner {
  const { partition } = job;
  if (partition !== null) return (key) => usersPartition(partition, key, reduces, blame);
  if (reduces === 1) return () => 0;
  const seed = job.sortValues ? 0 : 1; // sorted values go through Hadoop's field partitioner
  return (_key, bytes, start, end) => partitionOfHash(hashKey(bytes, start, end, seed), reduces);
}

function usersPartition(
  partition: (key: unknown, partitions: number) => number,
  key: unknown,
  reduces: number,
  blame: Blame,
): number {
  let chosen: unknown;
  try {
    chosen = partition(key, reduces);
  } catch (cause) {
    throw blame.threw('LISPING_E_PARTITION_THREW', 'partition', cause);
  }
  if (typeof chosen === 'number' && Number.isInteger(chosen) && chosen >= 0 && chosen < reduces) {
    return chosen + 0;
  }
  const returned = `partition returned ${describe(chosen)} of ${reduces} for the key ${describe(key)}`;
  throw blame.failed(new LispingError('LISPING_E_PARTITION', returned));
}
