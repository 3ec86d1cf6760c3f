/**
 * What a replica does with an assignment, step by step: map, or shuffle and reduce, then upload.
 */
import { assert, unreachable } from '../../errors/assert.ts';
import type { Fetch, Result, StoreAnswer } from '../effects.ts';
import { sameAttempt } from '../ids.ts';
import type { AttemptId, Microseconds } from '../ids.ts';
import { withItem } from '../lists.ts';
import type { Assign, FetchTrouble, LocationPage } from '../messages.ts';
import type { Location, TaskCounters } from '../plan.ts';
import { finish } from './endings.ts';
import type { Run } from './run.ts';
import { Shuffle } from './shuffle.ts';
import type { FetchBatch } from './shuffle.ts';
import { hasLease, nextEffect, send } from './state.ts';
import type { Pending, ReplicaState } from './state.ts';

/** One for all: a run may begin at once. */
const WAITING: Run['phase'] = { kind: 'waiting' };

export function onAssign(state: ReplicaState, now: Microseconds, message: Assign): void {
  const { attempt, plan } = message;
  if (state.membership !== 'member' || message.heartbeatSeen < state.joinedAt) return;
  if (state.holdings.isClosed(attempt)) return;
  if (state.runs.some((run) => sameAttempt(run.attempt, attempt))) return;
  state.runs = withItem(state.runs, { attempt, plan, phase: WAITING });
  startWaiting(state, now);
}

export function startWaiting(state: ReplicaState, now: Microseconds): void {
  if (!hasLease(state, now)) return;
  let busy = 0;
  for (const run of state.runs) {
    if (busy === state.options.slots) return;
    if (run.phase.kind === 'waiting') begin(state, now, run);
    busy++;
  }
}

function begin(state: ReplicaState, now: Microseconds, run: Run): void {
  const { attempt, plan } = run;
  if (attempt.kind === 'map') {
    const effect = nextEffect(state);
    state.pending.push({ kind: 'run', effect, run });
    run.phase = { kind: 'mapping', effect };
    state.effects.push({ kind: 'run-map', effect, attempt, plan });
    return;
  }
  run.phase = {
    kind: 'shuffling',
    shuffle: new Shuffle(plan.splits.length, state.options.timing),
  };
  send(state, {
    kind: 'locate',
    epoch: state.epoch,
    incarnation: state.options.incarnation,
    job: attempt.job,
    cursor: 0,
  });
  advance(state, now, run);
}

/** Whatever waits for time to pass: sources at rest, uploads to be repeated. */
export function advanceRuns(state: ReplicaState, now: Microseconds): void {
  for (const run of state.runs) advance(state, now, run);
}

function advance(state: ReplicaState, now: Microseconds, run: Run): void {
  const { phase } = run;
  switch (phase.kind) {
    case 'shuffling':
      return advanceShuffle(state, now, run, phase.shuffle);
    case 'uploading': {
      const { retryAt } = phase.upload;
      if (retryAt !== null && retryAt <= now) upload(state, run);
      return;
    }
    case 'waiting':
    case 'mapping':
    case 'reducing':
      return;
    default:
      return unreachable(phase);
  }
}

export function onRunCompleted(
  state: ReplicaState,
  now: Microseconds,
  run: Run,
  result: Result,
): void {
  switch (result.kind) {
    case 'mapped': {
      const { checksums, counters } = result;
      state.holdings.add({ attempt: run.attempt, checksums, counters });
      finish(state, run, { kind: 'mapped', checksums, counters });
      break;
    }
    case 'part': {
      const consumed = run.phase.kind === 'reducing' ? run.phase.shuffle.consumed() : 0;
      beginUpload(state, run, result.part, result.counters, consumed);
      break;
    }
    case 'failed':
      finish(state, run, { kind: 'failed', error: result.error });
      break;
    case 'process-lost':
      finish(state, run, { kind: 'process-lost', record: result.record });
      break;
    case 'no-room':
      finish(state, run, { kind: 'gave-up', reason: 'disk-full' });
      break;
    case 'store':
      onUploaded(state, now, run, result.answer);
      break;
    case 'fetched':
    case 'unreachable':
    case 'planned':
    case 'refused':
    case 'journal-list':
    case 'journal-created':
    case 'journal-read':
    case 'journal-written':
      return assert(false, `no run is completed by ${result.kind}`);
    default:
      return unreachable(result);
  }
  startWaiting(state, now);
}

// -------------------------------------------------------------------- shuffle

