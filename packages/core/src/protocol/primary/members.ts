/**
 * The scoreboard: who is here, what each replica runs and holds, and when it is taken to be lost.
 */
import { assert } from '../../errors/assert.ts';
import { attemptElement } from '../digest.ts';
import type { HeldSummary } from '../digest.ts';
import { sameAttempt } from '../ids.ts';
import type { AttemptId, Microseconds, NodeId } from '../ids.ts';
import type { Listing } from '../journal-entries.ts';
import type { Heartbeat, Join, LocationPage } from '../messages.ts';
import { decide } from './journal.ts';
import { adoptRunning, endAttempt, findLive, offer, revoke, revokeAndTell } from './attempts.ts';
import { gainPlace, locationPage, loseEverythingAt, withdrawPlace } from './places.ts';
import {
  answerCurrent,
  endedJobsNow,
  forgetTold,
  replicaRecord,
  tellUnwanted,
  unwantedNow,
} from './replicas.ts';
import type { LiveAttempt, PrimaryState, ReplicaRecord } from './state.ts';
import { taskOf } from './state.ts';

const NO_ATTEMPTS: readonly AttemptId[] = [];
const NO_PAGES: readonly LocationPage[] = [];
const NO_JOBS: readonly AttemptId['job'][] = [];

/** Heartbeats that must miss an assignment before it is taken not to have arrived. */
const MISSES = 2;

/** How many heartbeats may go without an answer before a replica is taken not to hear. */
const HEARS_WITHIN = 3;

// -------------------------------------------------------------------- joining

/** A page of a replica's snapshot. */
export function onJoin(state: PrimaryState, now: Microseconds, from: NodeId, join: Join): void {
  const replica = replicaRecord(state, from);
  if (join.incarnation < replica.incarnation) return answerCurrent(state, from);
  if (join.incarnation > replica.incarnation) newLife(state, replica, join);
  if (join.snapshot < replica.snapshot) return;
  if (join.snapshot > replica.snapshot) {
    if (join.page > 0) return;
    beginSnapshot(replica, join);
  }
  // Half a snapshot from before it was lost is of no use; the replica will begin another.
  if (replica.status === 'lost' || join.page > replica.snapshotPage) return;
  heard(state, now, replica);
  const isNew = join.page === replica.snapshotPage;
  if (isNew) {
    replica.snapshotHeld.push(...join.held);
    replica.snapshotPage++;
  }
  if (join.page + 1 < join.pages) return answerPage(state, replica, join.page, false, NO_ATTEMPTS);
  if (isNew) return finishSnapshot(state, now, replica);
  // A repeated last page: the answer was lost, or the journal is not done yet.
  if (replica.status === 'member')
    answerPage(state, replica, join.page, true, unwantedNow(replica, state.timing.page));
}

/** An earlier life of the process is over, and with it whatever it ran. */
function newLife(state: PrimaryState, replica: ReplicaRecord, join: Join): void {
  for (const live of replica.live.slice()) revoke(state, live);
  loseEverythingAt(state, replica);
  replica.incarnation = join.incarnation;
  replica.heartbeat = 0;
  replica.snapshot = 0;
  replica.unwanted = [];
  replica.endedJobs = [];
}

function beginSnapshot(replica: ReplicaRecord, join: Join): void {
  replica.status = 'joining';
  replica.hears = false;
  replica.heartbeat = Math.max(replica.heartbeat, join.heartbeat);
  replica.joinedAt = join.heartbeat;
  replica.slots = join.slots;
  replica.snapshot = join.snapshot;
  replica.snapshotPage = 0;
  replica.snapshotHeld = [];
  replica.snapshotRunning = join.running;
}

