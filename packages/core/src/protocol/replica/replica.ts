/**
 * The replica: runs what the primary assigns, holds map outputs for its peers, and stops by itself
 * when it has not been heard for the length of its lease.
 *
 * In: a message, a timer, a completion. Out: effects. The same state and input give the same output.
 */
import { assert, unreachable } from '../../errors/assert.ts';
import type { Effect, Machine, Result, StoreAnswer } from '../effects.ts';
import { effectId, epoch as asEpoch, sameAttempt } from '../ids.ts';
import type { AttemptId, EffectId, Epoch, Incarnation, Microseconds, NodeId } from '../ids.ts';
import type {
  Assign,
  FetchTrouble,
  HeartbeatAnswer,
  Join,
  LocationCursor,
  LocationPage,
  Message,
  PageReceived,
  ReportAnswer,
} from '../messages.ts';
import type { HeldSummary } from '../digest.ts';
import type { HeldOutput, Location, Outcome, TaskCounters } from '../plan.ts';
import type { Timing } from '../timing.ts';
import { Holdings } from './holdings.ts';
import type { Run } from './run.ts';
import { Shuffle } from './shuffle.ts';
import type { FetchBatch } from './shuffle.ts';

export interface ReplicaOptions {
  readonly self: NodeId;
  /** Higher than that of every earlier life of this replica. */
  readonly incarnation: Incarnation;
  /** How many attempts run at once. */
  readonly slots: number;
  /** Where a primary may be found, in the order in which to try. */
  readonly primaries: readonly NodeId[];
  readonly timing: Timing;
  /** What the host found whole on its disk. */
  readonly held: readonly HeldOutput[];
}

/** How the replica stands with the primary it follows. */
export type Membership = 'joining' | 'member';

const HEARTBEAT_TIMER = 1;
const LEASE_TIMER = 2;

/** How many unanswered heartbeats are remembered to date an answer. */
const HEARTBEATS_REMEMBERED = 16;

/** Heartbeats without an answer before another address of the primary is tried. */
const PATIENCE = 3;

const NO_ATTEMPTS: readonly AttemptId[] = [];
const NO_CURSORS: readonly LocationCursor[] = [];

interface Ended {
  readonly attempt: AttemptId;
  readonly outcome: Outcome;
}

interface Snapshot {
  readonly number: number;
  /** The last heartbeat sent before it was taken. */
  readonly heartbeat: number;
  readonly held: readonly HeldSummary[];
  readonly running: readonly AttemptId[];
  readonly pages: number;
  page: number;
  /** When the page now on its way was first sent: a lease runs from here. */
  sentAt: Microseconds;
}

/** A request to the host whose completion is still to come. */
type Pending =
  | { readonly kind: 'run'; readonly run: Run }
  | {
      readonly kind: 'fetch';
      readonly run: Run;
      readonly shuffle: Shuffle;
      readonly batch: FetchBatch;
    };

/** A replica process; make one with {@link createReplica}. */
export class Replica implements Machine {
  readonly effects: Effect[] = [];
  /** The highest epoch this replica has heard of; 0 before any. */
  epoch: Epoch = asEpoch(0);
  membership: Membership = 'joining';
  /** What runs here, oldest first. */
  runs: Run[] = [];

  private readonly options: ReplicaOptions;
  private readonly holdings = new Holdings();
  private readonly pending = new Map<EffectId, Pending>();
  private ended: Ended[] = [];
  private primary: NodeId;
  private leaseUntil: Microseconds = -1;
  private lastEffect = 0;
  private heartbeatNumber = 0;
  private answered = 0;
  private unanswered = 0;
  private readonly heartbeatSentAt = new Array<Microseconds>(HEARTBEATS_REMEMBERED).fill(0);
  private snapshots = 0;
  /** Assignments sent before this heartbeat are of a time before the last snapshot. */
  private joinedAt = 0;
  private snapshot: Snapshot | null = null;

