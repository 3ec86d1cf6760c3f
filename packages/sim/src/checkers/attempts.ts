/**
 * L2: no work is done in vain. An attempt beyond the first of its task is a twin of one that works
 * elsewhere and has for long, or it makes up for what a fault, a failure of user code or a map that is
 * not deterministic took away. What each fault may cost is counted when it strikes, from what lies
 * and runs where it strikes.
 */
import { attemptName, nodeId, sameAttempt } from '@lisping/core';
import type { AttemptId, Effect, JournalEntry, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName, nodeOfName, replicaIndex, replicaNode, STORE } from '../address.ts';
import type { Fault } from '../fault.ts';
import { directionsOf } from '../link-target.ts';
import { ANYBODY } from '../network.ts';
import type { Fate, Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook, Given } from './known/attempt-book.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

class AttemptsAreBounded implements Checker, JournalReader {
  readonly name: string = 'attempts-are-bounded';
  readonly title: string = 'no attempt was made in vain';
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  readonly interest: Interest = {
    of: 'primaries',
    messages: ['assign', 'report'],
    effects: ['store'],
  };
  private world: WorldView | null = null;
  /** Elders that have, or had, a twin. */
  private readonly twinned = new Set<Given>();
  /** Faults that have struck and will end. */
  private readonly inForce = new Set<Fault>();
  /** Reduces with a winner that a primary knows of. */
  private readonly published = new Set<number>();
  private extra = 0;
  private allowed = 0;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  sent(now: Microseconds, _from: NodeId, to: NodeId, message: Message, fate: Fate): void {
    if (message.kind !== 'assign' || fate === 'duplicate') return;
    const { attempt } = message;
    if (attempt.job !== this.context.job || message.epoch < this.journal.newest) return;
    const given = this.book.given(attempt.kind, attempt.task);
    if (given.length > 1) this.onAnother(now, to, attempt, given);
  }

  private onAnother(
    now: Microseconds,
    to: NodeId,
    attempt: AttemptId,
    given: readonly Given[],
  ): void {
    const winner = this.winnerOf(attempt);
    if (winner !== null) {
      const words = `${attemptName(attempt)} begins, though ${attemptName(winner)} has won`;
      return this.breach.report(now, words);
    }
    if (attempt.kind === 'map' && this.published.size === Math.max(1, this.context.reduces)) {
      const words = `${attemptName(attempt)} begins, though nobody will read what it makes`;
      return this.breach.report(now, words);
    }
    const elder = given.find((other) => this.isElder(now, to, attempt, other));
    if (elder !== undefined) {
      this.twinned.add(elder);
      // A reduce that waits for this map may have made room for it.
      if (attempt.kind === 'map') this.allowed++;
      return;
    }
    if (this.isOnlyPlace(to) || this.hasNoStore(attempt)) return;
    this.extra++;
    if (this.extra <= this.allowed) return;
    const words = `${attemptName(attempt)} at ${nodeName(to)} is attempt ${this.extra} too many`;
    this.breach.report(now, `${words}, and all that went wrong accounts for ${this.allowed}`);
  }

  /** The part of a task that commits one is made once. */
  private winnerOf({ kind, task }: AttemptId): AttemptId | null {
    if (kind === 'map' && this.context.reduces > 0) return null;
    return this.journal.parts[task]?.entry.attempt ?? null;
  }

  /** It works elsewhere, has for long, and has no twin yet. */
  private isElder(now: Microseconds, to: NodeId, attempt: AttemptId, other: Given): boolean {
    if (other.to === to || this.twinned.has(other) || this.world === null) return false;
    if (sameAttempt(other.attempt, attempt)) return false;
    const isOld = now - other.at >= this.context.timing.speculationDelay;
    if (!isOld && !this.isKnownToBeSlow(other.to)) return false;
    if (!this.world.process(other.to).up) return false;
    // It may wait there for a slot that somebody has just been told to leave.
    if (!isOld && now - other.at <= 3 * this.context.timing.heartbeat) return true;
    const { workspaces, executing } = this.world.replica(replicaIndex(other.to));
    // A reduce that waits for maps is not slow.
    const working = attempt.kind === 'map' || this.allMapsMade() ? workspaces : executing;
    if (working.some((one) => sameAttempt(one, other.attempt))) return true;
    // What has just ended may not be known yet.
    const { executedAt } = this.book.page(other.attempt);
    return now - executedAt < this.context.timing.heartbeat;
  }

  /** What worked there had a twin before. */
  private isKnownToBeSlow(node: NodeId): boolean {
    for (const { to } of this.twinned) if (to === node) return true;
    // It may have been seen on another job.
    const name = nodeName(node);
    return this.context.faults.some(({ kind, target }) => kind === 'slow' && target === name);
  }

  /** Its disk is full, and there is nowhere else: all that can be done is to try again. */
  private isOnlyPlace(node: NodeId): boolean {
    if (!this.isStruck(node, (fault) => fault.kind === 'disk-full')) return false;
    const { replicas } = this.context;
    for (let index = 0; index < replicas; index++) {
      const other = replicaNode(index);
      if (other !== node && this.world?.process(other).up === true && !this.isStruck(other)) {
        return false;
      }
    }
    return true;
  }

