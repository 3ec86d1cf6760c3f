/**
 * Since when nothing disturbs what a primary hears, says and writes down. Much that a fault explains
 * is no defect; in calm it is. Faults that take work away in plain sight (a crash of a replica, a slow
 * one, damaged segments, replicas that cannot reach each other) do not end the calm.
 */
import type { Epoch, Microseconds, NodeId } from '@lisping/core';
import { isPrimary } from '../../address.ts';
import type { Fault } from '../../fault.ts';
import type { Observer } from '../../observe.ts';
import type { CheckContext } from '../checker.ts';

const BETWEEN_REPLICAS = /^replica-\d+<?->replica-\d+$/;

export class Calm implements Observer {
  private readonly context: CheckContext;
  /** Nothing has disturbed since then, things have settled included. */
  private calmFrom: Microseconds = 0;
  private readonly inForce = new Set<Fault>();

  constructor(context: CheckContext) {
    this.context = context;
  }

  /** From when on what happens is no fault's doing; later than now when there is no calm. */
  get since(): Microseconds {
    return this.inForce.size > 0 ? Number.POSITIVE_INFINITY : this.calmFrom;
  }

  faultApplied(now: Microseconds, fault: Fault): void {
    if (isMild(fault)) return;
    // A clock that is set back stands still for as long as it was ahead.
    if (fault.kind === 'clock') this.calmFrom = Number.POSITIVE_INFINITY;
    else if ('until' in fault && fault.until !== null) this.inForce.add(fault);
    this.disturb(now);
  }

  faultEnded(now: Microseconds, fault: Fault): void {
    if (isMild(fault)) return;
    this.inForce.delete(fault);
    // What was sent meanwhile may come this much later.
    this.disturb('by' in fault ? now + (fault.by ?? 0) : now);
  }

  processStarted(now: Microseconds, node: NodeId): void {
    // A first life of a primary finds nothing that would have to settle.
    if (now > 0 && isPrimary(node)) this.disturb(now);
  }

  // A new epoch hears its replicas out, however long its journal took to open: what was asked of a slow
  // journal comes late, and in its order, also what a primary asked that is gone.

  journalCreated(now: Microseconds, _node: NodeId, epoch: Epoch): void {
    if (epoch > 1) this.disturb(now);
  }

  journalRead(now: Microseconds): void {
    this.disturb(now);
  }

  journalDurable(now: Microseconds, _node: NodeId, epoch: Epoch, first: number): void {
    if (first === 0 && epoch > 1) this.disturb(now);
  }

  /** Who followed it has to find another, and tells that one everything. */
  processStopped(now: Microseconds, node: NodeId): void {
    if (isPrimary(node)) this.disturb(now);
  }

  private disturb(now: Microseconds): void {
    const { detection, heartbeat, tick } = this.context.timing;
    // Then everybody knows how things stand.
    this.calmFrom = Math.max(this.calmFrom, now + detection + 3 * heartbeat + 2 * tick);
  }
}

function isMild({ kind, target }: Fault): boolean {
  if (kind === 'slow' || kind === 'damage' || kind === 'task' || kind === 'cancel') return true;
  if (target === 'client' || BETWEEN_REPLICAS.test(target)) return true;
  return kind === 'crash' && target.startsWith('replica-');
}
