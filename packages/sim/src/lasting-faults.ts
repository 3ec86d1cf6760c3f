/**
 * The faults in force, and what those of them that add up (disks, journal, store, user code, order)
 * make together of what they strike.
 */
import type { Microseconds, NodeId } from '@lisping/core';
import { replicaNode } from './address.ts';
import type { Fault, FaultKind } from './fault.ts';
import type { JournalTrouble, PrimaryHost } from './primary-host.ts';
import type { ReplicaHost } from './replica-host.ts';
import type { StoreNode } from './store-node.ts';
import type { World } from './world.ts';

export interface LastingTargets {
  readonly world: World;
  readonly hosts: readonly ReplicaHost[];
  /** By node. */
  readonly primaries: ReadonlyMap<number, PrimaryHost>;
  readonly store: StoreNode;
}

/** Faults whose effects add up. */
type AddingFault = Extract<
  Fault,
  {
    kind:
      | 'disk-full'
      | 'disk-slow'
      | 'task'
      | 'journal-slow'
      | 'journal-cut'
      | 'journal-full'
      | 'store-full'
      | 'store-slow'
      | 'tie';
  }
>;

export class LastingFaults {
  private readonly targets: LastingTargets;
  private readonly inForce = new Set<Fault>();

  constructor(targets: LastingTargets) {
    this.targets = targets;
  }

  [Symbol.iterator](): IterableIterator<Fault> {
    return this.inForce.values();
  }

  add(fault: Fault): void {
    this.inForce.add(fault);
  }

  /** False when it was not in force. */
  delete(fault: Fault): boolean {
    return this.inForce.delete(fault);
  }

  /** Another fault of the kind still holds the same target. */
  lasts(kind: FaultKind, target: string): boolean {
    for (const other of this.inForce) {
      if (other.kind === kind && other.target === target) return true;
    }
    return false;
  }

  /** All of the kind, in the order in which they struck. */
  all<K extends FaultKind>(kind: K): Extract<Fault, { kind: K }>[] {
    const isOfKind = (fault: Fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind;
    return [...this.inForce].filter(isOfKind);
  }

  /** Works out anew what all of the fault's kind make of what they strike. */
  refresh({ kind }: AddingFault): void {
    const { world, store, hosts, primaries } = this.targets;
    switch (kind) {
      case 'disk-full':
      case 'disk-slow':
      case 'task':
        hosts.forEach((host, index) => this.surround(host, replicaNode(index)));
        return;
      case 'journal-slow':
      case 'journal-cut':
      case 'journal-full':
        for (const [node, host] of primaries) {
          host.suffer(world.now, this.journalTrouble(world.process(node).name));
        }
        return;
      case 'store-full':
        store.store.full = this.all('store-full').length > 0;
        return;
      case 'store-slow':
        store.slowBy = sum(this.all('store-slow'));
        return;
      case 'tie': {
        const last = this.all('tie').at(-1);
        return world.queue.prefer(last?.prefer ?? 'first', last?.grain ?? 1);
      }
    }
  }

  private surround({ surroundings }: ReplicaHost, node: NodeId): void {
    const { name } = this.targets.world.process(node);
    const isHere = ({ target }: Fault): boolean => target === name || target === '*';
    surroundings.diskFull = this.all('disk-full').some(isHere);
    surroundings.diskSlowness = this.all('disk-slow')
      .filter(isHere)
      .reduce((most, { factor }) => Math.max(most, factor), 1);
    surroundings.taskFaults = this.all('task').filter(isHere);
  }

  private journalTrouble(name: string): JournalTrouble {
    const isHere = ({ target }: Fault): boolean => target === name || target === 'journal';
    return {
      by: sum(this.all('journal-slow').filter(isHere)),
      cut: this.all('journal-cut').some(isHere),
      full: this.all('journal-full').some(isHere),
    };
  }
}

function sum(faults: readonly { readonly by: Microseconds }[]): Microseconds {
  return faults.reduce((total, { by }) => total + by, 0);
}
