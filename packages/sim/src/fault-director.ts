/** Makes faults happen: turns records into events of the world, strikes, and ends what lasts. */
import type { Microseconds } from '@lisping/core';
import { CLIENT, nodeOfName, replicaIndex, SUCCESSOR } from './address.ts';
import type { ClientHost } from './client-host.ts';
import type { CrashFault, Fault, FaultKind } from './fault.ts';
import { directionsOf } from './link-target.ts';
import type { LinkFault } from './network.ts';
import type { Process } from './process.ts';
import { EVENT } from './queue.ts';
import type { ReplicaHost } from './replica-host.ts';
import type { OutputStore } from './store.ts';
import type { World } from './world.ts';

export interface FaultTargets {
  readonly world: World;
  readonly replicas: number;
  readonly hosts: readonly ReplicaHost[];
  readonly store: OutputStore;
  readonly client: ClientHost;
}

export class FaultDirector {
  /** When the last of them has struck and the last that ends has ended. */
  healTime: Microseconds = 0;
  /** How many of each kind found something to strike. */
  readonly applied: Map<FaultKind, number> = new Map();
  /** How many found nothing. */
  missed = 0;
  /** How many are still to come. */
  private pending = 0;
  private readonly targets: FaultTargets;
  /** In force now. */
  private readonly inForce = new Set<Fault>();
  /** The names of those that crashed without being started again. */
  private readonly gone = new Set<string>();

  constructor(targets: FaultTargets) {
    this.targets = targets;
  }

  /** Puts the schedule into the queue. */
  plan(faults: readonly Fault[]): void {
    const { queue } = this.targets.world;
    this.pending = faults.length;
    for (const fault of faults) {
      queue.add(fault.at, EVENT.fault, this.nodeOf(fault)).fault = fault;
      const until = 'until' in fault ? fault.until : null;
      if (until !== null) queue.add(until, EVENT.repair, this.nodeOf(fault)).fault = fault;
      this.healTime = Math.max(this.healTime, fault.at, until ?? 0);
    }
  }

  /** Those that are still to come find nothing any more. */
  giveUp(): void {
    this.missed += this.pending;
    this.pending = 0;
  }

  strike(fault: Fault): void {
    if (this.pending === 0) return;
    this.pending--;
    if (!this.strikes(fault)) {
      this.missed++;
      return;
    }
    const { world } = this.targets;
    this.inForce.add(fault);
    this.applied.set(fault.kind, (this.applied.get(fault.kind) ?? 0) + 1);
    for (const observer of world.watch.faultApplied) observer.faultApplied(world.now, fault);
    this.apply(fault);
  }

  /** A fault whose target is not there, or is down already, strikes nothing. */
  private strikes(fault: Fault): boolean {
    switch (fault.kind) {
      case 'crash':
      case 'pause':
      case 'slow':
      case 'damage':
      case 'cancel':
        return this.process(fault).up;
      case 'successor':
        return !this.process(fault).up;
      case 'cut':
      case 'loss':
      case 'duplication':
      case 'delay':
      case 'store-full':
        return true;
    }
  }

  private apply(fault: Fault): void {
    const { world, store } = this.targets;
    switch (fault.kind) {
      case 'crash':
        return this.crash(fault);
      case 'pause':
        return world.pause(this.process(fault));
      case 'slow':
        return this.hostOf(fault)?.changeSpeed(world.now, this.process(fault), fault.factor);
      case 'cut':
      case 'loss':
      case 'duplication':
      case 'delay':
        return this.impose(fault);
      case 'successor':
        return world.start(this.process(fault));
      case 'damage':
        return this.hostOf(fault)?.disk.damage(fault.partition);
      case 'cancel':
        return this.cancel();
      case 'store-full':
        store.full = true;
        return;
    }
  }

  private crash(fault: CrashFault): void {
    const { world } = this.targets;
    world.stop(this.process(fault), 'crashed');
    if (fault.until === null) this.gone.add(fault.target);
    if (fault.disk === 'wiped') this.hostOf(fault)?.wipe();
  }

  private impose(fault: LinkFault): void {
    const { world, replicas } = this.targets;
    for (const { from, to } of directionsOf(fault.target, replicas) ?? []) {
      world.network.impose(fault, from, to);
    }
  }

  private cancel(): void {
    const { world, client } = this.targets;
    const process = world.process(CLIENT);
    client.cancel(process.clock(world.now));
    if (process.machine !== null) world.drain(process, process.machine);
  }

  /** Its time is over. Only what did strike ends. */
  end(fault: Fault): void {
    if (!this.inForce.delete(fault)) return;
    const { world, store } = this.targets;
    for (const observer of world.watch.faultEnded) observer.faultEnded(world.now, fault);
    switch (fault.kind) {
      case 'crash':
        if (fault.until !== null && !this.process(fault).up) world.start(this.process(fault));
        return;
      case 'pause':
        if (!this.lasts('pause', fault.target)) world.resume(this.process(fault));
        return;
      case 'slow':
        if (this.lasts('slow', fault.target)) return;
        return this.hostOf(fault)?.changeSpeed(world.now, this.process(fault), 1);
      case 'cut':
      case 'loss':
      case 'duplication':
      case 'delay':
        return world.network.lift(fault);
      case 'store-full':
        if (!this.lasts('store-full', fault.target)) store.full = false;
        return;
      case 'successor':
      case 'damage':
      case 'cancel':
        return;
    }
  }

  /** Another fault of the kind still holds the same target. */
  private lasts(kind: FaultKind, target: string): boolean {
    for (const other of this.inForce) {
      if (other.kind === kind && other.target === target) return true;
    }
    return false;
  }

  /** Everything ends, except that who stays away for good stays away. */
  healAll(): void {
    // A set may lose elements while it is walked.
    for (const fault of this.inForce) this.end(fault);
  }

  /** Whether a crash without end was meant for it. */
  isMeantToStayAway({ name }: Process): boolean {
    return this.gone.has(name);
  }

  private nodeOf({ target }: Fault): number {
    return nodeOfName(target, this.targets.replicas) ?? CLIENT;
  }

  private process(fault: Fault): Process {
    if (fault.kind === 'successor') return this.targets.world.process(SUCCESSOR);
    return this.targets.world.process(this.nodeOf(fault));
  }

  private hostOf({ target }: Fault): ReplicaHost | undefined {
    const node = nodeOfName(target, this.targets.replicas);
    return node === null ? undefined : this.targets.hosts[replicaIndex(node)];
  }
}
