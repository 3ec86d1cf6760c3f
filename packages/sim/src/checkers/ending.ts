/**
 * A job has ended when what its end asks for has been done (6.7): `_SUCCESS` made and the temporary files
 * deleted; or, where it did not succeed, the temporary files deleted and after them the output. And
 * that begins when nothing is under way at the store any more that might make again what is deleted, and
 * nothing of the kind is asked for from then on.
 */
import type {
  Effect,
  JobId,
  JournalEntry,
  Microseconds,
  NodeId,
  StoreAnswer,
  StoreOperation,
} from '@lisping/core';
import { nodeName } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

/** What one life of a primary has asked of the store for the job. */
interface Asked {
  /** And has no answer to. */
  readonly open: Set<Effect>;
  isEnding: boolean;
}

class EndIsDone implements Checker, JournalReader {
  readonly name: string = 'end-is-done-before-told';
  readonly title: string = 'no job ended before its end was done';
  readonly interest: Interest = { of: 'primaries', effects: ['store'] };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly breach: Breach;
  private readonly underWay = new Map<NodeId, Asked>();
  private isMarked = false;
  private isSwept = false;
  private isDeleted = false;

  constructor(context: CheckContext, journal: StandingJournal) {
    this.context = context;
    this.journal = journal;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  // ------------------------------------------------------------------ its beginning

  processStarted(_now: Microseconds, node: NodeId): void {
    this.underWay.delete(node);
  }

  asked(now: Microseconds, node: NodeId, effect: Effect): void {
    if (effect.kind !== 'store' || jobOf(effect.operation) !== this.context.job) return;
    const asked = this.underWay.get(node) ?? { open: new Set(), isEnding: false };
    this.onOperation(now, node, effect.operation.kind, asked);
    asked.open.add(effect);
    this.underWay.set(node, asked);
  }

  completed(_now: Microseconds, node: NodeId, request: Effect): void {
    this.underWay.get(node)?.open.delete(request);
  }

  private onOperation(
    now: Microseconds,
    node: NodeId,
    kind: StoreOperation['kind'],
    asked: Asked,
  ): void {
    const [other] = asked.open;
    const who = `${nodeName(node)} asks for ${kind}`;
    if (!isOfEnd(kind)) {
      if (asked.isEnding) this.breach.report(now, `${who}, and the job is being ended`);
      return;
    }
    asked.isEnding = true;
    // What is deleted once more when it has ended needs no order.
    if (this.journal.ended !== null || other?.kind !== 'store') return;
    this.breach.report(now, `${who} while ${other.operation.kind} is under way`);
  }

  // ------------------------------------------------------------------ what it asks for

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

function jobOf(operation: StoreOperation): JobId {
  return 'job' in operation ? operation.job : operation.attempt.job;
}

/** The steps of an ending, which come one after the other. */
function isOfEnd(kind: StoreOperation['kind']): boolean {
  return kind === 'make-success' || kind === 'delete-temporary' || kind === 'delete-output';
}

export function createEndIsDone(context: CheckContext, journal: StandingJournal): Checker {
  return new EndIsDone(context, journal);
}