  constructor(options: ReplicaOptions) {
    const [first] = options.primaries;
    assert(first !== undefined, 'a replica needs the address of a primary');
    assert(options.slots > 0, 'a replica needs a slot');
    this.options = options;
    this.primary = first;
  }

  // ------------------------------------------------------------------ the four verbs

  /** Outputs found on the disk are reported like work that has just ended. */
  start(now: Microseconds): void {
    for (const output of this.options.held) {
      const { attempt, checksums, counters } = output;
      this.holdings.add(output);
      this.holdings.close(attempt);
      this.ended.push({ attempt, outcome: { kind: 'mapped', checksums, counters } });
    }
    this.beginSnapshot(now);
    this.setTimer(HEARTBEAT_TIMER, this.options.timing.heartbeat);
  }

  receive(now: Microseconds, from: NodeId, message: Message): void {
    if (message.epoch < this.epoch) {
      // A primary of the past. Only what is no answer is answered.
      if (message.kind === 'assign') this.sendTo(from, { kind: 'current', ...this.envelope() });
      return;
    }
    if (message.epoch > this.epoch) this.follow(now, from, message.epoch);
    if (message.kind === 'current') return;
    if (message.incarnation !== this.options.incarnation) return;
    switch (message.kind) {
      case 'page-received':
        return this.onPageReceived(now, message);
      case 'heartbeat-answer':
        return this.onHeartbeatAnswer(now, message);
      case 'assign':
        return this.onAssign(now, message);
      case 'report-answer':
        return this.onReportAnswer(message);
      case 'located':
        return this.onLocated(now, message.located);
      case 'submit':
      case 'ask':
      case 'cancel':
      case 'news':
      case 'join':
      case 'heartbeat':
      case 'report':
      case 'fetch-trouble':
      case 'locate':
        return assert(false, `a replica is never sent ${message.kind}`);
      default:
        return unreachable(message);
    }
  }

  timer(now: Microseconds, timer: number): void {
    if (timer === HEARTBEAT_TIMER) return this.onHeartbeatTimer(now);
    assert(timer === LEASE_TIMER, 'a replica sets two timers');
    this.onLeaseTimer(now);
  }

  completed(now: Microseconds, effect: EffectId, result: Result): void {
    const pending = this.pending.get(effect);
    // Abandoned work may still come back; nobody waits for it.
    if (pending === undefined) return;
    this.pending.delete(effect);
    if (pending.kind === 'fetch') return this.onFetched(now, pending, result);
    this.onRunCompleted(now, pending.run, result);
  }

  // ------------------------------------------------------------------ membership

  /** A newer primary: tell it everything. Work goes on, but no lease is granted by a stranger. */
  private follow(now: Microseconds, primary: NodeId, epoch: Epoch): void {
    this.epoch = epoch;
    this.primary = primary;
    this.unanswered = 0;
    for (const run of this.runs) {
      if (run.phase.kind === 'shuffling' || run.phase.kind === 'reducing') {
        run.phase.shuffle.restartLog();
      }
    }
    this.beginSnapshot(now);
  }

  private beginSnapshot(now: Microseconds): void {
    const held = this.holdings.summaries();
    this.membership = 'joining';
    this.snapshot = {
      number: ++this.snapshots,
      heartbeat: this.heartbeatNumber,
      held,
      running: this.running(),
      pages: Math.max(1, Math.ceil(held.length / this.options.timing.page)),
      page: 0,
      sentAt: now,
    };
    this.sendPage();
  }

  /** What runs, and what has ended without an output on this disk and is not yet answered. */
  private running(): AttemptId[] {
    const running = this.runs.map((run) => run.attempt);
    for (const { attempt, outcome } of this.ended) {
      if (outcome.kind !== 'mapped') running.push(attempt);
    }
    return running;
  }

