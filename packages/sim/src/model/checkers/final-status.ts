/** S3 and S10 for a model: every job ends once, as decided, whole, and that is what the user hears. */
import type {
  JournalEntry,
  Microseconds,
  NodeId,
  StoreAnswer,
  StoreOperation,
  TellUser,
} from '@lisping/core';
import { CLIENT } from '../../address.ts';
import { Breach } from '../../checkers/breach.ts';
import type { CheckContext, Checker, Verdict } from '../../checkers/checker.ts';
import type { WorldView } from '../../observe.ts';
import { END_NAMES, endCode } from './ledger.ts';
import type { Decision, Ledger, LedgerReader } from './ledger.ts';

class FinalStatus implements Checker, LedgerReader {
  readonly name: string = 'final-status-once';
  readonly title: string = 'every job ended once, and whole';
  private readonly ledger: Ledger;
  private readonly breach: Breach;
  private world: WorldView | null = null;
  private clientLife = 0;
  /** By the place of a job: the life of the client in which its user was told last. */
  private readonly toldIn: Int32Array;

  constructor(context: CheckContext, ledger: Ledger) {
    this.ledger = ledger;
    this.breach = new Breach(context, this);
    this.toldIn = new Int32Array(ledger.jobs.length);
    ledger.tell(this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  decided(now: Microseconds, { kind, place, value }: Decision, entry: JournalEntry): void {
    const { jobs, outcomes, ends } = this.ledger;
    const job = jobs[place]?.id ?? '';
    if (kind === 'outcome' && outcomes[place] !== 0) {
      this.breach.report(now, `${job} is decided again`);
    } else if (kind === 'ended') {
      const asked = entry.kind === 'job-refused' ? value : outcomes[place];
      const isOver = ends[place] !== 0;
      if (isOver) this.breach.report(now, `${job} had ended, and ended again`);
      else if (asked !== value) this.breach.report(now, `${job} ended otherwise than decided`);
    }
  }

  storeApplied(
    now: Microseconds,
    _issuer: NodeId,
    operation: StoreOperation,
    answer: StoreAnswer,
  ): void {
    if (operation.kind !== 'make-success' || answer !== 'ok') return;
    const place = this.ledger.placeOfJob(operation.job);
    const job = this.ledger.jobs[place];
    if (job === undefined) return;
    const expected = job.reduces.count === 0 ? job.maps.count : job.reduces.count;
    const found = this.world?.store.find(operation.output)?.parts.size ?? 0;
    if (found === expected) return;
    this.breach.report(now, `${job.id} has _SUCCESS, and ${found} of ${expected} parts`);
  }

  processStarted(_now: Microseconds, node: NodeId, life: number): void {
    if (node === CLIENT) this.clientLife = life;
  }

  told(now: Microseconds, _node: NodeId, { job, status }: TellUser): void {
    const place = this.ledger.placeOfJob(job);
    if (place < 0) return;
    const stands = this.ledger.ends[place] ?? 0;
    if (stands !== endCode(status)) {
      const journaled = END_NAMES[stands] ?? 'unknown';
      this.breach.report(now, `the user hears that ${job} ${status}, and it is ${journaled}`);
    } else if (this.toldIn[place] === this.clientLife) {
      this.breach.report(now, `the user is told twice that ${job} ${status}`);
    }
    this.toldIn[place] = this.clientLife;
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createFinalStatus(context: CheckContext, ledger: Ledger): Checker {
  return new FinalStatus(context, ledger);
}
