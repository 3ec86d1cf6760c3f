/**
 * An output that counts is given up for a reason: a replica is told to discard it when somebody whose word
 * counts has complained of it or of that replica, and not because of an attempt that had been called off,
 * or had ended, before it complained. What is read in vain says nothing about the output any more.
 */
import { attemptName, nodeId, sameAttempt } from '@lisping/core';
import type { AttemptId, FetchTrouble, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import { Minds } from './known/minds.ts';
import type { StandingJournal } from './known/standing-journal.ts';

/** What one life of a primary has heard and said. */
interface Mind {
  /** Of whom somebody has complained whose word counts. */
  readonly suspects: Set<NodeId>;
  /** Outputs that were unwanted for a reason of their own, and may be told so again. */
  readonly excused: AttemptId[];
}

class OutputsAreKept implements Checker {
  readonly name: string = 'outputs-are-kept';
  readonly title: string = 'no output was given up on the word of the dead';
  readonly interest: Interest = {
    of: 'primaries',
    messages: ['fetch-trouble', 'heartbeat-answer', 'page-received'],
    bareAnswers: false,
  };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  private readonly minds = new Minds<Mind>(() => ({ suspects: new Set(), excused: [] }));
  /** Replicas in a later life: what an earlier one has left need not be whole. */
  private readonly reborn = new Set<NodeId>();

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
  }

  processStarted(_now: Microseconds, node: NodeId, life: number): void {
    this.minds.started(node);
    if (replicaIndex(node) >= 0 && life > 1) this.reborn.add(node);
  }

  delivered(now: Microseconds, node: NodeId, _from: NodeId, message: Message): void {
    if (message.kind !== 'fetch-trouble' || this.isOfTheDead(now, message)) return;
    this.minds.of(node)?.suspects.add(nodeId(message.source));
  }

  /** It had been told to stop, or its report had come, before it complained. */
  private isOfTheDead(now: Microseconds, { attempt, epoch }: FetchTrouble): boolean {
    if (attempt.job !== this.context.job) return false;
    const { revokedAt, reportedAt } = this.book.page(attempt);
    return (revokedAt[epoch] ?? now) < now || (reportedAt[epoch] ?? now) < now;
  }

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    if (message.kind !== 'heartbeat-answer' && message.kind !== 'page-received') return;
    const mind = this.minds.of(from);
    if (message.unwanted.length === 0 || mind === undefined) return;
    for (const attempt of message.unwanted) {
      if (mind.excused.some((other) => sameAttempt(other, attempt))) continue;
      if (message.kind === 'heartbeat-answer' && this.counts(attempt, message.epoch)) {
        if (mind.suspects.has(to) || this.reborn.has(to)) continue;
        const words = `${nodeName(to)} is to discard ${attemptName(attempt)}, which counts`;
        return this.breach.report(now, `${words}, and nobody whose word does has complained`);
      }
      mind.excused.push(attempt);
    }
  }

  private counts(attempt: AttemptId, epoch: number): boolean {
    const { newest, outcome, allPartsWon, maps } = this.journal;
    if (attempt.kind !== 'map' || attempt.job !== this.context.job || epoch !== newest)
      return false;
    if (outcome !== null || allPartsWon || this.context.reduces === 0) return false;
    const canonical = maps[attempt.task]?.entry.attempt;
    return canonical !== undefined && sameAttempt(canonical, attempt);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createOutputsAreKept(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new OutputsAreKept(context, journal, book);
}
