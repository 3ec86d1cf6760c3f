/**
 * A job has ended when what its end asks for has been done (6.7): `_SUCCESS` made and the temporary files
 * deleted; or, where it did not succeed, the temporary files deleted and after them the output.
 */
import type {
  JournalEntry,
  Microseconds,
  NodeId,
  StoreAnswer,
  StoreOperation,
} from '@lisping/core';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

class EndIsDone implements Checker, JournalReader {
  readonly name: string = 'end-is-done-before-told';
  readonly title: string = 'no job ended before its end was done';
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private isMarked = false;
  private isSwept = false;
  private isDeleted = false;

  constructor(context: CheckContext, journal: StandingJournal) {
    this.context = context;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  storeApplied(
    _now: Microseconds,
    _issuer: NodeId,
    operation: StoreOperation,
    answer: StoreAnswer,
  ): void {
    if (answer !== 'ok' || !('job' in operation) || operation.job !== this.context.job) return;
    if (operation.kind === 'make-success') this.isMarked = true;
    else if (operation.kind === 'delete-temporary') this.isSwept = true;
    // A late rename would find a source, and a late upload a directory.
    else if (operation.kind === 'delete-output') this.isDeleted ||= this.isSwept;
  }

  entry(now: Microseconds, entry: JournalEntry): void {
    if (entry.kind !== 'job-ended' || entry.job !== this.context.job) return;
    const has = entry.status === 'succeeded' ? this.isMarked : this.isDeleted;
    if (this.isSwept && has) return;
    const words = this.isSwept ? 'its output is not what it has to be' : 'temporary files are left';
    this.breach.report(now, `the job has ended as ${entry.status}, and ${words}`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createEndIsDone(context: CheckContext, journal: StandingJournal): Checker {
  return new EndIsDone(context, journal);
}
