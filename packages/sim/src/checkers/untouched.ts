/**
 * L2, by cause: what strikes one replica does not stop the work of another. An attempt is told to stop
 * when its task is done, when its job is decided, when a newer version makes it pointless, or when
 * something happened to its replica; a reduce also to let a map that is made again have its slot. One
 * request that failed is nothing that happened: a source that beats is given up after a few in a row.
 */
import { attemptName, nodeId, sameAttempt } from '@lisping/core';
import type { AttemptId, JournalEntry, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Fate, Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import { reachOf } from './known/reach.ts';
import type { Reach } from './known/reach.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

/** What a fault did is over so long after its end: who was lost is back, uploads were tried again. */
const AFTERMATH: Microseconds = 15_000_000;

class HealthyWorkGoesOn implements Checker, JournalReader {
  readonly name: string = 'healthy-work-goes-on';
  readonly title: string = 'no fault of one replica stopped the work of another';
  readonly interest: Interest = {
    of: 'primaries',
    messages: ['assign', 'fetch-trouble', 'heartbeat-answer', 'page-received'],
    bareAnswers: false,
  };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  private readonly reaches: readonly Reach[];
  private readonly applies: boolean;
  /** By index of a replica: when a complaint about it was heard that is reason to give it up. */
  private readonly condemnedAt: Microseconds[] = [];
  private risenAt: Microseconds = Number.NEGATIVE_INFINITY;
  private mapsAgain = 0;
  /** Reduces that were stopped for no other reason than to make room. */
  private readonly yielded: AttemptId[] = [];

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
    this.reaches = context.faults.map((fault) => reachOf(fault, context.replicas));
    this.applies = this.struckAtAll() < context.timing.sourcesPerReporter;
    if (this.applies) journal.tell(this);
  }

  /** Who has trouble with so many others that it must be its own fault is not believed. */
  private struckAtAll(): number {
    const struck = new Set<number>();
    for (const { replicas } of this.reaches) {
      if (replicas !== 'all') for (const index of replicas) struck.add(index);
    }
    return struck.size;
  }

  entry(now: Microseconds, entry: JournalEntry): void {
    if (entry.kind === 'map-won' && entry.version > 1) this.risenAt = now;
  }

  delivered(now: Microseconds, _node: NodeId, _from: NodeId, message: Message): void {
    if (message.kind !== 'fetch-trouble' || !this.applies) return;
    const { problem, failures, attempt, epoch } = message;
    const isEnough = failures >= this.context.timing.fetchFailuresPerSource;
    if (problem === 'unreachable' && !isEnough) return;
    // Whoever was told to stop, or has said that it is done, has nothing more to complain about.
    const { revokedAt, reportedAt } = this.book.page(attempt);
    if ((revokedAt[epoch] ?? now) < now || (reportedAt[epoch] ?? now) < now) return;
    this.condemnedAt[replicaIndex(nodeId(message.source))] = now;
  }

  sent(now: Microseconds, _from: NodeId, to: NodeId, message: Message, fate: Fate): void {
    if (!this.applies || fate === 'duplicate') return;
    if (message.kind === 'assign') {
      const { kind, task, job } = message.attempt;
      if (kind !== 'map') return;
      // A map of another job may come before the one that a reduce made room for.
      if (job !== this.context.job || this.book.given(kind, task).length > 1) this.mapsAgain++;
    } else if (message.kind === 'heartbeat-answer' || message.kind === 'page-received') {
      if (message.unwanted.length === 0 || message.epoch < this.journal.newest) return;
      for (const attempt of message.unwanted) this.onStopped(now, to, attempt);
    }
  }

  private onStopped(now: Microseconds, at: NodeId, attempt: AttemptId): void {
    const { outcome, submitted } = this.journal;
    if (attempt.job !== this.context.job || submitted === null || outcome !== null) return;
    const given = this.book
      .given(attempt.kind, attempt.task)
      .find((other) => other.to === at && sameAttempt(other.attempt, attempt));
    if (given === undefined || this.risenAt >= given.at) return;
    if (this.isDone(attempt) || this.hasSuffered(now, at, attempt, given.at)) return;
    if (attempt.kind === 'reduce' && this.mayYield(attempt)) return;
    const words = `is told to stop ${attemptName(attempt)}, and nothing has happened to it`;
    this.breach.report(now, `${nodeName(at)} ${words}`);
  }

  /** Its part is there, or the output of its map lies elsewhere: it is of no use any more. */
  private isDone(attempt: AttemptId): boolean {
    const { kind, task } = attempt;
    const { maps, parts, failures } = this.journal;
    if (failures.some(({ entry }) => sameAttempt(entry.attempt, attempt))) return true;
    if (kind === 'reduce' || this.context.reduces === 0) return parts[task] !== undefined;
    const winner = maps[task]?.entry.attempt;
    return winner !== undefined && !sameAttempt(winner, attempt);
  }

  /** For every map that is made again a reduce may have to make room. */
  private mayYield(attempt: AttemptId): boolean {
    if (!this.yielded.some((other) => sameAttempt(other, attempt))) this.yielded.push(attempt);
    return this.yielded.length <= this.mapsAgain;
  }

  private hasSuffered(
    now: Microseconds,
    at: NodeId,
    { kind }: AttemptId,
    since: Microseconds,
  ): boolean {
    const index = replicaIndex(at);
    if ((this.condemnedAt[index] ?? Number.NEGATIVE_INFINITY) >= since) return true;
    return this.reaches.some(({ from, until, replicas, isBetweenReplicas }) => {
      if (from > now || until + AFTERMATH < since) return false;
      // The primary hears of it all the same: a map is not worse for it.
      if (kind === 'map' && isBetweenReplicas) return false;
      return replicas === 'all' || replicas.has(index);
    });
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createHealthyWorkGoesOn(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new HealthyWorkGoesOn(context, journal, book);
}