function advanceShuffle(state: ReplicaState, now: Microseconds, run: Run, shuffle: Shuffle): void {
  const { attempt, plan } = run;
  if (shuffle.complete) {
    const effect = nextEffect(state);
    state.pending.push({ kind: 'run', effect, run });
    run.phase = { kind: 'reducing', shuffle, effect };
    const sources = shuffle.takeSources();
    assert(sources.length === plan.splits.length, 'a reduce starts with all its segments');
    state.effects.push({ kind: 'run-reduce', effect, attempt, plan, sources });
    return;
  }
  for (;;) {
    const batch = shuffle.nextBatch(now);
    if (batch === null) return;
    const { from, wants } = batch;
    const effect = nextEffect(state);
    const fetch: Fetch = { kind: 'fetch', effect, attempt, from, partition: attempt.task, wants };
    state.pending.push({ kind: 'fetch', effect, run, shuffle, batch: fetch });
    state.effects.push(fetch);
  }
}

/**
 * The next page is asked for by the first copy of a page alone: if every copy asked, a network that
 * doubles messages would double them again with every page.
 */
export function onLocated(state: ReplicaState, now: Microseconds, page: LocationPage): void {
  let before: number | null = null;
  let cursor: number | null = null;
  for (const run of state.runs) {
    if (run.attempt.job !== page.job) continue;
    if (run.phase.kind !== 'shuffling' && run.phase.kind !== 'reducing') continue;
    const { shuffle } = run.phase;
    before = Math.min(before ?? shuffle.cursor, shuffle.cursor);
    const superseded = shuffle.learn(page);
    cursor = Math.min(cursor ?? shuffle.cursor, shuffle.cursor);
    if (superseded && run.phase.kind === 'reducing') {
      finish(state, run, { kind: 'gave-up', reason: 'versions' });
      startWaiting(state, now);
    } else advance(state, now, run);
  }
  if (page.more && cursor !== null && before !== null && cursor > before) {
    send(state, {
      kind: 'locate',
      epoch: state.epoch,
      incarnation: state.options.incarnation,
      job: page.job,
      cursor,
    });
  }
}

export function onFetched(
  state: ReplicaState,
  now: Microseconds,
  { run, shuffle, batch }: Extract<Pending, { kind: 'fetch' }>,
  result: Result,
): void {
  const { attempt } = run;
  if (result.kind === 'fetched') {
    const { missing, damaged } = shuffle.fetched(now, batch, result.statuses);
    if (missing.length > 0) sendTrouble(state, attempt, batch, 'missing', missing, shuffle);
    if (damaged.length > 0) sendTrouble(state, attempt, batch, 'damaged', damaged, shuffle);
  } else {
    assert(result.kind === 'unreachable', 'a fetch is answered by segments or by nothing');
    shuffle.unreachable(now, batch);
    sendTrouble(state, attempt, batch, 'unreachable', batch.wants, shuffle);
  }
  advance(state, now, run);
}

function sendTrouble(
  state: ReplicaState,
  attempt: AttemptId,
  { from: source }: FetchBatch,
  problem: FetchTrouble['problem'],
  wants: readonly Location[],
  shuffle: Shuffle,
): void {
  const failures = shuffle.failuresOf(source);
  const [first] = wants;
  assert(first !== undefined, 'a request asks for something');
  const { sourceLife } = first;
  const outputs = wants.map((want) => want.attempt);
  send(state, {
    kind: 'fetch-trouble',
    epoch: state.epoch,
    incarnation: state.options.incarnation,
    attempt,
    source,
    sourceLife,
    problem,
    failures,
    outputs,
  });
}

// -------------------------------------------------------------------- upload

function beginUpload(
  state: ReplicaState,
  run: Run,
  part: Extract<Result, { kind: 'part' }>['part'],
  counters: TaskCounters,
  consumed: number,
): void {
  run.phase = {
    kind: 'uploading',
    upload: { part, counters, consumed, tries: 0, retryAt: null },
  };
  upload(state, run);
}

function upload(state: ReplicaState, run: Run): void {
  const { attempt, plan, phase } = run;
  assert(phase.kind === 'uploading', 'only a run with a part uploads');
  const { upload } = phase;
  upload.tries++;
  upload.retryAt = null;
  const effect = nextEffect(state);
  state.pending.push({ kind: 'run', effect, run });
  const { output } = plan;
  const operation = { kind: 'upload', output, attempt, part: upload.part } as const;
  state.effects.push({ kind: 'store', effect, operation });
}

function onUploaded(state: ReplicaState, now: Microseconds, run: Run, answer: StoreAnswer): void {
  const { phase } = run;
  assert(phase.kind === 'uploading', 'the store answers an upload');
  const { part, consumed, counters, tries } = phase.upload;
  switch (answer) {
    case 'ok':
      return finish(state, run, { kind: 'stored', part, consumed, counters });
    case 'full':
      return finish(state, run, { kind: 'gave-up', reason: 'store-full' });
    case 'unclear':
      if (tries < state.options.timing.uploadTries) {
        phase.upload.retryAt = now + state.options.timing.storeRetry;
        return;
      }
      return finish(state, run, { kind: 'gave-up', reason: 'store' });
    case 'no-parent':
    case 'no-source':
    case 'exists':
    case 'taken':
      return finish(state, run, { kind: 'gave-up', reason: 'store' });
    default:
      return unreachable(answer);
  }
}
