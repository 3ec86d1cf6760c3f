/**
 * The primary: the one node that plans. It decides by writing to its journal, and acts only on what
 * is durable there; everything else it knows is a picture that replicas paint.
 *
 * In: a message, a timer, a completion. Out: effects. The same state and input give the same output.
 */
import { assert, unreachable } from '../../errors/assert.ts';
import type { Effect, Machine, Result } from '../effects.ts';
import type { EffectId, Epoch, JobId, Microseconds, NodeId } from '../ids.ts';
import type { JournalEntry } from '../journal-entries.ts';
import type { Locate, Message } from '../messages.ts';
import type { Timing } from '../timing.ts';
import { apply } from './apply.ts';
import { enqueue } from './attempts.ts';
import { onCancel, onPlanned, onSubmit } from './clients.ts';
import {
  onEnded,
  onOutcome,
  onStoreAnswer,
  onSwept,
  prepare,
  resume,
  retryStore,
  scheduleSweep,
  succeedIfEmpty,
} from './commit.ts';
import { beginOpening, journalCompleted, resign, writeBatch } from './journal.ts';
import { lose, onHeartbeat, onJoin, onListing, watchSilence } from './members.ts';
import { tellClient } from './news.ts';
import { locationPage } from './places.ts';
import { place, speculate } from './placing.ts';
import { onAttemptFailed, onMapWon, onPartWon, onProcessLost, onReport } from './reports.ts';
import { answerCurrent, replicaRecord } from './replicas.ts';
import { createState } from './state.ts';
import type { Job, PrimaryState, ReplicaRecord } from './state.ts';
import { onFetchTrouble } from './troubles.ts';

export interface PrimaryOptions {
  readonly self: NodeId;
  readonly timing: Timing;
}

/** One line of the scoreboard. */
export interface ScoreboardEntry {
  readonly replica: NodeId;
  readonly state: 'joining' | 'idle' | 'mapping' | 'shuffling' | 'reducing' | 'silent' | 'lost';
  readonly running: number;
  readonly held: number;
}

const TICK_TIMER = 1;

/** A primary process; make one with {@link createPrimary}. */
export class Primary implements Machine {
  readonly effects: Effect[];
  private readonly state: PrimaryState;

  constructor({ self, timing }: PrimaryOptions) {
    const drift = (timing.lease * timing.driftPpm * 2) / 1_000_000;
    assert(timing.detection > timing.lease + drift, 'a lease ends before its replica is lost');
    assert(timing.silence < timing.detection, 'a replica is silent before it is lost');
    this.state = createState(self, timing);
    this.effects = this.state.effects;
  }

  /** This primary's epoch; 0 until its journal is open. */
  get epoch(): Epoch {
    return this.state.epoch;
  }

  // ------------------------------------------------------------------ the four verbs

  start(_now: Microseconds): void {
    beginOpening(this.state);
  }

  receive(now: Microseconds, from: NodeId, message: Message): void {
    const { state } = this;
    // Before the journal is open nothing is known, and nothing is said.
    if (state.epoch === 0 || state.journal.kind === 'resigned') return;
    this.noticePause(now);
    if (message.epoch > state.epoch) return resign(state, 'superseded');
    if (message.kind === 'current') return;
    if (isFromReplica(message) && message.epoch < state.epoch) return answerCurrent(state, from);
    this.dispatch(now, from, message);
    this.follow(now);
  }

  timer(now: Microseconds, timer: number): void {
    const { state } = this;
    assert(timer === TICK_TIMER, 'a primary sets one timer');
    if (state.journal.kind === 'resigned') return;
    this.noticePause(now);
    state.effects.push({ kind: 'set-timer', timer: TICK_TIMER, after: state.timing.tick });
    watchSilence(state, now);
    this.stopAwaiting(now);
    retryStore(state, now);
    this.follow(now);
    speculate(state, now);
  }

