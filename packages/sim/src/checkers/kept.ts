/**
 * Nothing is thrown away without a reason. A replica stops work only when it is told to, when its lease
 * ends, or when what it read is superseded; news of another primary is no reason. And a new primary
 * keeps what an earlier one had planned and a replica goes on with (6.8).
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type {
  AttemptId,
  Effect,
  Epoch,
  JournalEntry,
  Message,
  Microseconds,
  NodeId,
} from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import type { StandingJournal } from './known/standing-journal.ts';

class WorkIsKept implements Checker {
  readonly name: string = 'work-is-kept';
  readonly title: string = 'no work was thrown away';
  readonly interest: Interest = {
    messages: [
      'heartbeat-answer',
      'page-received',
      'located',
      'assign',
      'report-answer',
      'current',
    ],
  };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  private world: WorldView | null = null;
  /** By replica: the newest epoch that has lost it. */
  private readonly lostIn: Epoch[] = [];
  private hasCancelled = false;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
    this.hasCancelled = context.faults.some(({ kind }) => kind === 'cancel');
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  journalDurable(
    _now: Microseconds,
    _node: NodeId,
    epoch: Epoch,
    _first: number,
    entries: readonly JournalEntry[],
  ): void {
    for (const entry of entries) {
      if (entry.kind !== 'replica-lost') continue;
      this.lostIn[entry.replica] = epoch;
    }
  }

  // ------------------------------------------------------------------ at replicas

  delivered(
    now: Microseconds,
    node: NodeId,
    _from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    if (effects.length === 0 || replicaIndex(node) < 0) return;
    for (const effect of effects) {
      if (effect.kind !== 'abandon' || isReason(message, effect.attempt)) continue;
      const words = `${nodeName(node)} stops ${attemptName(effect.attempt)}`;
      return this.breach.report(now, `${words} when it hears ${message.kind}`);
    }
  }

  // ------------------------------------------------------------------ at primaries

  sent(now: Microseconds, _from: NodeId, to: NodeId, message: Message): void {
    if (message.kind !== 'page-received' && message.kind !== 'heartbeat-answer') return;
    if (message.unwanted.length === 0 || message.epoch !== this.journal.newest) return;
    for (const attempt of message.unwanted) {
      if (attempt.epoch < message.epoch) this.seeKept(now, to, attempt, message.epoch);
    }
  }

  private seeKept(now: Microseconds, to: NodeId, attempt: AttemptId, epoch: Epoch): void {
    const { journal, world, context } = this;
    // A reduce may have to yield its slot, or to begin again, for reasons that are not seen from outside.
    if (world === null || attempt.kind === 'reduce') return;
    if (attempt.job !== context.job || this.hasCancelled) return;
    // Told before, it is told again until it is heard.
    if ((this.book.page(attempt).revokedAt[epoch] ?? now) < now) return;
    if (journal.outcome !== null || this.lostIn[to] === epoch) return;
    const here = world.replica(replicaIndex(to));
    if (!here.worksOn(attempt)) return;
    if (here.working > context.slots || this.isNeedless(world, to, attempt)) return;
    this.breach.report(
      now,
      `${nodeName(to)} works on ${attemptName(attempt)}, nobody else does, and it is to stop`,
    );
  }

  /** It may be of no use: its task is done, or worked on elsewhere, or has failed or been told so. */
  private isNeedless(world: WorldView, to: NodeId, attempt: AttemptId): boolean {
    const { journal, context } = this;
    const { kind, task } = attempt;
    if (context.reduces === 0 ? journal.parts[task] !== undefined : journal.allPartsWon)
      return true;
    // Its output is believed in, though it may be damaged.
    if (this.isHeld(world, task)) return true;
    if (this.book.page(attempt).revokedAt.length > 0 && this.wasRevokedBefore(attempt)) return true;
    if (journal.failures.some(({ entry }) => entry.attempt.task === task)) return true;
    const given = this.book.given(kind, task);
    // Given to another one it may be on its way there, or have just ended there.
    return given.some((other) => other.to !== to && !sameAttempt(other.attempt, attempt));
  }

  private wasRevokedBefore(attempt: AttemptId): boolean {
    return this.book.page(attempt).revokedAt.some((_, epoch) => epoch < this.journal.newest);
  }

  private isHeld(world: WorldView, task: number): boolean {
    const { replicas, job } = this.context;
    for (let i = 0; i < replicas; i++) {
      const { held } = world.replica(i);
      if (held.some(({ attempt }) => attempt.job === job && attempt.task === task)) return true;
    }
    return false;
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function isReason(message: Message, attempt: AttemptId): boolean {
  const { kind } = message;
  if (kind === 'located') return true;
  if (kind !== 'page-received' && kind !== 'heartbeat-answer') return false;
  if (message.unwanted.some((other) => sameAttempt(other, attempt))) return true;
  if (kind === 'page-received') return false;
  return message.located.length > 0 || message.endedJobs.includes(attempt.job);
}

export function createWorkIsKept(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new WorkIsKept(context, journal, book);
}