/** The whole snapshot is here: believe it, and say what of it nobody needs. */
function finishSnapshot(state: PrimaryState, now: Microseconds, replica: ReplicaRecord): void {
  const { snapshotHeld, snapshotRunning } = replica;
  withdrawUnnamed(state, replica, snapshotHeld);
  for (const summary of snapshotHeld) {
    if (!believeHeld(state, now, replica, summary)) tellUnwanted(replica, summary.attempt);
  }
  countMisses(state, replica, snapshotRunning, snapshotHeld);
  for (const attempt of snapshotRunning) {
    if (isKept(state, replica, attempt)) continue;
    if (!adoptRunning(state, now, replica, attempt, false)) tellUnwanted(replica, attempt);
  }
  freeOverfullSlots(state, replica);
  replica.snapshotHeld = [];
  replica.snapshotRunning = NO_ATTEMPTS;
  if (!willBeListed(replica)) return list(state, replica, 'replica-joined');
  if (replica.listing === null) welcome(state, replica);
}

/**
 * A predecessor may have revoked a reduce, given its slot to a map, and died before the replica heard
 * of the revocation: then more was adopted than fits, and the map would wait for ever.
 */
function freeOverfullSlots(state: PrimaryState, replica: ReplicaRecord): void {
  while (replica.busy > replica.slots) {
    let youngest: LiveAttempt | undefined;
    for (const live of replica.live) {
      if (live.ended) continue;
      const mayYield = live.task.kind === 'reduce' || youngest?.task.kind !== 'reduce';
      if (mayYield) youngest = live;
    }
    assert(youngest !== undefined, 'a busy slot has an attempt in it');
    revokeAndTell(state, youngest);
  }
}

/** Work that two snapshots do not know of has not arrived, and will be refused if it still does. */
function countMisses(
  state: PrimaryState,
  replica: ReplicaRecord,
  running: readonly AttemptId[],
  held: readonly HeldSummary[],
): void {
  for (const live of replica.live.slice()) {
    if (live.ended || named(live.attempt, running)) continue;
    if (held.some((summary) => sameAttempt(summary.attempt, live.attempt))) continue;
    if (++live.misses >= MISSES) revokeAndTell(state, live);
  }
}

/** Outputs the primary believed in and the replica does not name any more. */
function withdrawUnnamed(
  state: PrimaryState,
  replica: ReplicaRecord,
  held: readonly HeldSummary[],
): void {
  for (const { attempts } of replica.held.slice()) {
    for (const attempt of attempts.slice()) {
      if (held.some((summary) => sameAttempt(summary.attempt, attempt))) continue;
      withdrawPlace(state, replica, attempt);
    }
  }
}

/** True when the output is canonical, or is one that a report will soon tell of. */
function believeHeld(
  state: PrimaryState,
  now: Microseconds,
  replica: ReplicaRecord,
  summary: HeldSummary,
): boolean {
  const { attempt } = summary;
  const job = state.jobsById.get(attempt.job);
  const task = job === undefined ? undefined : taskOf(job, attempt);
  if (task === undefined || task.job.status !== 'running') return false;
  if (replica.unwanted.some((entry) => sameAttempt(entry.attempt, attempt))) return false;
  if (task.canonical === null) return adoptRunning(state, now, replica, attempt, true);
  if (task.canonical.checksumsDigest !== summary.checksums) return false;
  gainPlace(state, now, task, replica, attempt);
  return true;
}

/** What the journal's list says of it when all that is on its way has been written. */
function willBeListed({ listed, listing }: ReplicaRecord): boolean {
  return listing === null ? listed : listing.kind === 'replica-joined';
}

function list(state: PrimaryState, replica: ReplicaRecord, kind: Listing['kind']): void {
  const entry: Listing = { kind, replica: replica.id };
  replica.listing = entry;
  decide(state, entry);
}

/** The journal's list is as the entry says: who is in it may work. */
export function onListing(state: PrimaryState, entry: Listing): void {
  const replica = replicaRecord(state, entry.replica);
  // It went or came back while the entry was being written; the entry that says so is on its way.
  if (replica.listing !== entry) return;
  replica.listing = null;
  if (!replica.listed) return;
  // Meanwhile it may have begun another snapshot, which will be answered in its own time.
  if (replica.status === 'joining' && replica.snapshotHeld.length === 0) welcome(state, replica);
}

