/** A replica works on no more attempts at once than it has slots, whatever it was assigned. */
import type { Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

class SlotsAreKept implements Checker {
  readonly name: string = 'slots-are-kept';
  readonly title: string = 'no replica worked beyond its slots';
  readonly interest: Interest = { of: 'replicas' };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private world: WorldView | null = null;

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  /** Looks once for every heartbeat: work lasts longer than that. */
  timerFired(now: Microseconds, node: NodeId): void {
    const index = replicaIndex(node);
    if (index < 0 || this.world === null) return;
    const { working } = this.world.replica(index);
    if (working <= this.context.slots) return;
    const count = `${working} attempts in ${this.context.slots} slots`;
    this.breach.report(now, `${nodeName(node)} works on ${count}`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createSlotsAreKept(context: CheckContext): Checker {
  return new SlotsAreKept(context);
}