  completed(now: Microseconds, effect: EffectId, result: Result): void {
    const { state } = this;
    const pending = state.pending.get(effect);
    if (pending === undefined) return;
    state.pending.delete(effect);
    this.noticePause(now);
    switch (pending.kind) {
      case 'journal':
        this.onJournal(now, result);
        break;
      case 'plan':
        assert(result.kind === 'planned' || result.kind === 'refused', 'a plan was asked for');
        onPlanned(state, pending.spec.job, pending.client, result);
        break;
      case 'store':
        assert(result.kind === 'store', 'the store answers');
        onStoreAnswer(state, now, pending.store, result.answer);
        succeedIfEmpty(state, pending.store.job);
        break;
      case 'sweep':
        assert(result.kind === 'store', 'the store answers');
        onSwept(state, now, pending.operation, result.answer);
        break;
      default:
        return unreachable(pending);
    }
    this.follow(now);
  }

  /**
   * The tick comes every second: a longer gap means that this process stood still. Then others are
   * not to be taken for silent, and a successor may have taken over. While the journal is opened, what
   * counts is the gap between its answers: the last look at the markers may be of long ago.
   */
  private noticePause(now: Microseconds): void {
    const { state } = this;
    const gap = now - state.lastEventAt;
    if (state.lastEventAt >= 0 && gap > 2 * state.timing.tick) {
      state.deafUntil = now + state.timing.detection;
      if (state.awaited.size > 0) state.awaitUntil = state.deafUntil;
      state.doubt = 'to-be-checked';
    }
    state.lastEventAt = now;
  }

  /** What every event may lead to: tasks to place, and decisions to write down. */
  private follow(now: Microseconds): void {
    place(this.state, now);
    writeBatch(this.state);
  }

  // ------------------------------------------------------------------ messages

  private dispatch(now: Microseconds, from: NodeId, message: Message): void {
    const { state } = this;
    switch (message.kind) {
      case 'heartbeat':
        return onHeartbeat(state, now, from, message);
      case 'report':
        return onReport(state, now, from, message);
      case 'locate':
        return this.onLocate(from, message);
      case 'join':
        return onJoin(state, now, from, message);
      case 'fetch-trouble':
        return onFetchTrouble(state, from, message);
      case 'submit':
        return onSubmit(state, from, message);
      case 'ask':
        return tellClient(state, from, message.job);
      case 'cancel':
        return onCancel(state, from, message.job);
      case 'current':
        return;
      case 'page-received':
      case 'heartbeat-answer':
      case 'assign':
      case 'report-answer':
      case 'located':
      case 'news':
        return assert(false, `a primary is never sent ${message.kind}`);
      default:
        return unreachable(message);
    }
  }

  private onLocate(from: NodeId, message: Locate): void {
    const { state } = this;
    const { epoch } = state;
    const { incarnation } = replicaRecord(state, from);
    if (message.incarnation < incarnation) return answerCurrent(state, from);
    const job = state.jobsById.get(message.job);
    if (job === undefined || message.incarnation > incarnation) return;
    const located = locationPage(state, job, message.cursor);
    state.effects.push({
      kind: 'send',
      to: from,
      message: { kind: 'located', epoch, incarnation, located },
    });
  }

  // ------------------------------------------------------------------ the journal

  private onJournal(now: Microseconds, result: Result): void {
    const { state } = this;
    const news = journalCompleted(state, result);
    switch (news.kind) {
      case 'nothing':
        return;
      case 'opened':
        return this.open(now, news.history);
      case 'appended':
        for (const entry of news.batch) this.act(now, entry);
        return;
      default:
        return unreachable(news);
    }
  }

  /** A decision is durable and stands: make it so, then do what follows from it. */
  private act(now: Microseconds, entry: JournalEntry): void {
    const { state } = this;
    const ending = entry.kind === 'job-ended' ? state.jobsById.get(entry.job) : undefined;
    apply(state, entry, true);
    switch (entry.kind) {
      case 'adoption':
        return assert(false, 'an adoption is only ever the first entry');
      case 'replica-joined':
      case 'replica-lost':
        return onListing(state, entry);
      case 'job-submitted':
        return this.onSubmitted(entry.plan.job, entry.client);
      case 'job-refused':
        return this.onDecided(entry.job);
      case 'map-won':
        return onMapWon(state, now, entry);
      case 'part-won':
        return onPartWon(state, now, entry);
      case 'attempt-failed':
        return onAttemptFailed(state, entry);
      case 'process-lost':
        return onProcessLost(state, entry);
      case 'job-outcome':
        return onOutcome(state, entry);
      case 'job-ended':
        if (ending !== undefined) onEnded(state, now, ending);
        return;
      default:
        return unreachable(entry);
    }
  }