function welcome(state: PrimaryState, replica: ReplicaRecord): void {
  replica.status = 'member';
  state.awaited.delete(replica.id);
  state.placeable = true;
  answerPage(
    state,
    replica,
    Math.max(0, replica.snapshotPage - 1),
    true,
    unwantedNow(replica, state.timing.page),
  );
  // Work is offered when a heartbeat has shown that it hears.
}

function answerPage(
  state: PrimaryState,
  replica: ReplicaRecord,
  page: number,
  isWelcome: boolean,
  unwanted: readonly AttemptId[],
): void {
  state.effects.push({
    kind: 'send',
    to: replica.id,
    message: {
      kind: 'page-received',
      epoch: state.epoch,
      incarnation: replica.incarnation,
      snapshot: replica.snapshot,
      page,
      welcome: isWelcome,
      unwanted,
    },
  });
}

// -------------------------------------------------------------------- heartbeats

export function onHeartbeat(
  state: PrimaryState,
  now: Microseconds,
  from: NodeId,
  message: Heartbeat,
): void {
  const replica = replicaRecord(state, from);
  if (message.incarnation < replica.incarnation) return answerCurrent(state, from);
  const known = message.incarnation === replica.incarnation;
  if (known && message.number <= replica.heartbeat) return;
  if (!known || replica.status === 'lost' || replica.status === 'joining') {
    return answerHeartbeat(state, replica, message, true);
  }
  heard(state, now, replica);
  replica.heartbeat = message.number;
  const lastHeardOf = Math.max(message.answered, replica.joinedAt);
  const hears = message.number - lastHeardOf <= HEARS_WITHIN;
  // A reduce there may have to yield, and could not while nobody could tell it to.
  if (replica.status === 'silent' || (hears && !replica.hears)) state.placeable = true;
  replica.status = 'member';
  replica.hears = hears;
  forgetTold(replica, message.answered);
  compareRunning(state, replica, message);
  const stale = !digestAgrees(replica, message, state.timing.page);
  answerHeartbeat(state, replica, message, stale);
  offer(state, replica);
}

/** Finds assignments that never arrived, and work that nobody planned. */
function compareRunning(state: PrimaryState, replica: ReplicaRecord, message: Heartbeat): void {
  const { running, ended, number } = message;
  // A list that was cut to a page does not name everything.
  const isCut = ended.length >= state.timing.page;
  for (let i = replica.live.length - 1; i >= 0; i--) {
    const live = replica.live[i];
    if (live === undefined) continue;
    if (named(live.attempt, ended)) {
      endAttempt(state, live);
    } else if (!named(live.attempt, running) && number >= live.heartbeatSeen + 2) {
      if (!live.ended && !isCut && ++live.misses >= MISSES) revokeAndTell(state, live);
    } else live.misses = 0;
  }
  for (const attempt of running) {
    if (!isKept(state, replica, attempt)) tellUnwanted(replica, attempt);
  }
}

/** It runs, or its report was faster than the message that still calls it running. */
function isKept(state: PrimaryState, replica: ReplicaRecord, attempt: AttemptId): boolean {
  if (findLive(replica, attempt) !== undefined) return true;
  const job = state.jobsById.get(attempt.job);
  return replica.held.some((held) => held.job === job && named(attempt, held.attempts));
}

function named(attempt: AttemptId, list: readonly AttemptId[]): boolean {
  for (const other of list) if (sameAttempt(other, attempt)) return true;
  return false;
}

