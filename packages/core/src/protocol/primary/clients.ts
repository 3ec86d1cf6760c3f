/**
 * Clients: submits, cancels and status requests. Nothing is acknowledged that is not journaled.
 */
import type { Result } from '../effects.ts';
import type { JobId, NodeId } from '../ids.ts';
import type { Submit } from '../messages.ts';
import { isKnown } from './apply.ts';
import { decideOutcome } from './commit.ts';
import { decide, expectEffect } from './journal.ts';
import { tellClient } from './news.ts';
import type { PrimaryState } from './state.ts';

/** Plans a job that is new; answers about one that is known. */
export function onSubmit(state: PrimaryState, from: NodeId, { spec }: Submit): void {
  if (isKnown(state, spec.job)) return tellClient(state, from, spec.job);
  state.deciding.set(spec.job, from);
  const effect = expectEffect(state, { kind: 'plan', spec, client: from });
  state.effects.push({ kind: 'plan', effect, spec });
}

/** The inputs have been looked at. */
export function onPlanned(
  state: PrimaryState,
  job: JobId,
  client: NodeId,
  result: Extract<Result, { kind: 'planned' | 'refused' }>,
): void {
  // A cancel that came meanwhile has already decided.
  if (!state.deciding.has(job) || state.ended.has(job)) return;
  if (result.kind === 'planned') {
    return decide(state, { kind: 'job-submitted', plan: result.plan, client });
  }
  decide(state, { kind: 'job-refused', job, status: 'failed', error: result.error });
}

/** Cancels a job; one that was never heard of is cancelled too, so that a late submit is refused. */
export function onCancel(state: PrimaryState, from: NodeId, id: JobId): void {
  const job = state.jobsById.get(id);
  if (job !== undefined) {
    decideOutcome(state, job, 'cancelling', null);
    return tellClient(state, from, id);
  }
  if (state.ended.has(id)) return tellClient(state, from, id);
  // A submit is being planned or journaled: the client repeats itself when that is known.
  if (state.deciding.has(id)) return;
  state.deciding.set(id, from);
  decide(state, { kind: 'job-refused', job: id, status: 'cancelled', error: null });
}
