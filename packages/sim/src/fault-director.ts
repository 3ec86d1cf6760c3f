/** Makes faults happen: turns records into events of the world, strikes, and ends what lasts. */
import type { Microseconds, NodeId } from '@lisping/core';
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
import { directionsOf } from './link-target.ts';
import type { LinkFault } from './network.ts';
import type { Process } from './process.ts';
import type { MapReduce, Protocol } from './protocol.ts';
import { EVENT } from './queue.ts';
import type { World } from './world.ts';
import { WriteTrap } from './write-trap.ts';

/** Kinds of which several in force at once add up to something. */
export type AddingKind = Extract<
  FaultKind,
  | 'disk-full'
  | 'disk-slow'
  | 'task'
  | 'journal-slow'
  | 'journal-cut'
  | 'journal-full'
  | 'store-full'
  | 'store-slow'
>;

/** What only the hosts of a world can do to themselves; links, lives and clocks are the world's. */
export interface FaultTargets<P extends Protocol = MapReduce> {
  readonly world: World<P>;
  /** The node of that name, or null when there is none. */
  nodeOf(name: string): NodeId | null;
  /** Everything on its disk is gone. */
  wipe(process: Process<P>): void;
  /** Its computing takes `factor` times as long as usual from now on. */
  changeSpeed(process: Process<P>, factor: number): void;
  /** Its next durable writes go through these traps. */
  setTraps(process: Process<P>, traps: readonly WriteTrap[]): void;
  /** Works out anew what all faults of the kind make of what they strike. */
  refresh(kind: AddingKind, inForce: LastingFaults): void;
  damage(process: Process<P>, partition: number): void;
  /** Whether any job has a task of that name; `*` stands for all. */
  hasTask(name: string): boolean;
  cancel(job?: number): void;
}

/** Kinds that strike only who is up. */
const OF_THE_LIVING: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'crash',
  'pause',
  'slow',
  'damage',
  'cancel',
]);

export class FaultDirector<P extends Protocol = MapReduce> {
  /** When the last of them has struck and the last that ends has ended. */
  healTime: Microseconds = 0;
  /** How many of each kind found something to strike. */
  readonly applied: Map<FaultKind, number> = new Map();
  /** How many found nothing. */
  missed = 0;
  /** How many are still to come. */
  private pending = 0;
  private readonly targets: FaultTargets<P>;
  /** In force now. */
  readonly inForce: LastingFaults = new LastingFaults();
  /** Waiting for a write, and not sprung yet. */
  readonly traps: Map<CrashAtWriteFault, WriteTrap> = new Map();
  /** When those that were sprung are over. */
  private readonly backAt = new Map<Fault, Microseconds>();
  /** The names of those that crashed without being started again. */
  private readonly gone = new Set<string>();

  constructor(targets: FaultTargets<P>) {
    this.targets = targets;
  }

  /**
   * Puts the schedule into the queue. `firstStarts` says when those come who are not there from the
   * beginning.
   */
  plan(faults: readonly Fault[], firstStarts: ReadonlyMap<number, Microseconds> = new Map()): void {
    const { queue } = this.targets.world;
    this.pending = faults.length;
    for (const fault of faults) {
      const node = this.nodeOf(fault);
      const until = 'until' in fault ? fault.until : null;
      const strikesAt = strikingTime(fault, firstStarts.get(node) ?? 0, until ?? Infinity);
      queue.add(strikesAt, EVENT.fault, node).fault = fault;
      if (until !== null) queue.add(until, EVENT.repair, node).fault = fault;
      const down = fault.kind === 'crash-at-write' ? (fault.down ?? 0) : 0;
      this.healTime = Math.max(this.healTime, strikesAt, (until ?? 0) + down);
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
    if (fault.kind === 'task') return this.targets.hasTask(fault.task);
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
        return this.targets.changeSpeed(this.process(fault), fault.factor);
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
        return this.targets.damage(this.process(fault), fault.partition);
      case 'cancel':
        return this.targets.cancel(fault.job);
      case 'disk-full':
      case 'disk-slow':
      case 'journal-slow':
      case 'journal-cut':
      case 'journal-full':
      case 'store-full':
      case 'store-slow':
      case 'task':
        return this.targets.refresh(fault.kind, this.inForce);
      case 'tie':
        return this.prefer();
    }
  }

  // ------------------------------------------------------------------ crashes

  private crash({ target, disk, until }: CrashFault): void {
    const process = this.named(target);
    if (process === null) return;
    this.kill(process, disk, until === null);
    if (disk === 'wiped') this.targets.wipe(process);
  }

  private kill(process: Process<P>, disk: DiskAfterCrash, forGood: boolean): void {
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
    const trap = this.traps.get(fault);
    if (trap === undefined) return false;
    trap.isArmed = false;
    this.traps.delete(fault);
    this.setTraps(fault.target);
    return true;
  }

  private setTraps(target: string): void {
    const traps = [...this.traps.values()].filter(({ fault }) => fault.target === target);
    const process = this.named(target);
    if (process !== null) this.targets.setTraps(process, traps);
  }

  // ------------------------------------------------------------------ links, clocks, users

  private impose(fault: LinkFault): void {
    const { world } = this.targets;
    const nodeOf = (name: string): NodeId | null => this.targets.nodeOf(name);
    for (const { from, to } of directionsOf(fault.target, nodeOf) ?? []) {
      world.network.impose(fault, from, to);
    }
  }

  private jump(fault: ClockFault): void {
    const { now } = this.targets.world;
    const process = this.process(fault);
    process.skew ??= new ClockSkew();
    process.skew.jump(now, fault.offset, fault.drift);
  }

  private prefer(): void {
    const last = this.inForce.all('tie').at(-1);
    this.targets.world.queue.prefer(last?.prefer ?? 'first', last?.grain ?? 1);
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
        return this.targets.changeSpeed(this.process(fault), 1);
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
      case 'task':
        return this.targets.refresh(fault.kind, this.inForce);
      case 'tie':
        return this.prefer();
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
  isMeantToStayAway({ name }: Process<P>): boolean {
    return this.gone.has(name);
  }

  // ------------------------------------------------------------------ targets

  private nodeOf({ target }: Fault): number {
    return this.targets.nodeOf(target) ?? 0;
  }

  private named(target: string): Process<P> | null {
    const node = this.targets.nodeOf(target);
    return node === null ? null : this.targets.world.process(node);
  }

  private process(fault: Fault): Process<P> {
    return this.targets.world.process(this.nodeOf(fault));
  }
}

/** Who is to be struck before its first start is struck as soon as it is there, unless it is over by then. */
function strikingTime(
  { at, kind }: Fault,
  firstStart: Microseconds,
  until: Microseconds,
): Microseconds {
  return OF_THE_LIVING.has(kind) && until > firstStart ? Math.max(at, firstStart) : at;
}
