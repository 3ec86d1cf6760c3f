/**
 * How a replica belongs: it tells a primary everything it runs and holds, is welcomed, says that it
 * lives, and stops by itself when nobody has answered for the length of its lease.
 */
import { assert } from '../../errors/assert.ts';
import type { AttemptId, Epoch, Microseconds, NodeId } from '../ids.ts';
import type { HeartbeatAnswer, Join, LocationCursor, PageReceived } from '../messages.ts';
import { drop, dropJob, finish, sendReports } from './endings.ts';
import { hasLease, HEARTBEATS_REMEMBERED, send, setTimer } from './state.ts';
import type { ReplicaState } from './state.ts';
import { advanceRuns, onLocated, startWaiting } from './work.ts';

export const HEARTBEAT_TIMER = 1;
export const LEASE_TIMER = 2;

const NO_ATTEMPTS: readonly AttemptId[] = [];
const NO_CURSORS: readonly LocationCursor[] = [];

// -------------------------------------------------------------------- joining

/** A newer primary: tell it everything. Work goes on, but no lease is granted by a stranger. */
export function follow(
  state: ReplicaState,
  now: Microseconds,
  primary: NodeId,
  epoch: Epoch,
): void {
  state.epoch = epoch;
  state.address.heard(primary);
  for (const run of state.runs) {
    if (run.phase.kind === 'shuffling' || run.phase.kind === 'reducing') {
      run.phase.shuffle.restartLog();
    }
  }
  beginSnapshot(state, now);
}

export function beginSnapshot(state: ReplicaState, now: Microseconds): void {
  const held = state.holdings.summaries();
  state.membership = 'joining';
  state.snapshot = {
    number: ++state.snapshots,
    heartbeat: state.heartbeatNumber,
    held,
    running: running(state),
    pages: Math.max(1, Math.ceil(held.length / state.options.timing.page)),
    page: 0,
    sentAt: now,
  };
  sendPage(state);
}

/** What runs, and what has ended without an output on this disk and is not yet answered. */
function running(state: ReplicaState): AttemptId[] {
  const running = state.runs.map((run) => run.attempt);
  for (const { attempt, outcome } of state.ended) {
    if (outcome.kind !== 'mapped') running.push(attempt);
  }
  return running;
}

function sendPage(state: ReplicaState): void {
  const { snapshot } = state;
  assert(snapshot !== null, 'a page belongs to a snapshot');
  const { page } = state.options.timing;
  const join: Join = {
    kind: 'join',
    epoch: state.epoch,
    incarnation: state.options.incarnation,
    slots: state.options.slots,
    heartbeat: snapshot.heartbeat,
    snapshot: snapshot.number,
    page: snapshot.page,
    pages: snapshot.pages,
    held: snapshot.held.slice(snapshot.page * page, (snapshot.page + 1) * page),
    running: snapshot.page === 0 ? snapshot.running : NO_ATTEMPTS,
  };
  send(state, join);
}

export function onPageReceived(
  state: ReplicaState,
  now: Microseconds,
  message: PageReceived,
): void {
  const { snapshot } = state;
  if (snapshot === null || message.snapshot !== snapshot.number) return;
  if (message.page !== snapshot.page) return;
  state.address.heard();
  for (const attempt of message.unwanted) drop(state, attempt);
  if (snapshot.page + 1 < snapshot.pages) {
    snapshot.page++;
    snapshot.sentAt = now;
    sendPage(state);
  } else if (message.welcome) {
    state.snapshot = null;
    state.membership = 'member';
    state.joinedAt = snapshot.heartbeat;
    renewLease(state, now, snapshot.sentAt);
    sendReports(state);
    // At once, so that the primary sees that it is heard, and offers work.
    sendHeartbeat(state, now);
    startWaiting(state, now);
  }
}

// -------------------------------------------------------------------- heartbeats

export function setHeartbeatTimer(state: ReplicaState, now: Microseconds): void {
  const { heartbeat } = state.options.timing;
  state.heartbeatDue = now + heartbeat;
  setTimer(state, HEARTBEAT_TIMER, heartbeat);
}

