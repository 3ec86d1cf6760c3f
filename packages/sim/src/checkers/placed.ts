/**
 * Work goes where it can be done. An assignment is sent to a replica that was heard a moment ago, and whose
 * last heartbeat showed that an answer to one of its last three had reached it: what is given to anybody
 * else is done in vain, or not at all, and is missed only later. And what has just failed on one replica is
 * tried on another, if there is one. Maps go before reduces, which wait for them.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type {
  Assign,
  AttemptId,
  Effect,
  Heartbeat,
  Join,
  Message,
  Microseconds,
  NodeId,
} from '@lisping/core';
import { nodeName } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import { wasHeard } from './known/answer.ts';
import { Minds } from './known/minds.ts';
import { wasRefused } from './known/refusal.ts';
import type { StandingJournal } from './known/standing-journal.ts';
import { seconds } from './seconds.ts';

/** So many heartbeats may go without an answer. */
const HEARS_WITHIN = 3;

/** The primary looks round at each tick, which a fault of the order of events makes later. */
const LATE_TICK: Microseconds = 200_000;

/** What one life of a primary has heard of a replica. */
interface Heard {
  readonly life: number;
  readonly snapshot: number;
  /** The number its heartbeats had reached when it told its last snapshot. */
  readonly joinedAt: number;
  at: Microseconds;
  /** Heartbeats since the last one of which it is known that the answer came; null before the first. */
  unanswered: number | null;
}

class WorkGoesWhereItCan implements Checker {
  readonly name: string = 'work-goes-where-it-can';
  readonly title: string = 'no work was given to who could not do it';
  readonly interest: Interest = { of: 'primaries', messages: ['heartbeat', 'join', 'assign'] };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  /** By primary, then by replica. */
  private readonly minds = new Minds<Heard[]>(() => []);
  /** Who serves a task ill in other ways is avoided instead of whom it failed on before. */
  private readonly doesOnlyCodeFail: boolean;
  /** The first so many maps have been given away. */
  private mapsGiven = 0;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
    this.doesOnlyCodeFail = context.faults.every(({ kind }) => kind === 'task');
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    this.minds.started(node);
  }

  delivered(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    const heard = this.minds.of(node);
    if (heard === undefined) return;
    if (message.kind === 'join') {
      if (!wasRefused(effects)) this.onJoin(now, heard, from, message);
    } else if (message.kind === 'heartbeat' && wasHeard(effects)) {
      this.onHeartbeat(now, heard[from], message);
    }
  }

  private onJoin(at: Microseconds, heard: Heard[], from: NodeId, join: Join): void {
    const { incarnation: life, snapshot, heartbeat } = join;
    const before = heard[from];
    if (before !== undefined && life < before.life) return;
    if (before !== undefined && life === before.life && snapshot < before.snapshot) return;
    if (before?.life === life && before.snapshot === snapshot) before.at = at;
    else heard[from] = { life, snapshot, joinedAt: heartbeat, at, unanswered: null };
  }

  private onHeartbeat(
    now: Microseconds,
    heard: Heard | undefined,
    { number, answered }: Heartbeat,
  ): void {
    if (heard === undefined) return;
    heard.at = now;
    heard.unanswered = number - Math.max(answered, heard.joinedAt);
  }

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    if (message.kind === 'assign') this.onAssign(now, from, to, message);
  }

  private onAssign(now: Microseconds, from: NodeId, to: NodeId, { attempt }: Assign): void {
    if (attempt.job !== this.context.job) return;
    const heard = this.minds.of(from)?.[to];
    const what = `${nodeName(to)} is given ${attemptName(attempt)}, and`;
    if (heard === undefined || heard.unanswered === null) {
      return this.breach.report(now, `${what} has not shown that it hears`);
    }
    if (heard.unanswered > HEARS_WITHIN) {
      const beats = `its last ${heard.unanswered} heartbeats`;
      return this.breach.report(now, `${what} no answer to ${beats} is known to have come`);
    }
    const { silence, tick } = this.context.timing;
    const silent = now - heard.at;
    if (silent > silence + tick + LATE_TICK && !this.mayNotKnow(from)) {
      const long = seconds(silent);
      return this.breach.report(now, `${what} was last heard ${long} s ago`);
    }
    if (
      this.doesOnlyCodeFail &&
      this.hasJustFailed(to, attempt) &&
      this.isAnybodyElse(now, from, attempt)
    ) {
      return this.breach.report(now, `${what} it has just failed there, and others are there`);
    }
    if (attempt.kind === 'reduce' && this.isMapWaiting()) {
      this.breach.report(now, `${what} there are maps that were never given away`);
    }
  }

  /** What failed last at this task failed there, and it is the next try. */
  private hasJustFailed(node: NodeId, { kind, task, epoch }: AttemptId): boolean {
    const given = this.book.given(kind, task);
    // The last one is the one that is given now.
    const before = given[given.length - 2];
    if (before === undefined || before.to !== node || before.attempt.epoch !== epoch) return false;
    const { attempt } = before;
    // Beside one that works elsewhere it is a twin, which is no try after a failure.
    if (!given.slice(0, -2).every((other) => this.isOver(other.attempt, epoch))) return false;
    return this.journal.failures.some(({ entry }) => sameAttempt(entry.attempt, attempt));
  }

  private isOver(attempt: AttemptId, epoch: number): boolean {
    const { revokedAt, reportedAt } = this.book.page(attempt);
    return revokedAt[epoch] !== undefined || reportedAt[epoch] !== undefined;
  }

  /** Somebody is there on whom it has not failed yet. */
  private isAnybodyElse(now: Microseconds, primary: NodeId, { kind, task }: AttemptId): boolean {
    const { silence } = this.context.timing;
    const tried = this.book.given(kind, task).map(({ to }) => to);
    return (this.minds.of(primary) ?? []).some(
      ({ at, unanswered }, node) =>
        unanswered !== null &&
        now - at <= silence - LATE_TICK &&
        !tried.some((replica) => replica === node),
    );
  }

  private isMapWaiting(): boolean {
    while (this.mapsGiven < this.context.maps) {
      if (this.book.given('map', this.mapsGiven).length === 0) return true;
      this.mapsGiven++;
    }
    return false;
  }

  /** It measures on its own clock, and what others sent while it stood still is still to be read. */
  private mayNotKnow(primary: NodeId): boolean {
    const name = nodeName(primary);
    return this.context.faults.some(
      ({ kind, target }) => (kind === 'clock' || kind === 'pause') && target === name,
    );
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createWorkGoesWhereItCan(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new WorkGoesWhereItCan(context, journal, book);
}