  private sendPage(): void {
    const { snapshot } = this;
    assert(snapshot !== null, 'a page belongs to a snapshot');
    const { page } = this.options.timing;
    const join: Join = {
      kind: 'join',
      ...this.envelope(),
      slots: this.options.slots,
      heartbeat: snapshot.heartbeat,
      snapshot: snapshot.number,
      page: snapshot.page,
      pages: snapshot.pages,
      held: snapshot.held.slice(snapshot.page * page, (snapshot.page + 1) * page),
      running: snapshot.page === 0 ? snapshot.running : NO_ATTEMPTS,
    };
    this.send(join);
  }

  private onPageReceived(now: Microseconds, message: PageReceived): void {
    const { snapshot } = this;
    if (snapshot === null || message.snapshot !== snapshot.number) return;
    if (message.page !== snapshot.page) return;
    this.unanswered = 0;
    for (const attempt of message.unwanted) this.drop(attempt);
    if (snapshot.page + 1 < snapshot.pages) {
      snapshot.page++;
      snapshot.sentAt = now;
      this.sendPage();
    } else if (message.welcome) {
      this.snapshot = null;
      this.membership = 'member';
      this.joinedAt = snapshot.heartbeat;
      this.renewLease(now, snapshot.sentAt);
      this.sendReports();
      // At once, so that the primary sees that it is heard, and offers work.
      this.sendHeartbeat(now);
      this.startWaiting(now);
    }
  }

  private onHeartbeatTimer(now: Microseconds): void {
    this.setTimer(HEARTBEAT_TIMER, this.options.timing.heartbeat);
    if (++this.unanswered > PATIENCE) {
      this.tryNextPrimary();
      // Whoever answers may have given up on us meanwhile, and on half a snapshot with us.
      if (this.membership === 'joining') return this.beginSnapshot(now);
    }
    if (this.membership === 'joining') return this.sendPage();
    this.sendReports();
    this.advanceRuns(now);
    this.sendHeartbeat(now);
  }

  private tryNextPrimary(): void {
    const { primaries } = this.options;
    const next = primaries[(primaries.indexOf(this.primary) + 1) % primaries.length];
    assert(next !== undefined, 'the list of primaries is not empty');
    this.primary = next;
    this.unanswered = 0;
  }

  private sendHeartbeat(now: Microseconds): void {
    const number = ++this.heartbeatNumber;
    this.heartbeatSentAt[number % HEARTBEATS_REMEMBERED] = now;
    this.send({
      kind: 'heartbeat',
      ...this.envelope(),
      number,
      answered: this.answered,
      running: this.runs.length === 0 ? NO_ATTEMPTS : this.runs.map((run) => run.attempt),
      ended: this.ended.length === 0 ? NO_ATTEMPTS : this.endedPage(),
      heldDigest: this.holdings.digest,
      cursors: this.cursors(),
    });
  }

  private endedPage(): AttemptId[] {
    return this.ended.slice(0, this.options.timing.page).map((ended) => ended.attempt);
  }

  private cursors(): readonly LocationCursor[] {
    let cursors: LocationCursor[] | null = null;
    for (const run of this.runs) {
      if (run.phase.kind !== 'shuffling' && run.phase.kind !== 'reducing') continue;
      const { job } = run.attempt;
      const { cursor } = run.phase.shuffle;
      cursors ??= [];
      const other = cursors.findIndex((entry) => entry.job === job);
      if (other < 0) cursors.push({ job, cursor });
      else if ((cursors[other]?.cursor ?? 0) > cursor) cursors[other] = { job, cursor };
    }
    return cursors ?? NO_CURSORS;
  }

  private onHeartbeatAnswer(now: Microseconds, message: HeartbeatAnswer): void {
    if (message.number <= this.answered || this.membership !== 'member') return;
    if (message.number <= this.heartbeatNumber - HEARTBEATS_REMEMBERED) return;
    this.answered = message.number;
    this.unanswered = 0;
    const sentAt = this.heartbeatSentAt[message.number % HEARTBEATS_REMEMBERED];
    assert(sentAt !== undefined, 'an answered heartbeat was sent');
    if (message.resync) return this.beginSnapshot(now);
    this.renewLease(now, sentAt);
    for (const attempt of message.unwanted) this.drop(attempt);
    for (const job of message.endedJobs) this.dropJob(job);
    for (const page of message.located) this.onLocated(now, page);
    this.startWaiting(now);
  }

