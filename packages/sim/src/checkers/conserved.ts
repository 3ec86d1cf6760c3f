/**
 * Work is conserved: in calm no slot stays free while a task waits that could run in it, and a report
 * is answered. At once, that is: not at the next heartbeat that happens to come by.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type { AttemptId, Effect, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex, replicaNode } from '../address.ts';
import type { Interest, Observer, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook, Given } from './known/attempt-book.ts';
import type { Calm } from './known/calm.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';
import { seconds } from './seconds.ts';

/** What happens at once has happened by then, beside the packets that it takes: writes of the journal. */
const AT_ONCE: Microseconds = 80_000;
/** Packets one after the other: a question, its answer, and what the answer leads to. */
const PACKETS = 6;
/** More than two packets that meet each other differ by. */
const ON_ITS_WAY: Microseconds = 8_000;
const LONG_AGO = Number.NEGATIVE_INFINITY;
const NEVER = Number.POSITIVE_INFINITY;

interface Seen {
  readonly attempt: AttemptId;
  readonly at: Microseconds;
}

/** What a primary has heard of the slots of one replica. */
class Slots {
  /** Since when one of them is known to be free. */
  freeSince: Microseconds = NEVER;
  /** When it was known that what ran there before is gone. */
  goneAt: Microseconds = LONG_AGO;
  /** The one that joined last. */
  life = 0;
  private running: readonly AttemptId[] = [];
  private assigned: Seen[] = [];
  private reported: Seen[] = [];
  /** What was assigned so recently may not be running yet. */
  private readonly onItsWay: Microseconds;

  constructor(onItsWay: Microseconds) {
    this.onItsWay = onItsWay;
  }

  join(now: Microseconds, life: number): void {
    this.freeSince = NEVER;
    this.reported = [];
    if (life <= this.life) return;
    this.life = life;
    this.lose(now);
  }

  lose(now: Microseconds): void {
    this.goneAt = now;
    this.freeSince = NEVER;
    this.running = [];
    this.assigned = [];
  }

  /** A heartbeat says what runs; what was assigned a moment ago was on its way. */
  beat(now: Microseconds, running: readonly AttemptId[], slots: number): void {
    this.running = running;
    if (this.assigned.length > 0) {
      this.assigned = this.assigned.filter(({ at }) => at > now - this.onItsWay);
    }
    this.count(now, slots);
  }

  report(now: Microseconds, attempt: AttemptId, slots: number): void {
    this.running = this.running.filter((other) => !sameAttempt(other, attempt));
    this.assigned = this.assigned.filter((given) => !sameAttempt(given.attempt, attempt));
    if (this.reportedAt(attempt) === NEVER) this.reported.push({ attempt, at: now });
    this.count(now, slots);
  }

  answer(attempt: AttemptId): void {
    this.reported = this.reported.filter((other) => !sameAttempt(other.attempt, attempt));
  }

  assign(at: Microseconds, attempt: AttemptId): void {
    this.freeSince = NEVER;
    this.assigned.push({ attempt, at });
  }

  reportedAt(attempt: AttemptId): Microseconds {
    return this.reported.find((other) => sameAttempt(other.attempt, attempt))?.at ?? NEVER;
  }

  taken(): readonly AttemptId[] {
    return [...this.running, ...this.assigned.map(({ attempt }) => attempt)];
  }

  private count(now: Microseconds, slots: number): void {
    const isFree = this.running.length + this.assigned.length < slots;
    this.freeSince = isFree ? Math.min(this.freeSince, now) : NEVER;
  }
}

