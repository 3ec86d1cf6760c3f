/** S2 and S8 for a model: a task has one winner, journaled before its part appears, and for good. */
import { attemptName } from '@lisping/core';
import type {
  JournalEntry,
  Microseconds,
  NodeId,
  StoreAnswer,
  StoreOperation,
} from '@lisping/core';
import { nodeName } from '../../address.ts';
import { Breach } from '../../checkers/breach.ts';
import type { CheckContext, Checker, Verdict } from '../../checkers/checker.ts';
import type { WorldView } from '../../observe.ts';
import { attemptCode } from './ledger.ts';
import type { Decision, Ledger, LedgerReader } from './ledger.ts';

class OneWinner implements Checker, LedgerReader {
  readonly name: string = 'nothing-committed-twice';
  readonly title: string = 'nothing committed twice';
  private readonly ledger: Ledger;
  private readonly breach: Breach;
  private world: WorldView | null = null;
  /** By the place of a task: the checksum of its part once it has been seen, else -1. */
  private readonly published: Float64Array;

  constructor(context: CheckContext, ledger: Ledger) {
    this.ledger = ledger;
    this.breach = new Breach(context, this);
    this.published = new Float64Array(ledger.tasks).fill(-1);
    ledger.tell(this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  decided(now: Microseconds, { kind, place, value }: Decision, entry: JournalEntry): void {
    if (entry.kind !== 'map-won' && entry.kind !== 'part-won') return;
    const name = `${attemptName(entry.attempt)} of ${entry.attempt.job}`;
    if (kind === 'map-won') {
      const expected = (this.ledger.versions[place] ?? 0) + 1;
      if (value === expected) return;
      this.breach.report(now, `${name} won as version ${value} instead of ${expected}`);
    } else if ((this.ledger.winners[place] ?? 0) > 0) {
      this.breach.report(now, `${name} won, and the task had a winner`);
    }
  }

  storeApplied(
    now: Microseconds,
    issuer: NodeId,
    operation: StoreOperation,
    answer: StoreAnswer,
  ): void {
    if (operation.kind !== 'publish' || answer !== 'ok') return;
    const { attempt, output } = operation;
    const place = this.ledger.placeOf(attempt);
    const part = this.world?.store.find(output)?.parts.get(attempt.task);
    if (place < 0 || part === undefined) return;
    const { checksum } = part.content;
    const name = `${attemptName(attempt)} of ${attempt.job}`;
    if (this.ledger.winners[place] !== attemptCode(attempt)) {
      this.breach.report(now, `${nodeName(issuer)} published ${name}, which is no winner`);
    } else if (checksum !== operation.part.checksum) {
      this.breach.report(now, `the part of ${name} is not the one it won with`);
    } else if (this.published[place] !== -1 && this.published[place] !== checksum) {
      this.breach.report(now, `${name} was published over another part`);
    }
    this.published[place] = checksum;
  }

  /** What was there once is there still, unless its job did not succeed. */
  end(now: Microseconds): void {
    const { jobs, ends } = this.ledger;
    jobs.forEach((job, index) => {
      if (ends[index] !== 1) return;
      const found = this.world?.store.find(`output/${job.id}`);
      const parts = job.reduces.count === 0 ? job.maps.count : job.reduces.count;
      if (found?.parts.size === parts) return;
      this.breach.report(now, `${job.id} succeeded, and ${found?.parts.size ?? 0} parts are there`);
    });
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createOneWinner(context: CheckContext, ledger: Ledger): Checker {
  return new OneWinner(context, ledger);
}