  // ------------------------------------------------------------------ the lease

  private renewLease(now: Microseconds, from: Microseconds): void {
    const until = from + this.options.timing.lease;
    if (until <= this.leaseUntil) return;
    const running = this.leaseUntil > now;
    this.leaseUntil = until;
    if (!running) this.setTimer(LEASE_TIMER, Math.max(0, until - now));
  }

  /** Renewals do not move the timer; it moves itself when it fires too early. */
  private onLeaseTimer(now: Microseconds): void {
    if (now < this.leaseUntil) return this.setTimer(LEASE_TIMER, this.leaseUntil - now);
    for (const run of this.runs.slice()) this.finish(run, { kind: 'gave-up', reason: 'lease' });
  }

  private hasLease(now: Microseconds): boolean {
    return now < this.leaseUntil;
  }

  // ------------------------------------------------------------------ attempts

  private onAssign(now: Microseconds, message: Assign): void {
    const { attempt, plan } = message;
    if (this.membership !== 'member' || message.heartbeatSeen < this.joinedAt) return;
    if (this.holdings.isClosed(attempt)) return;
    if (this.runs.some((run) => sameAttempt(run.attempt, attempt))) return;
    this.runs.push({ attempt, plan, phase: { kind: 'waiting' } });
    this.startWaiting(now);
  }

  private startWaiting(now: Microseconds): void {
    if (!this.hasLease(now)) return;
    let busy = 0;
    for (const run of this.runs) {
      if (busy === this.options.slots) return;
      if (run.phase.kind === 'waiting') this.begin(now, run);
      busy++;
    }
  }

  private begin(now: Microseconds, run: Run): void {
    const { attempt, plan } = run;
    if (attempt.kind === 'map') {
      const effect = this.expect({ kind: 'run', run });
      run.phase = { kind: 'mapping', effect };
      this.effects.push({ kind: 'run-map', effect, attempt, plan });
      return;
    }
    run.phase = {
      kind: 'shuffling',
      shuffle: new Shuffle(plan.splits.length, this.options.timing),
    };
    this.send({ kind: 'locate', ...this.envelope(), job: attempt.job, cursor: 0 });
    this.advance(now, run);
  }

  /** Whatever waits for time to pass: sources at rest, uploads to be repeated. */
  private advanceRuns(now: Microseconds): void {
    for (const run of this.runs.slice()) this.advance(now, run);
  }

