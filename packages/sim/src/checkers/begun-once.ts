/**
 * An attempt is begun once: a copy of its assignment, or one that comes when it is over, begins nothing.
 * Its name stands for one run of user code, on every replica and in every life.
 */
import { attemptName } from '@lisping/core';
import type { Effect, Microseconds, NodeId } from '@lisping/core';
import { nodeName } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook, AttemptPage } from './known/attempt-book.ts';

class BegunOnce implements Checker {
  readonly name: string = 'attempts-begin-once';
  readonly title: string = 'no attempt was begun twice';
  readonly interest: Interest = { of: 'replicas', effects: ['run-map', 'run-reduce'] };
  private readonly context: CheckContext;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  private readonly begun = new Set<AttemptPage>();

  constructor(context: CheckContext, book: AttemptBook) {
    this.context = context;
    this.book = book;
    this.breach = new Breach(context, this);
  }

  asked(now: Microseconds, node: NodeId, effect: Effect): void {
    if (effect.kind !== 'run-map' && effect.kind !== 'run-reduce') return;
    const { attempt } = effect;
    if (attempt.job !== this.context.job) return;
    const page = this.book.page(attempt);
    if (this.begun.has(page)) {
      const words = `${nodeName(node)} begins ${attemptName(attempt)}`;
      return this.breach.report(now, `${words}, which was begun before`);
    }
    this.begun.add(page);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createBegunOnce(context: CheckContext, book: AttemptBook): Checker {
  return new BegunOnce(context, book);
}
