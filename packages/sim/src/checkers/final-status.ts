/**
 * S3: a job reaches its final status once, and nobody who was told ever hears anything else. And the
 * status is the one that was asked for: what is cancelled before it is decided ends as cancelled.
 */
import { isFinal } from '@lisping/core';
import type {
  Effect,
  Epoch,
  JournalEntry,
  Message,
  Microseconds,
  News,
  NodeId,
  TellUser,
} from '@lisping/core';
import { CLIENT, nodeName } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

const STATUS_OF = {
  succeeding: 'succeeded',
  failing: 'failed',
  cancelling: 'cancelled',
} as const;

/** How far a status is on the way to the end. */
function rankOf(status: News['status']): number {
  if (status === 'unknown') return 0;
  if (status === 'running') return 1;
  return isFinal(status) ? 3 : 2;
}

class FinalStatus implements Checker, JournalReader {
  readonly name: string = 'final-status-once';
  readonly title: string = 'the final status is reached once';
  readonly interest: Interest = { messages: ['news', 'cancel'] };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly breach: Breach;
  /** What the user was told first. */
  private told_: TellUser['status'] | null = null;
  private toldInLife = 0;
  private clientLife = 0;
  /** The furthest status that was news, with the epoch that sent it. */
  private furthest: News | null = null;
  /** The primary that has heard a cancel, and what it has begun to write since. */
  private cancelled: { readonly node: NodeId; writes: number } | null = null;

  constructor(context: CheckContext, journal: StandingJournal) {
    this.context = context;
    this.journal = journal;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  // ------------------------------------------------------------------ in the journal

  entry(now: Microseconds, entry: JournalEntry): void {
    const { ended, outcome, submitted } = this.journal;
    if (entry.kind === 'job-submitted' && entry.plan.job === this.context.job) {
      if (submitted !== null) this.breach.report(now, 'the job is submitted a second time');
      return;
    }
    if (entry.kind === 'job-outcome' && entry.job === this.context.job && outcome !== null) {
      const before = outcome.entry.outcome;
      return this.breach.report(
        now,
        `the job was ${before}, and is decided again: ${entry.outcome}`,
      );
    }
    if (entry.kind !== 'job-ended' || entry.job !== this.context.job) return;
    const { status } = entry;
    if (ended !== null) {
      this.breach.report(now, `the job had ended as ${ended.entry.status}, and ended as ${status}`);
    } else if (outcome === null) {
      this.breach.report(now, `the job ended as ${status} without an outcome`);
    } else if (STATUS_OF[outcome.entry.outcome] !== status) {
      this.breach.report(now, `the job was ${outcome.entry.outcome}, and ended as ${status}`);
    }
  }

  // ------------------------------------------------------------------ what primaries say

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    if (message.kind !== 'news' || to !== CLIENT || message.job !== this.context.job) return;
    const { furthest } = this;
    if (furthest === null) {
      this.furthest = message;
      return;
    }
    // A primary of the past may not know yet; the client does not listen to it.
    if (message.epoch < furthest.epoch) return;
    const before = rankOf(furthest.status);
    const after = rankOf(message.status);
    if (after < before || (after === before && after > 1 && message.status !== furthest.status)) {
      const sender = nodeName(from);
      this.breach.report(now, `${sender} says ${message.status} after ${furthest.status}`);
    }
    this.furthest = message;
  }

  // ------------------------------------------------------------------ cancelling

  delivered(
    _now: Microseconds,
    node: NodeId,
    _from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    if (message.kind !== 'cancel' || message.job !== this.context.job) return;
    const { submitted, outcome } = this.journal;
    // Only a primary that answers has heard it.
    const hasHeard = effects.some(({ kind }) => kind === 'send');
    if (submitted === null || outcome !== null || !hasHeard) return;
    this.cancelled ??= { node, writes: 0 };
  }

  processStopped(_now: Microseconds, node: NodeId): void {
    if (this.cancelled?.node === node) this.cancelled = null;
  }

  /** Another outcome may have been decided before, and stands; then it is in the next write but one. */
  journalDurable(
    now: Microseconds,
    node: NodeId,
    _epoch: Epoch,
    _first: number,
    entries: readonly JournalEntry[],
  ): void {
    const { cancelled } = this;
    if (cancelled === null || cancelled.node !== node) return;
    cancelled.writes++;
    for (const entry of entries) {
      if (entry.kind !== 'job-outcome' || entry.job !== this.context.job) continue;
      if (entry.outcome !== 'cancelling' && cancelled.writes > 2) {
        this.breach.report(now, `the job was cancelled, and is ${entry.outcome} all the same`);
      }
    }
  }

  // ------------------------------------------------------------------ what the user hears

  processStarted(
    _now: Microseconds,
    node: NodeId,
    life: number,
    _effects: readonly Effect[],
  ): void {
    if (node === CLIENT) this.clientLife = life;
  }

  told(now: Microseconds, _node: NodeId, { job, status }: TellUser): void {
    if (job !== this.context.job) return;
    if (this.told_ !== null && this.told_ !== status) {
      this.breach.report(now, `the user heard ${this.told_}, and now ${status}`);
    } else if (this.toldInLife === this.clientLife) {
      this.breach.report(now, `the user is told twice that the job ${status}`);
    }
    this.told_ ??= status;
    this.toldInLife = this.clientLife;
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createFinalStatus(context: CheckContext, journal: StandingJournal): Checker {
  return new FinalStatus(context, journal);
}
