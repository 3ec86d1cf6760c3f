/**
 * R1: slots never deadlock. While no fault is in force and a primary is up, something moves before
 * long: an attempt runs, a decision is made, a part appears. When nothing does, work waits, slots are
 * held, and nobody progresses.
 */
import type { Epoch, JournalEntry, Microseconds, NodeId, TellUser } from '@lisping/core';
import { replicaNode } from '../address.ts';
import type { Fault } from '../fault.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import { whoWaits } from './known/who-waits.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import type { StandingJournal } from './known/standing-journal.ts';
import { seconds } from './seconds.ts';

class SlotsMove implements Checker {
  readonly name: string = 'slots-never-deadlock';
  readonly title: string = 'no slots deadlocked';
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  readonly interest: Interest = { of: 'primaries' };
  private world: WorldView | null = null;
  private readonly inForce = new Set<Fault>();
  private movedAt: Microseconds = 0;
  private isOver = false;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  // ------------------------------------------------------------------ what moves

  executed(now: Microseconds): void {
    this.movedAt = now;
  }

  storeApplied(now: Microseconds): void {
    this.movedAt = now;
  }

  journalDurable(
    now: Microseconds,
    _node: NodeId,
    _epoch: Epoch,
    _first: number,
    entries: readonly JournalEntry[],
  ): void {
    // Replicas may come and go for ever.
    const isMove = entries.some(
      ({ kind }) => kind !== 'replica-joined' && kind !== 'replica-lost' && kind !== 'adoption',
    );
    if (isMove) this.movedAt = now;
  }

  processStarted(now: Microseconds): void {
    this.movedAt = now;
  }

  faultApplied(now: Microseconds, fault: Fault): void {
    this.movedAt = now;
    if ('until' in fault && fault.until !== null) this.inForce.add(fault);
  }

  faultEnded(now: Microseconds, fault: Fault): void {
    this.movedAt = now;
    this.inForce.delete(fault);
  }

  told(_now: Microseconds, _node: NodeId, { job }: TellUser): void {
    if (job === this.context.job) this.isOver = true;
  }

  // ------------------------------------------------------------------ what does not

  /** A primary looks round once a second, and so do we. */
  timerFired(now: Microseconds): void {
    if (now - this.movedAt <= this.context.recovery || this.isOver || this.world === null) return;
    const { submitted, outcome, ended } = this.journal;
    // Before it is submitted and after it is decided no job holds a slot.
    if (this.inForce.size > 0 || submitted === null || outcome !== null || ended !== null) return;
    if (this.isAnybodyWorking(this.world)) this.movedAt = now;
    // Without a single replica no slot is there to be held.
    if (this.movedAt === now || !this.isAnybodyUp(this.world)) return;
    const still = seconds(now - this.movedAt);
    const words = whoWaits(this.context, this.journal, this.book, this.world);
    this.breach.report(now, `nothing has moved for ${still} s; ${words}`);
  }

  private isAnybodyUp(world: WorldView): boolean {
    for (let i = 0; i < this.context.replicas; i++) {
      if (world.process(replicaNode(i)).up) return true;
    }
    return false;
  }

  private isAnybodyWorking(world: WorldView): boolean {
    for (let i = 0; i < this.context.replicas; i++) {
      if (world.process(replicaNode(i)).up && world.replica(i).executing.length > 0) return true;
    }
    return false;
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createSlotsMove(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new SlotsMove(context, journal, book);
}