/** Compares what the replica says it holds with what is believed here, by one integer. */
function digestAgrees(replica: ReplicaRecord, message: Heartbeat, page: number): boolean {
  // While something to discard is still being told, the two pictures differ for good reason.
  if (replica.unwanted.length > 0 || replica.endedJobs.length > 0) return true;
  // The list of unanswered reports is cut to a page: what it names is not all there is.
  if (message.ended.length >= page) return true;
  let expected = replica.heldDigest;
  const { ended, running } = message;
  if (ended.length === 0 && expected === message.heldDigest) return true;
  // What the replica has not heard acknowledged is not yet in its digest, nor is what still ran when
  // the heartbeat was sent and whose report was faster.
  for (const { job, attempts } of replica.held) {
    for (const attempt of attempts) {
      if (named(attempt, ended) || named(attempt, running)) {
        expected = (expected - attemptElement(attempt, job.hash)) | 0;
      }
    }
  }
  return expected === message.heldDigest;
}

function answerHeartbeat(
  state: PrimaryState,
  replica: ReplicaRecord,
  message: Heartbeat,
  resync: boolean,
): void {
  const { page } = state.timing;
  const located = resync ? NO_PAGES : pagesFor(state, message);
  state.effects.push({
    kind: 'send',
    to: replica.id,
    message: {
      kind: 'heartbeat-answer',
      epoch: state.epoch,
      incarnation: message.incarnation,
      number: message.number,
      unwanted: resync ? NO_ATTEMPTS : unwantedNow(replica, page, message.number),
      endedJobs: resync ? NO_JOBS : endedJobsNow(replica, page, message.number),
      located,
      resync,
    },
  });
}

function pagesFor(state: PrimaryState, message: Heartbeat): readonly LocationPage[] {
  let pages: LocationPage[] | null = null;
  for (const { job: id, cursor } of message.cursors) {
    const job = state.jobsById.get(id);
    if (job === undefined || cursor >= job.locations.length) continue;
    pages ??= [];
    pages.push(locationPage(state, job, cursor));
  }
  return pages ?? NO_PAGES;
}

// -------------------------------------------------------------------- silence and loss

/** Moves the replica to the fresh end of the list, so that a look at the stale end is enough. */
function heard(state: PrimaryState, now: Microseconds, replica: ReplicaRecord): void {
  replica.lastHeard = now;
  unlink(state, replica);
  replica.older = state.newestHeard;
  if (state.newestHeard === null) state.oldestHeard = replica;
  else state.newestHeard.newer = replica;
  state.newestHeard = replica;
}

function unlink(state: PrimaryState, replica: ReplicaRecord): void {
  const { older, newer } = replica;
  if (older === null && newer === null && state.oldestHeard !== replica) return;
  if (older === null) state.oldestHeard = newer;
  else older.newer = newer;
  if (newer === null) state.newestHeard = older;
  else newer.older = older;
  replica.older = null;
  replica.newer = null;
}

/** Walks from the stale end: who was not heard for long is silent, for longer lost. */
export function watchSilence(state: PrimaryState, now: Microseconds): void {
  // After a pause of our own, what others sent meanwhile is still to be read.
  if (now < state.deafUntil) return;
  const { silence, detection } = state.timing;
  let replica = state.oldestHeard;
  while (replica !== null && now - replica.lastHeard > silence) {
    const { newer } = replica;
    if (now - replica.lastHeard > detection) lose(state, replica);
    else if (replica.status === 'member') replica.status = 'silent';
    replica = newer;
  }
}

/** Declares a replica lost: its work is given away, and its outputs are made again. */
export function lose(state: PrimaryState, replica: ReplicaRecord): void {
  unlink(state, replica);
  replica.status = 'lost';
  state.awaited.delete(replica.id);
  state.placeable = true;
  for (const live of replica.live.slice()) revoke(state, live);
  loseEverythingAt(state, replica);
  replica.unwanted = [];
  replica.endedJobs = [];
  assert(replica.busy === 0, 'a lost replica has no busy slot');
  if (willBeListed(replica)) list(state, replica, 'replica-lost');
}