  /** What it makes is to be uploaded, and the store is full. How often that is tried is bounded by itself. */
  private hasNoStore({ kind }: AttemptId): boolean {
    if (kind === 'map' && this.context.reduces > 0) return false;
    return this.isStruck(STORE, (fault) => fault.kind === 'store-full');
  }

  private isStruck(node: NodeId, by: (fault: Fault) => boolean = () => true): boolean {
    const name = nodeName(node);
    for (const fault of this.inForce) {
      const ends = fault.target.split(/<?->/);
      if ((ends.includes(name) || ends.includes('*')) && by(fault)) return true;
    }
    return false;
  }

  private allMapsMade(): boolean {
    return this.journal.mapsWon === this.context.maps;
  }

  /** Who publishes a part knows that it has won. */
  asked(_now: Microseconds, _node: NodeId, effect: Effect): void {
    if (effect.kind !== 'store' || effect.operation.kind !== 'publish') return;
    const { job, kind, task } = effect.operation.attempt;
    if (job === this.context.job && kind === 'reduce') this.published.add(task);
  }

  // ------------------------------------------------------------------ what takes work away

  /** Who is killed before its first record may be killed for as long as somebody does it. */
  delivered(_now: Microseconds, _node: NodeId, _from: NodeId, message: Message): void {
    if (message.kind !== 'report' || message.outcome.kind !== 'process-lost') return;
    const isKilled = this.context.faults.some(({ kind }) => kind === 'task');
    if (isKilled && message.outcome.record === null) this.allowed += 2;
  }

  faultApplied(_now: Microseconds, fault: Fault): void {
    // Who has died for good is seen to be down.
    if ('until' in fault && fault.until !== null) this.inForce.add(fault);
    this.allowed += this.costOf(fault) + this.costOfDuration(fault);
  }

  faultEnded(_now: Microseconds, fault: Fault): void {
    this.inForce.delete(fault);
    // What came to lie there meanwhile was taken away as well.
    if (fault.kind !== 'slow') this.allowed += this.costOf(fault);
  }

  entry(_now: Microseconds, entry: JournalEntry): void {
    if (!('attempt' in entry) || entry.attempt.job !== this.context.job) return;
    // It is tried again, and a reduce may have to make room for that.
    if (entry.kind === 'attempt-failed' || entry.kind === 'process-lost') this.allowed += 2;
    // Every reduce that has begun begins again.
    else if (entry.kind === 'map-won' && entry.version > 1) this.allowed += this.context.reduces;
  }

  private costOf(fault: Fault): number {
    const { replicas, slots, maps, reduces } = this.context;
    const everything = replicas * slots + maps + reduces;
    switch (fault.kind) {
      case 'slow':
      case 'cancel':
      case 'tie':
        return 0;
      case 'crash':
      case 'crash-at-write':
      case 'pause':
      case 'damage':
      case 'clock':
      case 'disk-full':
      case 'disk-slow':
        if (fault.target === 'client') return 0;
        return fault.target.startsWith('replica-') ? this.costAt(fault.target) : everything;
      case 'cut':
      case 'loss':
      case 'duplication':
      case 'delay':
      case 'reorder':
      case 'hold':
        return this.costOfLink(fault.target);
      // Who wakes beside a successor, or may not write, loses sight of everything.
      case 'successor':
      case 'journal-slow':
      case 'journal-cut':
      case 'journal-full':
      case 'store-full':
      case 'store-slow':
      case 'task':
        return everything;
    }
  }

  /**
   * Who cannot hear is given work in vain, which is missed after two heartbeats at the soonest, or gives
   * up what it has, once in the length of a lease. So does who cannot keep what it makes, and user code
   * that is made to fail fails again.
   */
  private costOfDuration({ kind, target, ...fault }: Fault): number {
    if (!('until' in fault) || fault.until === null) return 0;
    const lasts = target.includes('->') || kind === 'disk-full' || kind === 'task';
    if (!lasts) return 0;
    const { lease, heartbeat } = this.context.timing;
    const times = Math.ceil((fault.until - fault.at) / Math.min(lease, 2 * heartbeat));
    const struck = target.includes('*') ? this.context.replicas : 1;
    return times * struck * this.context.slots;
  }

  private costOfLink(target: string): number {
    let cost = 0;
    const { replicas } = this.context;
    for (const { from, to } of directionsOf(target, (name) => nodeOfName(name, replicas)) ?? []) {
      for (const node of [from, to]) {
        if (node === ANYBODY) {
          for (let i = 0; i < replicas; i++) cost += this.costOfReplica(i);
        } else cost += this.costOfReplica(replicaIndex(nodeId(node)));
      }
    }
    return cost;
  }

  private costAt(target: string): number {
    return this.costOfReplica(Number(target.replace('replica-', '')));
  }

  /** What runs there and what lies there; and for each map that is made again a reduce may yield. */
  private costOfReplica(index: number): number {
    if (index < 0 || index >= this.context.replicas || this.world === null) return 0;
    return 2 * (this.context.slots + this.world.replica(index).held.length);
  }

  verdict(): Verdict {
    return this.breach.verdict(`${this.extra} extra, ${this.allowed} allowed`);
  }
}

export function createAttemptsAreBounded(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new AttemptsAreBounded(context, journal, book);
}
