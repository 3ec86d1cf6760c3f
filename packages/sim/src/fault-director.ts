/** Makes faults happen: turns records into events of the world, strikes, and ends what lasts. */
import type { Microseconds } from '@lisping/core';
import { CLIENT, nodeOfName, replicaIndex } from './address.ts';
import type { ClientHost } from './client-host.ts';
import { ClockSkew } from './clock-skew.ts';
import type {
  ClockFault,
  CrashAtWriteFault,
  CrashFault,
  DiskAfterCrash,
  Fault,
  FaultKind,
} from './fault.ts';
import { LastingFaults } from './lasting-faults.ts';
import type { LastingTargets } from './lasting-faults.ts';
import { directionsOf } from './link-target.ts';
import type { LinkFault } from './network.ts';
import type { Process } from './process.ts';
import { EVENT } from './queue.ts';
import type { ReplicaHost } from './replica-host.ts';
import { WriteTrap } from './write-trap.ts';

export interface FaultTargets extends LastingTargets {
  readonly replicas: number;
  readonly client: ClientHost;
}

/** Kinds that strike only who is up. */
const OF_THE_LIVING: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'crash',
  'pause',
  'slow',
  'damage',
  'cancel',
]);

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
  readonly inForce: LastingFaults;
  /** Waiting for a write, and not sprung yet. */
  readonly traps: Map<CrashAtWriteFault, WriteTrap> = new Map();
  /** When those that were sprung are over. */
  private readonly backAt = new Map<Fault, Microseconds>();
  /** The names of those that crashed without being started again. */
  private readonly gone = new Set<string>();

  constructor(targets: FaultTargets) {
    this.targets = targets;
    this.inForce = new LastingFaults(targets);
  }

  /** Puts the schedule into the queue. */
  plan(faults: readonly Fault[]): void {
    const { queue } = this.targets.world;
    this.pending = faults.length;
    for (const fault of faults) {
      queue.add(fault.at, EVENT.fault, this.nodeOf(fault)).fault = fault;
      const until = 'until' in fault ? fault.until : null;
      if (until !== null) queue.add(until, EVENT.repair, this.nodeOf(fault)).fault = fault;
      const down = fault.kind === 'crash-at-write' ? (fault.down ?? 0) : 0;
      this.healTime = Math.max(this.healTime, fault.at, (until ?? 0) + down);
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
    if (fault.kind === 'crash-at-write') return this.arm(fault);
    if (!this.strikes(fault)) {
      this.missed++;
      return;
    }
    this.inForce.add(fault);
    this.tell(fault);
    this.apply(fault);
  }

  private tell(fault: Fault): void {
    const { world } = this.targets;
    this.applied.set(fault.kind, (this.applied.get(fault.kind) ?? 0) + 1);
    for (const observer of world.watch.faultApplied) observer.faultApplied(world.now, fault);
  }

  /** A fault whose target is not there, or is down already, strikes nothing. */
  private strikes(fault: Fault): boolean {
    if (fault.kind === 'successor') return !this.process(fault).up;
    return !OF_THE_LIVING.has(fault.kind) || this.process(fault).up;
  }

  private apply(fault: Fault): void {
    const { world } = this.targets;
    switch (fault.kind) {
      case 'crash':
        return this.crash(fault);
      case 'crash-at-write':
        return;
      case 'pause':
        return world.pause(this.process(fault));
      case 'slow':
        return this.hostOf(fault)?.changeSpeed(world.now, this.process(fault), fault.factor);
      case 'clock':
        return this.jump(fault);
      case 'cut':
      case 'loss':
      case 'duplication':
      case 'delay':
      case 'reorder':
      case 'hold':
        return this.impose(fault);
      case 'successor':
        return world.start(this.process(fault));
      case 'damage':
        return this.hostOf(fault)?.disk.damage(fault.partition);
      case 'cancel':
        return this.cancel();
      case 'disk-full':
      case 'disk-slow':
      case 'journal-slow':
      case 'journal-cut':
      case 'journal-full':
      case 'store-full':
      case 'store-slow':
      case 'tie':
      case 'task':
        return this.inForce.refresh(fault);
    }
  }

  // ------------------------------------------------------------------ crashes

  private crash({ target, disk, until }: CrashFault): void {
    const process = this.named(target);
    if (process === null) return;
    this.kill(process, disk, until === null);
    if (disk === 'wiped') this.targets.hosts[replicaIndex(process.node)]?.wipe();
  }

  private kill(process: Process, disk: DiskAfterCrash, forGood: boolean): void {
    process.lossOnCrash = disk;
    this.targets.world.stop(process, 'crashed');
    process.lossOnCrash = 'kept';
    if (forGood) this.gone.add(process.name);
  }

  private arm(fault: CrashAtWriteFault): void {
    this.traps.set(fault, new WriteTrap(fault, () => this.spring(fault)));
    this.setTraps(fault.target);
  }

  private spring(fault: CrashAtWriteFault): void {
    const { world } = this.targets;
    const process = this.process(fault);
    this.disarm(fault);
    if (!process.up) return void this.missed++;
    this.inForce.add(fault);
    this.tell(fault);
    this.kill(process, 'kept', fault.down === null);
    const back = fault.down === null ? Number.POSITIVE_INFINITY : world.now + fault.down;
    this.backAt.set(fault, back);
    if (fault.down !== null) world.queue.add(back, EVENT.repair, process.node).fault = fault;
  }

  /** False when it was sprung before, or never armed. */
  private disarm(fault: CrashAtWriteFault): boolean {
    if (!this.traps.delete(fault)) return false;
    this.setTraps(fault.target);
    return true;
  }

  private setTraps(target: string): void {
    const traps = [...this.traps.values()].filter(({ fault }) => fault.target === target);
    const node = nodeOfName(target, this.targets.replicas);
    if (node === null) return;
    const primary = this.targets.primaries.get(node);
    const replica = this.targets.hosts[replicaIndex(node)];
    if (primary !== undefined) primary.traps = traps;
    else if (replica !== undefined) replica.surroundings.traps = traps;
  }

  // ------------------------------------------------------------------ links, clocks, users

  private impose(fault: LinkFault): void {
    const { world, replicas } = this.targets;
    for (const { from, to } of directionsOf(fault.target, replicas) ?? []) {
      world.network.impose(fault, from, to);
    }
  }

  private jump(fault: ClockFault): void {
    const { now } = this.targets.world;
    const process = this.process(fault);
    process.skew ??= new ClockSkew();
    process.skew.jump(now, fault.offset, fault.drift);
  }

  private cancel(): void {
    const { world, client } = this.targets;
    const process = world.process(CLIENT);
    client.cancel(process.clock(world.now));
    if (process.machine !== null) world.drain(process, process.machine);
  }

  // ------------------------------------------------------------------ ends

  /** Its time is over, or the world heals. Only what did strike ends. */
  end(fault: Fault, heals = false): void {
    if (fault.kind === 'crash-at-write') {
      if (this.disarm(fault)) this.missed++;
      // It was armed until now, and is away for longer.
      if (!heals && this.targets.world.now < (this.backAt.get(fault) ?? 0)) return;
    }
    if (!this.inForce.delete(fault)) return;
    const { world } = this.targets;
    for (const observer of world.watch.faultEnded) observer.faultEnded(world.now, fault);
    switch (fault.kind) {
      case 'crash':
        return fault.until === null ? undefined : this.restart(fault);
      case 'crash-at-write':
        return fault.down === null ? undefined : this.restart(fault);
      case 'pause':
        if (!this.inForce.lasts('pause', fault.target)) world.resume(this.process(fault));
        return;
      case 'slow':
        if (this.inForce.lasts('slow', fault.target)) return;
        return this.hostOf(fault)?.changeSpeed(world.now, this.process(fault), 1);
      case 'clock':
        return this.steady(fault);
      case 'cut':
      case 'loss':
      case 'duplication':
      case 'delay':
      case 'reorder':
      case 'hold':
        return world.release(world.network.lift(fault));
      case 'disk-full':
      case 'disk-slow':
      case 'journal-slow':
      case 'journal-cut':
      case 'journal-full':
      case 'store-full':
      case 'store-slow':
      case 'tie':
      case 'task':
        return this.inForce.refresh(fault);
      case 'successor':
      case 'damage':
      case 'cancel':
        return;
    }
  }

  private restart(fault: Fault): void {
    const process = this.process(fault);
    if (!process.up) this.targets.world.start(process);
  }

  /** Its clock goes on from where it is, as another fault that still lasts says or as it should. */
  private steady({ target }: ClockFault): void {
    const { world } = this.targets;
    const process = this.named(target);
    const other = this.inForce.all('clock').findLast((fault) => fault.target === target);
    process?.skew?.run(world.now, other?.drift ?? 0);
  }

  /** Everything ends, except that who stays away for good stays away. */
  healAll(): void {
    for (const fault of this.traps.keys()) this.end(fault, true);
    // Either may lose elements while it is walked.
    for (const fault of this.inForce) this.end(fault, true);
  }

  /** Whether a crash without end was meant for it. */
  isMeantToStayAway({ name }: Process): boolean {
    return this.gone.has(name);
  }

  // ------------------------------------------------------------------ targets

  private nodeOf({ target }: Fault): number {
    return nodeOfName(target, this.targets.replicas) ?? CLIENT;
  }

  private named(target: string): Process | null {
    const node = nodeOfName(target, this.targets.replicas);
    return node === null ? null : this.targets.world.process(node);
  }

  private process(fault: Fault): Process {
    return this.targets.world.process(this.nodeOf(fault));
  }

  private hostOf({ target }: Fault): ReplicaHost | undefined {
    const node = nodeOfName(target, this.targets.replicas);
    return node === null ? undefined : this.targets.hosts[replicaIndex(node)];
  }
}
