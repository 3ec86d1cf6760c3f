/**
 * A replica begins what it has a slot for: of the work that it names, oldest first, as much runs as it has
 * slots, unless it has no lease. The counterpart of that it works on no more.
 */
import { attemptName } from '@lisping/core';
import type { AttemptId, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { Calm } from './known/calm.ts';

class SlotsAreUsed implements Checker {
  readonly name: string = 'slots-are-used';
  readonly title: string = 'no replica left a slot empty beside work that it had';
  readonly interest: Interest = { of: 'replicas', messages: ['heartbeat'] };
  private readonly context: CheckContext;
  private readonly calm: Calm;
  private readonly breach: Breach;
  private world: WorldView | null = null;

  constructor(context: CheckContext, calm: Calm) {
    this.context = context;
    this.calm = calm;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  sent(now: Microseconds, from: NodeId, _to: NodeId, message: Message): void {
    // Where nothing disturbs, everybody has a lease.
    if (message.kind !== 'heartbeat' || this.calm.since > now) return;
    const running = message.running.slice(0, this.context.slots);
    // A reduce that waits for the first place of a segment does nothing that is seen from outside.
    const idle = running.find((attempt) => attempt.kind === 'map' && !this.isBegun(from, attempt));
    if (idle === undefined) return;
    this.breach.report(now, `${nodeName(from)} has a slot for ${attemptName(idle)}, which waits`);
  }

  private isBegun(node: NodeId, attempt: AttemptId): boolean {
    return this.world?.replica(replicaIndex(node)).worksOn(attempt) ?? false;
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createSlotsAreUsed(context: CheckContext, calm: Calm): Checker {
  return new SlotsAreUsed(context, calm);
}
