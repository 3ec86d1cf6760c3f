/** L1 for a model: once everything has healed all jobs end within the bound. */
import type { JobId, Microseconds, NodeId, TellUser } from '@lisping/core';
import { Breach } from '../../checkers/breach.ts';
import type { CheckContext, Checker, Verdict } from '../../checkers/checker.ts';
import type { Ledger } from './ledger.ts';

class InTime implements Checker {
  readonly name: string = 'finished-in-time';
  readonly title: string = 'every job finished in time';
  private readonly ledger: Ledger;
  private readonly breach: Breach;
  private readonly told_ = new Set<JobId>();
  private deadline: Microseconds = Number.POSITIVE_INFINITY;

  constructor(context: CheckContext, ledger: Ledger) {
    this.ledger = ledger;
    this.breach = new Breach(context, this);
  }

  healed(now: Microseconds, bound: Microseconds): void {
    this.deadline = now + bound;
  }

  told(now: Microseconds, _node: NodeId, { job }: TellUser): void {
    this.told_.add(job);
    if (now > this.deadline) this.breach.report(now, `${job} ended too late`);
  }

  end(now: Microseconds, how: 'converged' | 'stuck' | 'stopped'): void {
    const { jobs, winnersCount } = this.ledger;
    const missing = jobs.length - this.told_.size;
    if (how === 'stopped' || missing === 0) return;
    // The cast puts the brand of a job on the name that the model gives it.
    const first = jobs.find(({ id }) => !this.told_.has(id as JobId))?.id ?? '';
    this.breach.report(
      now,
      `${missing} of ${jobs.length} jobs did not end, ${first} the first of them; ` +
        `${winnersCount} parts were won`,
    );
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createInTime(context: CheckContext, ledger: Ledger): Checker {
  return new InTime(context, ledger);
}
