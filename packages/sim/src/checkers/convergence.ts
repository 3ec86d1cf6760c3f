/**
 * L1: once everything has healed the job ends within the bound, which is given by formula from the
 * timing and from what is left to do. When it does not, says what is missing and who waits for whom.
 */
import type { Microseconds, NodeId, TellUser } from '@lisping/core';
import type { WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import type { StandingJournal } from './known/standing-journal.ts';
import { whoWaits } from './known/who-waits.ts';
import { seconds } from './seconds.ts';

class Convergence implements Checker {
  readonly name: string = 'finished-in-time';
  readonly title: string = 'finished in time';
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  private world: WorldView | null = null;
  private healedAt: Microseconds | null = null;
  private bound: Microseconds = 0;
  private toldAt: Microseconds | null = null;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  healed(now: Microseconds, bound: Microseconds): void {
    this.healedAt = now;
    this.bound = bound;
  }

  told(now: Microseconds, _node: NodeId, { job }: TellUser): void {
    if (job === this.context.job) this.toldAt ??= now;
  }

  end(now: Microseconds, how: 'converged' | 'stuck' | 'stopped'): void {
    if (how === 'stopped' || this.healedAt === null) {
      if (how === 'stuck') this.breach.report(now, `the faults never ended; ${this.explain()}`);
      return;
    }
    const deadline = this.healedAt + this.bound;
    if (this.toldAt !== null && this.toldAt <= deadline) return;
    const allowed = `within ${seconds(this.bound)} s of the end of all faults`;
    this.breach.report(deadline, `the job did not end ${allowed}; ${this.explain()}`);
  }

  private explain(): string {
    if (this.world === null) return 'nothing is known';
    return whoWaits(this.context, this.journal, this.book, this.world);
  }

  verdict(): Verdict {
    const { toldAt, healedAt } = this;
    if (toldAt === null || healedAt === null || this.context.faults.length === 0) {
      return this.breach.verdict();
    }
    const late = Math.max(0, toldAt - healedAt);
    return this.breach.verdict(`${seconds(late)} s after the end of all faults`);
  }
}

export function createConvergence(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new Convergence(context, journal, book);
}