class WorkIsConserved implements Checker, JournalReader {
  readonly name: string = 'work-is-conserved';
  readonly title: string = 'no slot stood idle while a task waited';
  readonly interest: Interest = {
    of: 'primaries',
    messages: ['heartbeat', 'report', 'join', 'fetch-trouble', 'assign', 'report-answer'],
    effects: ['store'],
  };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly calm: Calm;
  private readonly breach: Breach;
  private readonly atOnce: Microseconds;
  private world: WorldView | null = null;
  private readonly slots: Slots[];
  /** By task: what a replica has told the newest epoch that it runs or holds, when it joined. */
  private named: Record<AttemptId['kind'], Given[][]> = { map: [], reduce: [] };
  /** Who has the newest epoch, while that life lasts. */
  private primary: NodeId | null = null;
  private troubleIn = 0;
  private submittedAt: Microseconds = NEVER;
  private preparedAt: Microseconds = NEVER;
  /** When something last happened to a task. */
  private readonly touched: Readonly<Record<AttemptId['kind'], Microseconds[]>> = {
    map: [],
    reduce: [],
  };

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook, calm: Calm) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.calm = calm;
    this.breach = new Breach(context, this);
    this.slots = Array.from(
      { length: context.replicas },
      () => new Slots(ON_ITS_WAY + 2 * context.latency),
    );
    this.atOnce = AT_ONCE + PACKETS * context.latency;
    journal.tell(this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  journalDurable(_now: Microseconds, node: NodeId, epoch: number, first: number): void {
    if (first === 0 && epoch === this.journal.newest) this.primary = node;
  }

  processStopped(_now: Microseconds, node: NodeId): void {
    if (node === this.primary) this.primary = null;
  }

  // ------------------------------------------------------------------ what a primary knows

  entry(now: Microseconds, entry: Parameters<Required<JournalReader>['entry']>[1]): void {
    if (entry.kind === 'replica-lost') this.at(entry.replica)?.lose(now);
    else if (entry.kind === 'job-submitted' && entry.plan.job === this.context.job) {
      this.submittedAt = now;
    }
  }

  /**
   * A new epoch makes the directories again before it gives away what needs them, and knows of no
   * attempt until a replica names it.
   */
  settled(): void {
    this.preparedAt = NEVER;
    this.named = { map: [], reduce: [] };
  }

  completed(
    now: Microseconds,
    _node: NodeId,
    request: Effect,
    result: Parameters<Required<Observer>['completed']>[3],
  ): void {
    if (request.kind !== 'store' || result.kind !== 'store' || result.answer !== 'ok') return;
    const { operation } = request;
    if (operation.kind === 'make-temporary' && operation.job === this.context.job) {
      this.preparedAt = now;
    }
  }

  delivered(now: Microseconds, node: NodeId, from: NodeId, message: Message): void {
    const slots = this.at(from);
    if (slots === undefined || message.epoch !== this.journal.newest) return;
    if (node !== this.primary) return;
    const { slots: most } = this.context;
    if (message.kind === 'join') {
      for (const attempt of message.running) this.remember(now, from, attempt);
      for (const { attempt } of message.held) this.remember(now, from, attempt);
      slots.join(now, message.incarnation);
    } else if (message.kind === 'heartbeat') {
      this.seeAnswered(now, from, slots, message.ended);
      slots.beat(now, message.running, most);
    } else if (message.kind === 'report') {
      this.touch(now, message.attempt);
      slots.report(now, message.attempt, most);
    } else if (message.kind === 'fetch-trouble') {
      this.troubleIn = message.epoch;
      for (const attempt of message.outputs) this.touch(now, attempt);
    }
  }

  private remember(at: Microseconds, to: NodeId, attempt: AttemptId): void {
    if (attempt.job !== this.context.job) return;
    (this.named[attempt.kind][attempt.task] ??= []).push({ attempt, to, at });
  }

  private at(node: NodeId): Slots | undefined {
    return this.slots[replicaIndex(node)];
  }

  sent(now: Microseconds, _from: NodeId, to: NodeId, message: Message): void {
    if (message.kind === 'report-answer') return this.at(to)?.answer(message.attempt);
    if (message.kind !== 'assign') return;
    this.at(to)?.assign(now, message.attempt);
    this.touch(now, message.attempt);
  }

  private touch(now: Microseconds, { job, kind, task }: AttemptId): void {
    if (job === this.context.job) this.touched[kind][task] = now;
  }

  // ------------------------------------------------------------------ reports are answered

  private seeAnswered(
    now: Microseconds,
    from: NodeId,
    slots: Slots,
    ended: readonly AttemptId[],
  ): void {
    // Of a job that is decided nothing is reported, but told to stop.
    if (ended.length === 0 || this.journal.outcome !== null) return;
    for (const attempt of ended) {
      const at = slots.reportedAt(attempt);
      if (Math.max(at, this.calm.since) > now - this.atOnce) continue;
      const late = seconds(now - at);
      const words = `${nodeName(from)} reported ${attemptName(attempt)} ${late} s ago`;
      return this.breach.report(now, `${words} and has no answer`);
    }
  }

  // ------------------------------------------------------------------ slots are used

  /** A primary looks round once a second, and so do we. */
  timerFired(now: Microseconds, node: NodeId): void {
    if (node !== this.primary) return;
    if (this.calm.since > now - this.atOnce || this.world === null || this.breach.found) return;
    const { outcome, refused } = this.journal;
    if (outcome !== null || refused !== null || this.submittedAt > now - this.atOnce) return;
    const free = this.freeNow(now, this.world);
    if (free.length > 0) this.lookForWaiting(now, this.world, free);
  }

  private freeNow(now: Microseconds, world: WorldView): number[] {
    const free: number[] = [];
    this.slots.forEach(({ freeSince }, i) => {
      if (freeSince > now - this.atOnce) return;
      const node = replicaNode(i);
      if (this.isAsHeard(world, node) && !world.process(node).paused) free.push(i);
    });
    return free;
  }

  /** The life that joined last is still there: of the next one its primary may not have heard yet. */
  private isAsHeard(world: WorldView, node: NodeId): boolean {
    const { up, life } = world.process(node);
    return up && life === this.at(node)?.life;
  }

  private lookForWaiting(now: Microseconds, world: WorldView, free: readonly number[]): void {
    const { maps, reduces } = this.context;
    const { busy, mapsKept } = this.workedOn(world);
    const isMapOnly = reduces === 0;
    const isPrepared = this.preparedAt <= now - this.atOnce;
    let areMapsCared = true;
    for (let task = 0; task < maps; task++) {
      const isCared = mapsKept.has(task) || busy.map.has(task);
      if (isCared) continue;
      areMapsCared = false;
      const isWanted = isMapOnly ? isPrepared && !this.hasWon(task) : !this.journal.allPartsWon;
      if (isWanted && this.blame(now, world, 'map', task, free)) return;
    }
    // Maps go first; whether one was withdrawn because of trouble is not seen from outside.
    if (!areMapsCared || !isPrepared || this.troubleIn === this.journal.newest) return;
    for (let task = 0; task < reduces; task++) {
      if (busy.reduce.has(task) || this.hasWon(task)) continue;
      if (this.blame(now, world, 'reduce', task, free)) return;
    }
  }

  private hasWon(task: number): boolean {
    return this.journal.parts[task] !== undefined;
  }

  /** Which tasks have an attempt at work somewhere, and which maps an output on some disk. */
  private workedOn(world: WorldView): {
    busy: Record<AttemptId['kind'], Set<number>>;
    mapsKept: Set<number>;
  } {
    const busy = { map: new Set<number>(), reduce: new Set<number>() };
    const mapsKept = new Set<number>();
    const { job } = this.context;
    for (let i = 0; i < this.context.replicas; i++) {
      world.replica(i).addMaps(job, mapsKept);
      for (const attempt of this.slots[i]?.taken() ?? []) {
        if (attempt.job === job) busy[attempt.kind].add(attempt.task);
      }
    }
    return { busy, mapsKept };
  }

  /** True when it waits, and one of these could have taken it. */
  private blame(
    now: Microseconds,
    world: WorldView,
    kind: AttemptId['kind'],
    task: number,
    free: readonly number[],
  ): boolean {
    const since = Math.max(this.touched[kind][task] ?? LONG_AGO, this.calm.since);
    if (since > now - this.atOnce) return false;
    // Where it failed before it is not tried again while there are others.
    if (this.journal.failures.some(({ entry }) => isOf(entry.attempt, kind, task))) return false;
    const given = this.book.given(kind, task);
    const ownGiven = given.filter(({ attempt }) => attempt.epoch === this.journal.newest);
    const placedAt = this.placeOf(now, world, [...ownGiven, ...(this.named[kind][task] ?? [])]);
    if (placedAt === undefined) return false;
    const idle = free.find((i) => {
      const node = replicaNode(i);
      return placedAt === null ? !given.some(({ to }) => to === node) : placedAt === node;
    });
    if (idle === undefined) return false;
    const words = `${nodeName(replicaNode(idle))} has had a free slot for`;
    const long = seconds(now - (this.slots[idle]?.freeSince ?? now));
    this.breach.report(now, `${words} ${long} s, and ${kind} ${task} waits`);
    return true;
  }

  /**
   * Where the primary has to believe that the task is; null where it knows that it is nowhere, and
   * undefined where that cannot be seen from outside.
   */
  private placeOf(
    now: Microseconds,
    world: WorldView,
    given: readonly Given[],
  ): NodeId | null | undefined {
    let place: NodeId | null = null;
    for (const { attempt, to, at } of given) {
      const goneAt = this.at(to)?.goneAt ?? LONG_AGO;
      if (goneAt > at) {
        if (goneAt > now - this.atOnce) return undefined;
        continue;
      }
      if (!this.isAsHeard(world, to)) return undefined;
      const { revokedAt, reportedAt } = this.book.page(attempt);
      const { newest } = this.journal;
      const overAt = Math.min(revokedAt[newest] ?? NEVER, reportedAt[newest] ?? NEVER);
      if (overAt > now) place = place === null || place === to ? to : null;
      else if (overAt > now - this.atOnce) return undefined;
      // A map that was made and is nowhere: whether the primary has heard of that is not seen.
      else if (this.wasMade(attempt)) return undefined;
    }
    return place;
  }

  private wasMade(attempt: AttemptId): boolean {
    const won = attempt.kind === 'map' ? this.journal.maps[attempt.task] : undefined;
    return won !== undefined && sameAttempt(won.entry.attempt, attempt);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function isOf(attempt: AttemptId, kind: AttemptId['kind'], task: number): boolean {
  return attempt.kind === kind && attempt.task === task;
}

export function createWorkIsConserved(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
  calm: Calm,
): Checker {
  return new WorkIsConserved(context, journal, book, calm);
}
