/**
 * What stands between a machine of somebody else's and the world: its disk, which outlives it, and the
 * translation of its effects.
 */
import { assert } from '@lisping/core';
import type { EffectId, Microseconds, NodeId } from '@lisping/core';
import { mixKey, textKey } from '../draws.ts';
import type { Draws } from '../draws.ts';
import type { DiskAfterCrash } from '../fault.ts';
import { Operation } from '../operation.ts';
import type { Host, Process } from '../process.ts';
import type { MachineOf } from '../protocol.ts';
import type { World } from '../world.ts';
import { trapOf } from '../write-trap.ts';
import type { WriteTrap } from '../write-trap.ts';
import type { Foreign, ForeignEffect, ForeignRequest, Names } from './foreign.ts';
import type { Boot, Machine, MachineAnswer, MachinePlace } from './machine.ts';
import { copied } from './plain.ts';

/** How long something local takes: at least `base`, and less than `jitter` longer. */
export interface Taking {
  readonly base: Microseconds;
  readonly jitter: Microseconds;
}

interface Surroundings {
  readonly world: World<Foreign>;
  readonly names: Names;
  readonly disk: Taking;
  /** Draws for how long steps take, for what a crash leaves, and for machines themselves. */
  readonly steps: Draws;
  readonly crashes: Draws;
  readonly own: Draws;
  /** Hears what the node shows. */
  shown(node: string, value: unknown): void;
  /** A disk has changed. */
  stored(): void;
}

type Asking = Operation<Foreign>;
type Write = Extract<ForeignRequest, { readonly kind: 'write' }>;

export class MachineHost implements Host<Foreign> {
  readonly disk: Map<string, unknown> = new Map();
  diskFull = false;
  /** How many times longer than usual the disk takes. */
  diskSlowness = 1;
  traps: readonly WriteTrap[] = [];
  /** The machine of this life; null while there is none. */
  machine: Machine | null = null;
  private readonly around: Surroundings;
  private readonly makes: Boot;
  /** Writes under way, in the order of asking, with the trap that each of them springs. */
  private readonly writes = new Map<Asking, WriteTrap | null>();
  private busyUntil: Microseconds = 0;

  constructor(around: Surroundings, makes: Boot) {
    this.around = around;
    this.makes = makes;
  }

  boot(process: Process<Foreign>): MachineOf<Foreign> {
    const machine = this.makes(this.placeOf(process));
    this.machine = machine;
    return new Translated(machine, this.around.names);
  }

  private placeOf({ name, node, life }: Process<Foreign>): MachinePlace {
    let drawn = 0;
    const key = mixKey(mixKey(textKey(name), node), life);
    return {
      name,
      life,
      disk: copied(this.disk),
      random: (limit) => this.around.own.below(limit, mixKey(key, drawn++)),
    };
  }

  perform(now: Microseconds, process: Process<Foreign>, effect: ForeignEffect): void {
    switch (effect.kind) {
      case 'output':
        return this.around.shown(process.name, effect.value);
      case 'write':
        return this.write(now, process, effect);
      case 'read':
        return this.useDisk(now, this.begin(now, process, effect, false));
      case 'work': {
        const asking = this.begin(now, process, effect, false);
        return this.around.world.doLocally(asking, now + effect.takes * process.slowness);
      }
      case 'send':
      case 'set-timer':
      case 'cancel-timer':
        assert(false, `the world itself does ${effect.kind}`);
    }
  }

  private begin(
    now: Microseconds,
    process: Process<Foreign>,
    request: ForeignRequest,
    onDisk: boolean,
  ): Asking {
    const name = mixKey(textKey(request.kind), process.life);
    const key = mixKey(name, this.around.world.occurrence(name, process.node));
    return new Operation<Foreign>(request, process, mixKey(key, process.node), now, onDisk);
  }

