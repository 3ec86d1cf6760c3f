/**
 * What faults strike in a cluster of our own: replicas, primaries, their journal, the output store,
 * the client. Of the faults that add up (disks, journal, store, user code) it works out what those in
 * force make together.
 */
import type { Microseconds, NodeId } from '@lisping/core';
import { CLIENT, nodeOfName, replicaIndex, replicaNode } from './address.ts';
import type { ClientHost } from './client-host.ts';
import type { AddingKind, FaultTargets } from './fault-director.ts';
import type { Fault } from './fault.ts';
import type { LastingFaults } from './lasting-faults.ts';
import type { JournalTrouble, PrimaryHost } from './primary-host.ts';
import type { Process } from './process.ts';
import type { ReplicaHost } from './replica-host.ts';
import type { StoreNode } from './store-node.ts';
import type { Work } from './work.ts';
import type { World } from './world.ts';
import type { WriteTrap } from './write-trap.ts';

interface Members {
  readonly world: World;
  readonly replicas: number;
  readonly hosts: readonly ReplicaHost[];
  /** By node. */
  readonly primaries: ReadonlyMap<number, PrimaryHost>;
  readonly store: StoreNode;
  readonly client: ClientHost;
  readonly work: Work;
}

export class ClusterTargets implements FaultTargets {
  readonly world: World;
  private readonly members: Members;

  constructor(members: Members) {
    this.members = members;
    this.world = members.world;
  }

  nodeOf(name: string): NodeId | null {
    return nodeOfName(name, this.members.replicas);
  }

  wipe({ node }: Process): void {
    this.replicaAt(node)?.wipe();
  }

  changeSpeed(process: Process, factor: number): void {
    this.replicaAt(process.node)?.changeSpeed(this.world.now, process, factor);
  }

  damage({ node }: Process, partition: number): void {
    this.replicaAt(node)?.disk.damage(partition);
  }

  hasTask(name: string): boolean {
    const { work } = this.members;
    if (name === '*') return true;
    const [kind, number] = name.split('-');
    return work.jobs.some(({ spec }) => {
      const { splits, reduces } = work.plan(spec);
      return Number(number) < (kind === 'map' ? splits.length : reduces);
    });
  }

  setTraps({ node }: Process, traps: readonly WriteTrap[]): void {
    const primary = this.members.primaries.get(node);
    const replica = this.replicaAt(node);
    if (primary !== undefined) primary.traps = traps;
    else if (replica !== undefined) replica.surroundings.traps = traps;
  }

  cancel(job?: number): void {
    const { world } = this;
    const process = world.process(CLIENT);
    this.members.client.cancel(process.clock(world.now), job);
    if (process.machine !== null) world.drain(process, process.machine);
  }

  refresh(kind: AddingKind, inForce: LastingFaults): void {
    const { store, hosts, primaries } = this.members;
    switch (kind) {
      case 'disk-full':
      case 'disk-slow':
      case 'task':
        hosts.forEach((host, index) => this.surround(host, replicaNode(index), inForce));
        return;
      case 'journal-slow':
      case 'journal-cut':
      case 'journal-full':
        for (const [node, host] of primaries) {
          const { name } = this.world.process(node);
          host.suffer(this.world.now, journalTrouble(name, inForce));
        }
        return;
      case 'store-full':
        store.store.full = inForce.all('store-full').length > 0;
        return;
      case 'store-slow':
        store.slowBy = sum(inForce.all('store-slow'));
        return;
    }
  }

  private surround({ surroundings }: ReplicaHost, node: NodeId, inForce: LastingFaults): void {
    const { name } = this.world.process(node);
    const isHere = ({ target }: Fault): boolean => target === name || target === '*';
    surroundings.diskFull = inForce.all('disk-full').some(isHere);
    surroundings.diskSlowness = slownessOfDisk(name, inForce);
    surroundings.taskFaults = inForce.all('task').filter(isHere);
  }

  private replicaAt(node: NodeId): ReplicaHost | undefined {
    return this.members.hosts[replicaIndex(node)];
  }
}

/** How many times longer than usual the disk of a node takes. */
export function slownessOfDisk(name: string, inForce: LastingFaults): number {
  return inForce
    .all('disk-slow')
    .filter(({ target }) => target === name)
    .reduce((most, { factor }) => Math.max(most, factor), 1);
}

function journalTrouble(name: string, inForce: LastingFaults): JournalTrouble {
  const isHere = ({ target }: Fault): boolean => target === name || target === 'journal';
  return {
    by: sum(inForce.all('journal-slow').filter(isHere)),
    cut: inForce.all('journal-cut').some(isHere),
    full: inForce.all('journal-full').some(isHere),
  };
}

function sum(faults: readonly { readonly by: Microseconds }[]): Microseconds {
  return faults.reduce((total, { by }) => total + by, 0);
}
