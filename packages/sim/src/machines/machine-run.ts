/**
 * One schedule of a world of other people's machines: they start, faults strike, everything heals, and
 * what must hold is asked after every event. What comes out is a function of the seed and the list.
 */
import { assert } from '@lisping/core';
import type { Microseconds, NodeId } from '@lisping/core';
import { slownessOfDisk } from '../cluster-targets.ts';
import { Draws } from '../draws.ts';
import { FaultDirector } from '../fault-director.ts';
import type { AddingKind, FaultTargets } from '../fault-director.ts';
import type { Fault, FaultKind } from '../fault.ts';
import type { LastingFaults } from '../lasting-faults.ts';
import { Network } from '../network.ts';
import type { Observer } from '../observe.ts';
import { Process } from '../process.ts';
import { EVENT } from '../queue.ts';
import type { QueuedEvent } from '../queue.ts';
import { Watch } from '../watch.ts';
import { World } from '../world.ts';
import type { Director, Memory } from '../world.ts';
import type { WriteTrap } from '../write-trap.ts';
import { Names } from './foreign.ts';
import type { Foreign } from './foreign.ts';
import type { Boot, Machine, MachineOutput } from './machine.ts';
import { MachineHost } from './machine-host.ts';
import type { Taking } from './machine-host.ts';
import { digestOf } from './plain.ts';

/** What a check may look at. */
export interface View {
  readonly now: Microseconds;
  readonly machine: (name: string) => Machine | null;
  readonly disk: (name: string) => ReadonlyMap<string, unknown>;
  readonly outputs: readonly MachineOutput[];
}

/** True: it holds. False, or what is wrong: it does not. */
export type CheckOf<Of> = (world: Of) => boolean | string;
export type Checks<Of> = Readonly<Record<string, CheckOf<Of>>>;

export interface RunSetting {
  readonly nodes: Readonly<Record<string, Boot>>;
  readonly duration: Microseconds;
  readonly patience: Microseconds;
  readonly eventsMax: number;
  readonly network: Taking;
  readonly disk: Taking;
  readonly always: Checks<View>;
  readonly eventually: Checks<View>;
  readonly atEnd: Checks<View>;
}

/** What did not hold. */
export interface Broken {
  /** Its own name among the checks; `no machine throws` and `the run ends` are always checked. */
  readonly name: string;
  readonly detail: string;
  readonly at: Microseconds;
  /** It was to come to hold, and did not. */
  readonly isLate: boolean;
}

export interface MachineOutcome {
  readonly broken: Broken | null;
  readonly events: number;
  readonly now: Microseconds;
  readonly hash: string;
  readonly applied: ReadonlyMap<FaultKind, number>;
}

export class MachineRun implements Director<Foreign>, FaultTargets<Foreign> {
  readonly world: World<Foreign>;
  readonly names: Names;
  private readonly hosts: readonly MachineHost[];
  private readonly faults: FaultDirector<Foreign>;
  private readonly setting: RunSetting;
  private readonly outputs: MachineOutput[] = [];
  private readonly view: View;
  private broken: Broken | null = null;
  /** When everything had healed, and what was late had come. */
  private settledAt: Microseconds = Infinity;

  constructor(
    setting: RunSetting,
    memory: Memory<Foreign>,
    seed: string,
    faults: readonly Fault[],
  ) {
    this.setting = setting;
    const { base, jitter } = setting.network;
    const network = { latency: base, jitter, bytesPerMicrosecond: 1 };
    this.world = new World<Foreign>(memory, new Network<Foreign>(seed, network));
    this.world.director = this;
    this.names = new Names(Object.keys(setting.nodes));
    const around = {
      world: this.world,
      names: this.names,
      disk: setting.disk,
      steps: new Draws(seed, 'steps'),
      crashes: new Draws(seed, 'crashes'),
      own: new Draws(seed, 'machines'),
      shown: (node: string, value: unknown) => this.shown(node, value),
      stored: () => this.noticed(),
    };
    this.hosts = Object.values(setting.nodes).map((boot) => new MachineHost(around, boot));
    this.view = this.seen();
    this.faults = new FaultDirector<Foreign>(this);
    this.people();
    this.faults.plan(faults);
    const healTime = Math.max(this.faults.healTime, setting.duration);
    this.world.queue.add(healTime, EVENT.heal, 0);
  }

  private people(): void {
    for (const [node, host] of this.hosts.entries()) {
      // The cast puts the brand on the number that this world gives.
      const process = new Process<Foreign>(node as NodeId, host, this.names.nodes[node]);
      this.world.processes.push(process);
      this.world.queue.add(0, EVENT.start, node);
    }
  }

  run(observers: readonly Observer<Foreign>[]): MachineOutcome {
    const { world, setting } = this;
    const notice = (): void => this.noticed();
    const checking: Observer<Foreign> = {
      processStarted: notice,
      processStopped: notice,
      delivered: notice,
      timerFired: notice,
      completed: notice,
    };
    world.watch = new Watch<Foreign>([...observers, checking]);
    world.run(setting.eventsMax);
    if (world.thrown !== null) this.breaks('no machine throws', wordsOf(world.thrown));
    else if (!world.stopped) this.breaks('the run ends', `not after ${setting.eventsMax} events`);
    else if (this.broken === null) this.ask(setting.atEnd);
    const { broken } = this;
    const { events, now, hash } = world;
    return { broken, events, now, hash: hash.toString(), applied: this.faults.applied };
  }

