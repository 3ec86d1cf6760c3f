/**
 * What the user sees does not go back, and what the user asks for is done: the progress that a client
 * shows only grows while it lives, and a job that was cancelled long before its end ends as cancelled.
 */
import type { JobProgress, JournalEntry, Message, Microseconds, NodeId } from '@lisping/core';
import { CLIENT } from '../address.ts';
import type { Fault } from '../fault.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';
import { seconds } from './seconds.ts';

const FIELDS = ['maps', 'mapsDone', 'reduces', 'reducesDone'] as const;

/** So many requests in vain send a client on a round of all addresses, and back. */
const ROUND = 7;

class ClientIsServed implements Checker, JournalReader {
  readonly name: string = 'client-is-served';
  readonly title: string = 'the client was not misled';
  readonly interest: Interest = { messages: ['news', 'submit', 'cancel'] };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private world: WorldView | null = null;
  /** The client knows of the job, and its user can cancel it. */
  private isSubmitted = false;
  private shown: JobProgress | null = null;
  private cancelledAt: Microseconds | null = null;
  private isDecided = false;
  private readonly inForce = new Set<Fault>();
  private quietSince: Microseconds = 0;

  constructor(context: CheckContext, journal: StandingJournal) {
    this.context = context;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  /** A client that begins anew knows nothing, not even that its user has cancelled. */
  processStarted(now: Microseconds, node: NodeId): void {
    this.stir(now);
    if (node !== CLIENT) return;
    this.shown = null;
    this.isSubmitted = false;
    this.cancelledAt = null;
    this.quietSince = 0;
  }

  processStopped(now: Microseconds): void {
    this.stir(now);
  }

  delivered(now: Microseconds, node: NodeId, _from: NodeId, message: Message): void {
    if (node !== CLIENT || message.kind !== 'news' || message.job !== this.context.job) return;
    const progress = this.world?.progress(message.job);
    if (progress === undefined) return;
    const { shown } = this;
    for (const field of FIELDS) {
      const before = shown?.[field] ?? 0;
      if (progress[field] >= before) continue;
      return this.breach.report(now, `${field} was ${before} and is ${progress[field]} now`);
    }
    this.shown = progress;
  }

  // ------------------------------------------------------------------ cancelling

  sent(now: Microseconds, from: NodeId, _to: NodeId, message: Message): void {
    if (from !== CLIENT) return;
    if (message.kind === 'submit' && message.spec.job === this.context.job) this.isSubmitted = true;
    if (message.kind === 'cancel' && message.job === this.context.job) this.cancelledAt ??= now;
  }

  faultApplied(now: Microseconds, fault: Fault): void {
    this.stir(now);
    if (fault.kind === 'cancel') this.onCancel(now, fault.job ?? this.context.place);
    if ('until' in fault && fault.until !== null) this.inForce.add(fault);
  }

  faultEnded(now: Microseconds, fault: Fault): void {
    this.inForce.delete(fault);
    const after = 'by' in fault ? (fault.by ?? 0) : 0;
    this.stir(now + after);
  }

  /** What the user asks for, whether or not the client says so to anybody. */
  private onCancel(now: Microseconds, place: number): void {
    const isUp = this.world?.process(CLIENT).up === true;
    if (place === this.context.place && this.isSubmitted && isUp) this.cancelledAt ??= now;
  }

  /** Before the user has cancelled nobody waits for quiet. */
  private stir(now: Microseconds): void {
    if (this.cancelledAt !== null) this.quietSince = Math.max(this.quietSince, now);
  }

  entry(now: Microseconds, entry: JournalEntry): void {
    const { cancelledAt, isDecided } = this;
    if (entry.kind !== 'job-outcome' || entry.job !== this.context.job) return;
    this.isDecided = true;
    // A successor reads again what was decided before.
    if (
      isDecided ||
      cancelledAt === null ||
      entry.outcome === 'cancelling' ||
      this.inForce.size > 0
    )
      return;
    const { timing, recovery } = this.context;
    const round = ROUND * timing.clientRetry;
    let patience = 0;
    for (const fault of this.context.faults) {
      if (!this.upsets(fault)) continue;
      patience = Math.max(patience, fault.target.includes('->') ? round : recovery + round);
    }
    const since = Math.max(cancelledAt, this.quietSince) + patience + 3 * timing.clientRetry;
    if (now <= since) return;
    const late = seconds(now - cancelledAt);
    this.breach.report(now, `cancelled ${late} s ago, the job is ${entry.outcome} all the same`);
  }

  /** After this a client may have to look for the primary, and not find it at once. */
  private upsets(fault: Fault): boolean {
    const { kind, target } = fault;
    if (kind === 'cancel' || kind === 'task' || kind === 'tie' || kind === 'store-slow')
      return false;
    if (target.includes('->')) return !isShort(fault, this.context.timing.clientRetry / 2);
    return !target.startsWith('replica-');
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function isShort(fault: Fault, limit: Microseconds): boolean {
  return 'until' in fault && fault.until !== null && fault.until - fault.at < limit;
}

export function createClientIsServed(context: CheckContext, journal: StandingJournal): Checker {
  return new ClientIsServed(context, journal);
}