  private onSubmitted(id: JobId, client: NodeId): void {
    const { state } = this;
    state.deciding.delete(id);
    const job = state.jobsById.get(id);
    assert(job !== undefined, 'a submitted job is known');
    this.enqueueAll(job);
    prepare(state, job);
    tellClient(state, client, id);
  }

  private onDecided(id: JobId): void {
    const client = this.state.deciding.get(id);
    this.state.deciding.delete(id);
    if (client !== undefined) tellClient(this.state, client, id);
  }

  private enqueueAll(job: Job): void {
    for (const task of job.maps) enqueue(this.state, task);
    for (const task of job.reduces) enqueue(this.state, task);
  }

  // ------------------------------------------------------------------ a new epoch

  /** Everything the past decided is known now; what it was doing must be found out. */
  private open(now: Microseconds, history: readonly JournalEntry[]): void {
    const { state } = this;
    for (const entry of history) apply(state, entry, false);
    state.awaitUntil = now + state.timing.detection;
    for (const replica of state.replicas.values()) {
      if (!replica.listed) continue;
      state.awaited.add(replica.id);
      answerCurrent(state, replica.id);
    }
    for (const job of state.jobs) {
      resume(state, job);
      if (job.status === 'running') this.enqueueAll(job);
    }
    this.sweepEnded(now, history);
    state.effects.push({ kind: 'set-timer', timer: TICK_TIMER, after: state.timing.tick });
  }

  /** Operations of an earlier epoch may still arrive at the store, for jobs that have ended. */
  private sweepEnded(now: Microseconds, history: readonly JournalEntry[]): void {
    const { state } = this;
    for (const entry of history) {
      if (entry.kind !== 'job-submitted') continue;
      const ended = state.ended.get(entry.plan.job);
      if (ended === undefined) continue;
      const { plan } = entry;
      scheduleSweep(state, now, plan.output, { plan, status: ended.status });
    }
  }

  /** Who has not resynced within one detection deadline is lost. */
  private stopAwaiting(now: Microseconds): void {
    const { state } = this;
    if (state.awaited.size === 0 || now < state.awaitUntil) return;
    for (const id of state.awaited) {
      const replica = replicaRecord(state, id);
      if (replica.status === 'lost') lose(state, replica);
      state.awaited.delete(id);
    }
    state.placeable = true;
  }

  // ------------------------------------------------------------------ for people

  /** What the primary believes of every replica, in the order in which they joined. */
  scoreboard(): ScoreboardEntry[] {
    const entries: ScoreboardEntry[] = [];
    for (const replica of this.state.replicas.values()) {
      entries.push({
        replica: replica.id,
        state: scoreboardState(replica),
        running: replica.live.length,
        held: replica.held.reduce((sum, { attempts }) => sum + attempts.length, 0),
      });
    }
    return entries;
  }
}

function scoreboardState(replica: ReplicaRecord): ScoreboardEntry['state'] {
  if (replica.status !== 'member') return replica.status;
  let state: ScoreboardEntry['state'] = 'idle';
  for (const { task, ended } of replica.live) {
    if (ended) continue;
    if (task.kind === 'map') return 'mapping';
    state = task.job.mapsAvailable < task.job.maps.length ? 'shuffling' : 'reducing';
  }
  return state;
}

/** Messages of replicas carry the epoch they follow; a client merely says what it has heard of. */
function isFromReplica(message: Message): boolean {
  switch (message.kind) {
    case 'join':
    case 'heartbeat':
    case 'report':
    case 'fetch-trouble':
    case 'locate':
      return true;
    case 'submit':
    case 'ask':
    case 'cancel':
    case 'news':
    case 'current':
    case 'page-received':
    case 'heartbeat-answer':
    case 'assign':
    case 'report-answer':
    case 'located':
      return false;
    default:
      return unreachable(message);
  }
}

/** Makes the machine of one life of a primary process. The host calls `start` next. */
export function createPrimary(options: PrimaryOptions): Primary {
  return new Primary(options);
}
