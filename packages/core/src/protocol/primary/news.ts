/**
 * What a client is told: how its job stands, as far as the journal says so.
 */
import { incarnation } from '../ids.ts';
import type { JobId, NodeId } from '../ids.ts';
import type { JobStatus } from '../plan.ts';
import { progressOf } from './apply.ts';
import type { PrimaryState } from './state.ts';

/** Says how the job stands, as far as the journal says so. */
export function tellClient(state: PrimaryState, to: NodeId, id: JobId): void {
  const job = state.jobsById.get(id);
  const ended = state.ended.get(id);
  // Before the journal has it, nothing is acknowledged.
  if (job === undefined && ended === undefined && state.deciding.has(id)) return;
  const nothing = { maps: 0, mapsDone: 0, reduces: 0, reducesDone: 0 };
  const status: JobStatus | 'unknown' = ended?.status ?? job?.status ?? 'unknown';
  const progress = ended?.progress ?? (job === undefined ? nothing : progressOf(job));
  state.effects.push({
    kind: 'send',
    to,
    message: {
      kind: 'news',
      epoch: state.epoch,
      incarnation: incarnation(0),
      job: id,
      status,
      progress,
      error: ended?.error ?? null,
      counters: ended?.counters ?? null,
    },
  });
}