  private advance(now: Microseconds, run: Run): void {
    const { phase } = run;
    switch (phase.kind) {
      case 'shuffling':
        return this.advanceShuffle(now, run, phase.shuffle);
      case 'uploading': {
        const { retryAt } = phase.upload;
        if (retryAt !== null && retryAt <= now) this.upload(run);
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

  private advanceShuffle(now: Microseconds, run: Run, shuffle: Shuffle): void {
    const { attempt, plan } = run;
    if (shuffle.complete) {
      const effect = this.expect({ kind: 'run', run });
      run.phase = { kind: 'reducing', shuffle, effect };
      const sources = shuffle.takeSources();
      assert(sources.length === plan.splits.length, 'a reduce starts with all its segments');
      this.effects.push({ kind: 'run-reduce', effect, attempt, plan, sources });
      return;
    }
    for (const batch of shuffle.nextBatches(now)) {
      const effect = this.expect({ kind: 'fetch', run, shuffle, batch });
      const { from, wants } = batch;
      this.effects.push({ kind: 'fetch', effect, attempt, from, partition: attempt.task, wants });
    }
  }

  private onLocated(now: Microseconds, page: LocationPage): void {
    let cursor: number | null = null;
    for (const run of this.runs.slice()) {
      if (run.attempt.job !== page.job) continue;
      if (run.phase.kind !== 'shuffling' && run.phase.kind !== 'reducing') continue;
      const { shuffle } = run.phase;
      const superseded = shuffle.learn(page);
      cursor = Math.min(cursor ?? shuffle.cursor, shuffle.cursor);
      if (superseded && run.phase.kind === 'reducing') {
        this.finish(run, { kind: 'gave-up', reason: 'versions' });
        this.startWaiting(now);
      } else this.advance(now, run);
    }
    if (page.more && cursor !== null && cursor > page.from) {
      this.send({ kind: 'locate', ...this.envelope(), job: page.job, cursor });
    }
  }

  private onFetched(
    now: Microseconds,
    { run, shuffle, batch }: Extract<Pending, { kind: 'fetch' }>,
    result: Result,
  ): void {
    const { attempt } = run;
    if (result.kind === 'fetched') {
      const { missing, damaged } = shuffle.fetched(now, batch, result.statuses);
      for (const [problem, wants] of [
        ['missing', missing],
        ['damaged', damaged],
      ] as const) {
        if (wants.length === 0) continue;
        this.sendTrouble(attempt, batch, problem, wants, shuffle);
      }
    } else {
      assert(result.kind === 'unreachable', 'a fetch is answered by segments or by nothing');
      shuffle.unreachable(now, batch);
      this.sendTrouble(attempt, batch, 'unreachable', batch.wants, shuffle);
    }
    this.advance(now, run);
  }

  private sendTrouble(
    attempt: AttemptId,
    { from: source }: FetchBatch,
    problem: FetchTrouble['problem'],
    wants: readonly Location[],
    shuffle: Shuffle,
  ): void {
    const failures = shuffle.failuresOf(source);
    const outputs = wants.map((want) => want.attempt);
    const envelope = this.envelope();
    this.send({ kind: 'fetch-trouble', ...envelope, attempt, source, problem, failures, outputs });
  }

  private onRunCompleted(now: Microseconds, run: Run, result: Result): void {
    switch (result.kind) {
      case 'mapped': {
        const { checksums, counters } = result;
        this.holdings.add({ attempt: run.attempt, checksums, counters });
        this.finish(run, { kind: 'mapped', checksums, counters });
        break;
      }
      case 'part': {
        const consumed = run.phase.kind === 'reducing' ? run.phase.shuffle.consumed() : 0;
        this.beginUpload(run, result.part, result.counters, consumed);
        break;
      }
      case 'failed':
        this.finish(run, { kind: 'failed', error: result.error });
        break;
      case 'process-lost':
        this.finish(run, { kind: 'process-lost', record: result.record });
        break;
      case 'store':
        this.onUploaded(now, run, result.answer);
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
    this.startWaiting(now);
  }

  private beginUpload(
    run: Run,
    part: Extract<Result, { kind: 'part' }>['part'],
    counters: TaskCounters,
    consumed: number,
  ): void {
    run.phase = {
      kind: 'uploading',
      upload: { part, counters, consumed, tries: 0, retryAt: null },
    };
    this.upload(run);
  }

  private upload(run: Run): void {
    const { attempt, plan, phase } = run;
    assert(phase.kind === 'uploading', 'only a run with a part uploads');
    const { upload } = phase;
    upload.tries++;
    upload.retryAt = null;
    const effect = this.expect({ kind: 'run', run });
    const { output } = plan;
    const operation = { kind: 'upload', output, attempt, part: upload.part } as const;
    this.effects.push({ kind: 'store', effect, operation });
  }

  private onUploaded(now: Microseconds, run: Run, answer: StoreAnswer): void {
    const { phase } = run;
    assert(phase.kind === 'uploading', 'the store answers an upload');
    const { part, consumed, counters, tries } = phase.upload;
    switch (answer) {
      case 'ok':
        return this.finish(run, { kind: 'stored', part, consumed, counters });
      case 'full':
        return this.finish(run, { kind: 'gave-up', reason: 'store-full' });
      case 'unclear':
        if (tries < this.options.timing.uploadTries) {
          phase.upload.retryAt = now + this.options.timing.storeRetry;
          return;
        }
        return this.finish(run, { kind: 'gave-up', reason: 'store' });
      case 'no-parent':
      case 'no-source':
      case 'exists':
      case 'taken':
        return this.finish(run, { kind: 'gave-up', reason: 'store' });
      default:
        return unreachable(answer);
    }
  }

  // ------------------------------------------------------------------ ends

  /** The attempt has ended here; it is reported until the primary answers. */
  private finish(run: Run, outcome: Outcome): void {
    this.remove(run);
    this.holdings.close(run.attempt);
    if (outcome.kind !== 'mapped') this.abandon(run.attempt);
    const ended = { attempt: run.attempt, outcome };
    this.ended.push(ended);
    if (this.membership === 'member') this.report(ended);
  }

  private sendReports(): void {
    for (const ended of this.ended.slice(0, this.options.timing.page)) this.report(ended);
  }

  private report({ attempt, outcome }: Ended): void {
    this.send({ kind: 'report', ...this.envelope(), attempt, outcome });
  }

  private onReportAnswer({ attempt, verdict }: ReportAnswer): void {
    if (!this.ended.some((ended) => sameAttempt(ended.attempt, attempt))) return;
    this.forgetEnded(attempt);
    if (verdict === 'journaled') this.holdings.acknowledge(attempt);
    else this.discard(attempt);
  }

  /** Nobody wants this attempt: it stops, its output goes, and it never starts again. */
  private drop(attempt: AttemptId): void {
    const run = this.runs.find((other) => sameAttempt(other.attempt, attempt));
    if (run !== undefined) {
      this.remove(run);
      this.abandon(attempt);
    }
    this.forgetEnded(attempt);
    this.discard(attempt);
    this.holdings.close(attempt);
  }

  private dropJob(job: AttemptId['job']): void {
    for (const run of this.runs.slice()) if (run.attempt.job === job) this.drop(run.attempt);
    this.ended = this.ended.filter((ended) => ended.attempt.job !== job);
    for (const attempt of this.holdings.dropJob(job)) {
      this.effects.push({ kind: 'discard', attempt });
    }
  }

  /** Stops the work. A map may have stored its segments already, unknown to this machine. */
  private abandon(attempt: AttemptId): void {
    this.effects.push({ kind: 'abandon', attempt });
    if (attempt.kind === 'map') this.effects.push({ kind: 'discard', attempt });
  }

  private discard(attempt: AttemptId): void {
    if (this.holdings.remove(attempt)) this.effects.push({ kind: 'discard', attempt });
  }

  private forgetEnded(attempt: AttemptId): void {
    if (this.ended.length === 0) return;
    this.ended = this.ended.filter((ended) => !sameAttempt(ended.attempt, attempt));
  }

  private remove(run: Run): void {
    this.runs = this.runs.filter((other) => other !== run);
    for (const [effect, pending] of this.pending) {
      if (pending.run === run) this.pending.delete(effect);
    }
  }

  // ------------------------------------------------------------------ plumbing

  private envelope(): { epoch: Epoch; incarnation: Incarnation } {
    return { epoch: this.epoch, incarnation: this.options.incarnation };
  }

  private send(message: Message): void {
    this.sendTo(this.primary, message);
  }

  private sendTo(to: NodeId, message: Message): void {
    this.effects.push({ kind: 'send', to, message });
  }

  private setTimer(timer: number, after: Microseconds): void {
    this.effects.push({ kind: 'set-timer', timer, after });
  }

  private expect(pending: Pending): EffectId {
    const effect = effectId(++this.lastEffect);
    this.pending.set(effect, pending);
    return effect;
  }
}

/** Makes the machine of one life of a replica process. The host calls `start` next. */
export function createReplica(options: ReplicaOptions): Replica {
  return new Replica(options);
}