  /** An object of functions, so that a check may take it apart. */
  private seen(): View {
    const { world, outputs } = this;
    return {
      get now() {
        return world.now;
      },
      machine: (name) => this.host(name).machine,
      disk: (name) => this.host(name).disk,
      outputs,
    };
  }

  private host(name: string): MachineHost {
    const host = this.hosts[this.names.nodeOf(name) ?? -1];
    if (host === undefined) throw new Error(`there is no node ${JSON.stringify(name)}`);
    return host;
  }

  // ------------------------------------------------------------------ the director

  strike(now: Microseconds, event: QueuedEvent<Foreign>): void {
    const { world } = this;
    switch (event.type) {
      case EVENT.start:
        return world.start(world.process(event.node));
      case EVENT.fault:
      case EVENT.repair: {
        const { fault } = event;
        assert(fault !== null, 'a fault event carries its fault');
        return event.type === EVENT.fault ? this.faults.strike(fault) : this.faults.end(fault);
      }
      case EVENT.heal:
        return this.heal(now);
      default:
        return this.look(now);
    }
  }

  private heal(now: Microseconds): void {
    const { world, setting } = this;
    this.faults.healAll();
    this.settledAt = now + setting.duration;
    for (const observer of world.watch.healed) observer.healed(now, setting.patience);
    // What is late arrives before the run ends, and an end is looked for at that moment.
    world.queue.add(now + setting.duration, EVENT.look, 0);
    world.queue.add(now + setting.duration + setting.patience, EVENT.look, 0);
  }

  private look(now: Microseconds): void {
    this.noticed();
    if (!this.world.stopped && now >= this.settledAt + this.setting.patience) this.giveUp();
  }

  /** It has taken too long: what is missing, and who is there to bring it about. */
  private giveUp(): void {
    for (const [name, check] of Object.entries(this.setting.eventually)) {
      const detail = this.problemOf(check);
      if (detail !== null) return this.breaks(name, detail === '' ? this.whoIsUp() : detail, true);
    }
  }

  private whoIsUp(): string {
    const up = this.world.processes.filter((process) => process.up).map(({ name }) => name);
    const after = this.setting.patience / 1_000_000;
    return `not ${after} s after everything healed; up: ${up.join(', ') || 'nobody'}`;
  }

  // ------------------------------------------------------------------ what must hold

  private shown(node: string, value: unknown): void {
    this.outputs.push({ at: this.world.now, node, value });
    this.world.hash.add(digestOf(value));
    this.noticed();
  }

  /** Something has happened: does everything hold still, and is everything there that was to come? */
  private noticed(): void {
    const { world, setting, settledAt } = this;
    if (world.stopped) return;
    this.ask(setting.always);
    if (this.broken !== null || world.now < settledAt) return;
    const isDone = Object.values(setting.eventually).every(
      (check) => this.problemOf(check) === null,
    );
    if (isDone) world.stopped = true;
  }

  private ask(checks: Checks<View>): void {
    for (const [name, check] of Object.entries(checks)) {
      const detail = this.problemOf(check);
      if (detail !== null) return this.breaks(name, detail);
    }
  }

  /** Null: it holds. */
  private problemOf(check: CheckOf<View>): string | null {
    try {
      const said = check(this.view);
      if (said === true) return null;
      return said === false ? '' : said;
    } catch (error) {
      return `the check itself throws: ${wordsOf(error)}`;
    }
  }

  private breaks(name: string, detail: string, isLate = false): void {
    this.broken ??= { name, detail, at: this.world.now, isLate };
    this.world.stopped = true;
  }

  // ------------------------------------------------------------------ the targets of faults

  nodeOf(name: string): NodeId | null {
    return this.names.nodeOf(name);
  }

  wipe({ name }: Process<Foreign>): void {
    this.host(name).disk.clear();
    this.noticed();
  }

  changeSpeed(process: Process<Foreign>, factor: number): void {
    process.slowness = factor;
  }

  setTraps({ name }: Process<Foreign>, traps: readonly WriteTrap[]): void {
    this.host(name).traps = traps;
  }

  refresh(_kind: AddingKind, inForce: LastingFaults): void {
    for (const [node, host] of this.hosts.entries()) {
      const name = this.names.nodes[node] ?? '';
      host.diskFull = inForce.all('disk-full').some(({ target }) => target === name);
      host.diskSlowness = slownessOfDisk(name, inForce);
    }
  }

  damage(): void {
    assert(false, 'machines of others hold no segments');
  }

  hasTask(): boolean {
    assert(false, 'machines of others have no tasks');
  }

  cancel(): void {
    assert(false, 'machines of others are told nothing by users');
  }
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
