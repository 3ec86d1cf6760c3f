/** S7: the counters of a job are the sum over its winning attempts, each counted once. */
import type { Message, Microseconds, NodeId, TaskCounters, TellUser } from '@lisping/core';
import { CLIENT } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import type { StandingJournal } from './known/standing-journal.ts';

class CounterSums implements Checker {
  readonly name: string = 'counters-are-sums';
  readonly title: string = 'counters are the sum over winning attempts';
  readonly interest: Interest = { messages: ['news'] };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
  }

  sent(now: Microseconds, _from: NodeId, to: NodeId, message: Message): void {
    if (message.kind !== 'news' || to !== CLIENT || message.job !== this.context.job) return;
    if (message.status === 'succeeded') this.compare(now, message.counters);
  }

  told(now: Microseconds, _node: NodeId, { job, status, counters }: TellUser): void {
    if (job === this.context.job && status === 'succeeded') this.compare(now, counters);
  }

  private compare(now: Microseconds, counters: TaskCounters | null): void {
    if (counters === null) return this.breach.report(now, 'the job succeeded without counters');
    const expected = this.sums();
    for (const [name, sum] of expected) {
      const said = counters[name] ?? 0;
      if (said === sum) continue;
      return this.breach.report(now, `${name} is ${said}, the winners counted ${sum}`);
    }
    const unknown = Object.keys(counters).find((name) => !expected.has(name));
    if (unknown !== undefined) this.breach.report(now, `no winner counted ${unknown}`);
  }

  /** What the winners counted when they ran, whatever was journaled of it. */
  private sums(): Map<string, number> {
    const sums = new Map<string, number>();
    for (const winner of [...this.journal.maps, ...this.journal.parts]) {
      if (winner === undefined) continue;
      const counted = this.book.page(winner.entry.attempt).execution?.counters ?? {};
      for (const [name, n] of Object.entries(counted)) sums.set(name, (sums.get(name) ?? 0) + n);
    }
    return sums;
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createCounterSums(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new CounterSums(context, journal, book);
}