export function onHeartbeatTimer(state: ReplicaState, now: Microseconds): void {
  setHeartbeatTimer(state, now);
  const isElsewhere = state.address.asking();
  if (state.membership === 'joining') {
    watchLease(state, now);
    // Whoever answers next may have given up on us meanwhile, and on half a snapshot with us.
    return isElsewhere ? beginSnapshot(state, now) : sendPage(state);
  }
  sendReports(state);
  watchLease(state, now);
  advanceRuns(state, now);
  sendHeartbeat(state, now);
}

function sendHeartbeat(state: ReplicaState, now: Microseconds): void {
  const number = ++state.heartbeatNumber;
  state.heartbeatSentAt[number % HEARTBEATS_REMEMBERED] = now;
  send(state, {
    kind: 'heartbeat',
    epoch: state.epoch,
    incarnation: state.options.incarnation,
    number,
    answered: state.answered,
    running: state.runs.length === 0 ? NO_ATTEMPTS : state.runs.map((run) => run.attempt),
    ended: state.ended.length === 0 ? NO_ATTEMPTS : endedPage(state),
    heldDigest: state.holdings.digest,
    cursors: cursors(state),
  });
}

function endedPage(state: ReplicaState): AttemptId[] {
  return state.ended.slice(0, state.options.timing.page).map((ended) => ended.attempt);
}

function cursors(state: ReplicaState): readonly LocationCursor[] {
  let cursors: LocationCursor[] | null = null;
  for (const run of state.runs) {
    if (run.phase.kind !== 'shuffling' && run.phase.kind !== 'reducing') continue;
    const { job } = run.attempt;
    const { cursor } = run.phase.shuffle;
    if (cursors === null) {
      cursors = [{ job, cursor }];
      continue;
    }
    const other = cursors.findIndex((entry) => entry.job === job);
    if (other < 0) cursors.push({ job, cursor });
    else if ((cursors[other]?.cursor ?? 0) > cursor) cursors[other] = { job, cursor };
  }
  return cursors ?? NO_CURSORS;
}

export function onHeartbeatAnswer(
  state: ReplicaState,
  now: Microseconds,
  message: HeartbeatAnswer,
): void {
  if (message.number <= state.answered || state.membership !== 'member') return;
  if (message.number <= state.heartbeatNumber - HEARTBEATS_REMEMBERED) return;
  state.answered = message.number;
  state.address.heard();
  const sentAt = state.heartbeatSentAt[message.number % HEARTBEATS_REMEMBERED];
  assert(sentAt !== undefined, 'an answered heartbeat was sent');
  if (message.resync) return beginSnapshot(state, now);
  renewLease(state, now, sentAt);
  for (const attempt of message.unwanted) drop(state, attempt);
  for (const job of message.endedJobs) dropJob(state, job);
  for (const page of message.located) onLocated(state, now, page);
  startWaiting(state, now);
}

// -------------------------------------------------------------------- the lease

function renewLease(state: ReplicaState, now: Microseconds, from: Microseconds): void {
  const until = from + state.options.timing.lease;
  if (until <= state.leaseUntil) return;
  state.leaseUntil = until;
  setLeaseTimer(state, now);
}

/**
 * Every heartbeat looks whether the lease is over, and as long as answers come it outlasts the next
 * one: only where it does not is there a timer for its end.
 */
function setLeaseTimer(state: ReplicaState, now: Microseconds): void {
  const { leaseUntil, heartbeatDue } = state;
  if (now < leaseUntil && leaseUntil < heartbeatDue) setTimer(state, LEASE_TIMER, leaseUntil - now);
}

/** Ends the work when the lease is over. */
export function watchLease(state: ReplicaState, now: Microseconds): void {
  if (hasLease(state, now)) return setLeaseTimer(state, now);
  for (const run of state.runs) finish(state, run, { kind: 'gave-up', reason: 'lease' });
}