  private write(now: Microseconds, process: Process<Foreign>, effect: Write): void {
    const asking = this.begin(now, process, effect, true);
    const trap = this.traps.length === 0 ? null : trapOf(this.traps);
    if (trap?.fault.when === 'before') return trap.spring();
    this.writes.set(asking, trap);
    this.useDisk(now, asking);
  }

  private useDisk(now: Microseconds, asking: Asking): void {
    const { disk, steps, world } = this.around;
    const took = (disk.base + steps.below(disk.jitter, asking.key)) * this.diskSlowness;
    this.busyUntil = Math.max(now, this.busyUntil) + took;
    world.doLocally(asking, this.busyUntil);
  }

  finish(_now: Microseconds, asking: Asking): void {
    const { request } = asking;
    switch (request.kind) {
      case 'work':
        asking.result = { kind: 'worked' };
        return;
      case 'read':
        asking.result = { kind: 'read', value: copied(this.disk.get(request.key)) };
        return;
      case 'write':
        return this.endWrite(asking, request);
    }
  }

  private endWrite(asking: Asking, request: Write): void {
    const trap = this.writes.get(asking) ?? null;
    this.writes.delete(asking);
    asking.result = { kind: this.diskFull ? 'no-room' : 'written' };
    if (!this.diskFull) this.keep(request, this.countAfter(asking, request, trap?.fault.when));
    trap?.spring();
  }

  /** How many of its values a write that ends, or that a crash ends, has left on the disk. */
  private countAfter(
    asking: Asking,
    { values }: Write,
    end: 'before' | 'after' | DiskAfterCrash = 'after',
  ): number {
    const all = Object.keys(values).length;
    const { crashes } = this.around;
    switch (end) {
      case 'after':
        return all;
      case 'before':
      case 'unsynced-lost':
      case 'wiped':
        return 0;
      case 'torn':
        return crashes.between(0, Math.max(0, all - 1), asking.key);
      case 'kept':
        return crashes.between(0, all, asking.key);
    }
  }

  private keep({ values }: Write, count: number): void {
    for (const [key, value] of Object.entries(values).slice(0, count)) this.disk.set(key, value);
    if (count > 0) this.around.stored();
  }

  /** What was being written is there, or not, or in part: that is settled before the next life. */
  died(_now: Microseconds, { lossOnCrash }: Process<Foreign>): void {
    this.machine = null;
    this.busyUntil = 0;
    for (const asking of this.writes.keys()) {
      asking.open = false;
      asking.applied = true;
      const { request } = asking;
      assert(request.kind === 'write', 'only writes are kept');
      if (!this.diskFull) this.keep(request, this.countAfter(asking, request, lossOnCrash));
    }
    this.writes.clear();
  }

  serve(): void {
    assert(false, 'machines answer by messages');
  }

  answered(): void {
    assert(false, 'machines are answered by messages');
  }

  timedOut(): void {
    assert(false, 'the time-outs of machines are their timers');
  }
}

/** A machine as the world calls it. */
class Translated implements MachineOf<Foreign> {
  readonly effects: ForeignEffect[] = [];
  private readonly machine: Machine;
  private readonly names: Names;

  constructor(machine: Machine, names: Names) {
    this.machine = machine;
    this.names = names;
  }

  start(now: Microseconds): void {
    this.machine.start?.(now);
    this.take();
  }

  receive(now: Microseconds, from: NodeId, parcel: Foreign['message']): void {
    // A doubled packet is two packets, and neither is the observer's.
    this.machine.receive?.(now, this.names.nameOf(from), copied(parcel.message));
    this.take();
  }

  timer(now: Microseconds, timer: number): void {
    this.machine.timer?.(now, this.names.timerName(timer));
    this.take();
  }

  completed(now: Microseconds, effect: EffectId, answer: MachineAnswer): void {
    this.machine.completed?.(now, effect, answer);
    this.take();
  }

  private take(): void {
    const { effects } = this.machine;
    for (const effect of effects) this.effects.push(this.names.translated(effect));
    effects.length = 0;
  }
}
