/**
 * One schedule: a world is built, faults strike, everything heals, and the job must end within its
 * bound. What comes out is a function of the seed and the list of faults.
 */
import { assert } from '@lisping/core';
import type {
  JobId,
  JobProgress,
  Microseconds,
  NodeId,
  Primary,
  ScoreboardEntry,
  TellUser,
  Timing,
} from '@lisping/core';
import { CLIENT, nodeCount, PRIMARY, replicaNode, STORE, SUCCESSOR } from './address.ts';
import { convergenceBound, journalOpening, makespanOf, recoveryDelay } from './bound.ts';
import type { WorkLeft } from './bound.ts';
import { ClientHost } from './client-host.ts';
import { Draws, mixKey } from './draws.ts';
import { ClusterTargets } from './cluster-targets.ts';
import { FaultDirector } from './fault-director.ts';
import type { Fault, FaultKind } from './fault.ts';
import { longestDuration } from './host-context.ts';
import type { Audience, HostContext } from './host-context.ts';
import { Journal } from './journal.ts';
import { Network } from './network.ts';
import type { Observer, ProcessView, ReplicaView, WorldView } from './observe.ts';
import { PrimaryHost } from './primary-host.ts';
import { Process } from './process.ts';
import { EVENT } from './queue.ts';
import type { QueuedEvent } from './queue.ts';
import { ReplicaHost } from './replica-host.ts';
import type { WorldSetting } from './setting.ts';
import { StoreNode } from './store-node.ts';
import { Tally } from './tally.ts';
import { Watch } from './watch.ts';
import type { Work } from './work.ts';
import { World } from './world.ts';
import type { WriteTrap } from './write-trap.ts';
import type { Arena, Director } from './world.ts';

export interface ScheduleSetting {
  readonly work: Work;
  readonly replicas: number;
  readonly slots: number;
  readonly timing: Timing;
  readonly world: WorldSetting;
  readonly seed: string;
  readonly faults: readonly Fault[];
  readonly arena: Arena;
  /** No schedule has more events than this. */
  readonly eventLimit: number;
  /** The world heals no sooner than this, whenever the last fault ends. */
  readonly healNotBefore?: Microseconds;
}

/** What the user was told of a job, and when. */
export interface Told {
  readonly told: TellUser;
  readonly at: Microseconds;
}

export interface ScheduleOutcome {
  /** `stuck`: the job did not end within the bound. `stopped`: somebody had seen enough. */
  readonly end: 'converged' | 'stuck' | 'stopped';
  /** What the user was told first, and when; null when nothing was. */
  readonly told: TellUser | null;
  readonly toldAt: Microseconds;
  /** What was told first of each job. */
  readonly ends: ReadonlyMap<JobId, Told>;
  readonly now: Microseconds;
  readonly events: number;
  readonly hash: string;
  /** What a machine threw, if one did. */
  readonly thrown: unknown;
  readonly applied: ReadonlyMap<FaultKind, number>;
  /** Faults that found nothing to strike. */
  readonly missed: number;
  /** Nodes that were to stay away, and were started for the job to be able to end. */
  readonly broughtBack: number;
  readonly tally: Tally;
  /** Who waits for what, when the job did not end. */
  readonly missing: string;
}

/** How often a finished world is looked at to see whether anything is left. */
const LOOK_AGAIN: Microseconds = 100_000;
/**
 * Faults that come so long after the end of the job strike nothing. An idle cluster has events too,
 * and a run up to a fault in a few days would end at the limit of events.
 */
const AFTERLIFE: Microseconds = 600_000_000;

export class Schedule implements Director, Audience, WorldView {
  readonly timing: Timing;
  readonly replicas: number;
  readonly slots: number;
  readonly journal: Journal = new Journal();
  readonly world: World;
  private readonly setting: ScheduleSetting;
  private readonly context: HostContext;
  private readonly tally = new Tally();
  private readonly storeNode: StoreNode;
  private readonly clientHost: ClientHost;
  private readonly replicaHosts: ReplicaHost[] = [];
  private readonly primaryHosts = new Map<number, PrimaryHost>();
  private readonly faults: FaultDirector;
  private readonly ends = new Map<JobId, Told>();
  private toldAt: Microseconds = 0;
  private end: ScheduleOutcome['end'] = 'stopped';
  private healedAt: Microseconds = 0;
  private allowed: Microseconds | null = null;
  private broughtBack = 0;

  constructor(setting: ScheduleSetting) {
    this.setting = setting;
    const { timing, replicas, slots, seed, work } = setting;
    this.timing = timing;
    this.replicas = replicas;
    this.slots = slots;
    const network = new Network(seed, setting.world.network);
    this.world = new World(setting.arena, network);
    this.world.director = this;
    this.world.queue.expect([timing.heartbeat, timing.tick, setting.world.fetchPatience]);
    this.context = {
      world: this.world,
      audience: this,
      setting: setting.world,
      timing,
      work,
      steps: new Draws(seed, 'steps'),
      crashes: new Draws(seed, 'crashes'),
      tally: this.tally,
      effects: [],
    };
    const { context } = this;
    this.storeNode = new StoreNode(context);
    this.clientHost = new ClientHost(context);
    this.people(context);
    this.faults = new FaultDirector(
      new ClusterTargets({
        world: this.world,
        replicas,
        hosts: this.replicaHosts,
        primaries: this.primaryHosts,
        store: this.storeNode,
        client: this.clientHost,
        work,
      }),
    );
    this.arrive(new Draws(seed, 'arrivals'));
  }

  private people(context: HostContext): void {
    const { slots } = this.setting;
    const { processes } = this.world;
    processes.push(new Process(CLIENT, this.clientHost));
    processes.push(new Process(STORE, this.storeNode));
    for (const node of [PRIMARY, SUCCESSOR]) {
      const host = new PrimaryHost(context, this.journal);
      this.primaryHosts.set(node, host);
      processes.push(new Process(node, host));
    }
    for (let index = 0; index < this.replicas; index++) {
      const host = new ReplicaHost(context, { slots });
      this.replicaHosts.push(host);
      processes.push(new Process(replicaNode(index), host));
    }
  }

  /** Who is started when: the primary is up before anybody looks for it. */
  private arrive(draws: Draws): void {
    const { queue } = this.world;
    const { primaryFirst, arrival } = this.setting.world;
    queue.add(0, EVENT.start, STORE);
    queue.add(0, EVENT.start, PRIMARY);
    const firstStarts = new Map<NodeId, Microseconds>([[CLIENT, primaryFirst]]);
    for (let index = 0; index < this.replicas; index++) {
      firstStarts.set(replicaNode(index), primaryFirst + draws.below(arrival, mixKey(1, index)));
    }
    for (const [node, at] of firstStarts) queue.add(at, EVENT.start, node);
    for (const { after } of this.setting.work.jobs) {
      if (after > 0) queue.add(primaryFirst + after, EVENT.submit, CLIENT);
    }
    this.faults.plan(this.setting.faults, firstStarts);
    // Nothing can be judged before everybody has arrived.
    const { healNotBefore = 0 } = this.setting;
    const healTime = Math.max(this.faults.healTime, primaryFirst + arrival, healNotBefore);
    queue.add(healTime, EVENT.heal, CLIENT);
  }

  /** Runs it. `observers` may be made with this schedule as their view. */
  run(observers: readonly Observer[]): ScheduleOutcome {
    const { world } = this;
    world.watch = new Watch(observers);
    for (const observer of world.watch.begin) observer.begin(this);
    world.run(this.setting.eventLimit);
    if (!world.stopped) this.end = 'stuck';
    const { end } = this;
    for (const observer of world.watch.end) observer.end(world.now, end);
    return {
      end,
      thrown: world.thrown,
      told: this.firstTold,
      toldAt: this.toldAt,
      ends: this.ends,
      now: world.now,
      events: world.events,
      hash: this.hash(),
      applied: this.faults.applied,
      missed: this.faults.missed,
      broughtBack: this.broughtBack,
      tally: this.tally,
      missing: end === 'stuck' ? this.missing() : '',
    };
  }

  /** The run so far, and what lies in the store at its end. */
  private hash(): string {
    const { hash } = this.world;
    for (const { parts, success } of this.store.outputs()) {
      hash.add(success ? 1 : 2);
      for (const [task, part] of parts) {
        hash.add(task);
        hash.addWide(part.content.checksum);
      }
    }
    return hash.toString();
  }

  // ------------------------------------------------------------------ the director

  strike(now: Microseconds, event: QueuedEvent): void {
    const { world } = this;
    switch (event.type) {
      case EVENT.start: {
        const process = world.process(event.node);
        if (!process.up) world.start(process);
        return;
      }
      case EVENT.fault:
      case EVENT.repair: {
        const { fault } = event;
        assert(fault !== null, 'a fault event carries its fault');
        if (event.type === EVENT.fault) return this.faults.strike(fault);
        return this.faults.end(fault);
      }
      case EVENT.submit:
        return this.submit(now);
      case EVENT.heal:
        return this.healed ? undefined : this.heal(now);
      default:
        return this.look(now);
    }
  }

  resigned(now: Microseconds, process: Process, reason: 'journal-failed' | 'superseded'): void {
    // A supervisor starts a primary again, unless another one has taken its place.
    if (reason === 'superseded' && this.primariesUp() > 0) return;
    this.world.queue.add(now + this.setting.world.supervisor, EVENT.start, process.node);
  }

  told(now: Microseconds, told: TellUser): void {
    if (this.ends.has(told.job)) return;
    this.ends.set(told.job, { told, at: now });
    this.toldAt = now;
    if (!this.allTold) return;
    if (this.healed) this.look(now);
    else this.world.queue.add(now + AFTERLIFE, EVENT.look, CLIENT);
  }

  private get firstTold(): TellUser | null {
    for (const { told } of this.ends.values()) return told;
    return null;
  }

  /** The user knows how every job ended. */
  private get allTold(): boolean {
    return this.ends.size === this.setting.work.jobs.length;
  }

  /** A client that is down submits when it is back, and one that stands still when it goes on. */
  private submit(now: Microseconds): void {
    const { world } = this;
    const process = world.process(CLIENT);
    if (process.machine === null) return;
    if (process.paused) return void world.queue.add(now + LOOK_AGAIN, EVENT.submit, CLIENT);
    this.clientHost.submitDue(process.clock(now), now);
    world.drain(process, process.machine);
  }

  private get healed(): boolean {
    return this.allowed !== null;
  }

  private primariesUp(): number {
    return [PRIMARY, SUCCESSOR].filter((node) => this.world.process(node).up).length;
  }

  private heal(now: Microseconds): void {
    const { world } = this;
    this.faults.healAll();
    const settled = this.journalsFreeAt();
    if (settled > now + journalOpening(this.setting.world)) {
      // What a slow journal was asked for takes as long as ever: until then not all is as it should be.
      return void world.queue.add(settled, EVENT.heal, CLIENT);
    }
    if (this.primariesUp() === 0) this.bringBack(PRIMARY);
    if (!world.process(CLIENT).up) this.bringBack(CLIENT);
    const anyReplica = this.replicaHosts.some((_, index) => world.process(replicaNode(index)).up);
    if (!anyReplica) this.bringBack(replicaNode(0));
    this.healedAt = now;
    this.allowed = this.bound();
    for (const observer of world.watch.healed) observer.healed(now, this.allowed);
    world.queue.add(now + this.allowed + 1, EVENT.look, CLIENT);
    if (this.allTold) this.look(now);
  }

  private journalsFreeAt(): Microseconds {
    let freeAt = 0;
    for (const host of this.primaryHosts.values()) freeAt = Math.max(freeAt, host.journalFreeAt);
    return freeAt;
  }

  /** Without a client, a primary and a replica no job could end, so a crash for good spares one of each. */
  private bringBack(node: NodeId): void {
    const process = this.world.process(node);
    if (this.faults.isMeantToStayAway(process)) this.broughtBack++;
    this.world.start(process);
  }

  /** Has it ended, is anything left, or has it taken too long? */
  private look(now: Microseconds): void {
    const { allowed, world } = this;
    if (world.stopped) return;
    if (allowed === null) {
      this.faults.giveUp();
      return this.heal(now);
    }
    if (!this.allTold) {
      if (now > this.healedAt + allowed) this.finish('stuck');
      return;
    }
    const cleanUp = recoveryDelay(this.timing, this.setting.world) + this.timing.storeDelayMax;
    const late = now > Math.max(this.toldAt, this.healedAt) + cleanUp;
    if (late || !this.anythingLeft()) return this.finish('converged');
    world.queue.add(now + LOOK_AGAIN, EVENT.look, CLIENT);
  }

  private finish(end: ScheduleOutcome['end']): void {
    this.end = end;
    this.world.stopped = true;
  }

  private anythingLeft(): boolean {
    if (this.storeNode.store.temporaries() > 0 || this.world.requestsUnderWay > 0) return true;
    if (this.store.outputs().some(({ job }) => this.isDisowned(job))) return true;
    return this.replicaHosts.some(
      (host, index) => host.leftovers > 0 && this.world.process(replicaNode(index)).up,
    );
  }

  /** A job that did not succeed leaves no output. */
  private isDisowned(job: JobId): boolean {
    return this.ends.get(job)?.told.status !== 'succeeded';
  }

  /** Ends the run: somebody has seen enough. */
  stop(): void {
    this.world.stopped = true;
  }

  // ------------------------------------------------------------------ what is left

  /** L1's bound from the moment of healing, as things stand now. */
  bound(): Microseconds {
    if (this.allowed !== null) return this.allowed;
    return convergenceBound(this.timing, this.setting.world, this.makespanLeft());
  }

  /** How long the rest takes at most when nothing fails any more. */
  private makespanLeft(): Microseconds {
    const { makespan, tasks = [], slots } = this.workLeft();
    if (makespan !== undefined) return makespan;
    const { map, reduce } = this.setting.world;
    const durations = (kind: 'map' | 'reduce'): Microseconds[] =>
      tasks
        .filter(({ attempt }) => attempt.kind === kind)
        .map(({ attempt, bytes }) =>
          longestDuration(this.context, kind === 'map' ? map : reduce, bytes, attempt),
        );
    return makespanOf(durations('map'), durations('reduce'), slots);
  }

  private workLeft(): WorkLeft {
    const up = this.replicaHosts.filter((_, index) => this.world.process(replicaNode(index)).up);
    return this.setting.work.left({
      held: ({ job }) => {
        const maps = new Set<number>();
        for (const { disk } of up) disk.addIntact(job, maps);
        return maps;
      },
      store: this.store,
      slots: up.length * this.slots,
      now: this.now,
    });
  }

  private missing(): string {
    const left = this.workLeft();
    const waiting = this.waitingWords();
    const primaries = [PRIMARY, SUCCESSOR]
      .map((node) => this.world.process(node))
      .filter((process) => process.up)
      .map((process) => process.name);
    return (
      `${waiting}; ${left.maps} map outputs and ${left.reduces} parts are missing, ` +
      `${left.slots} slots are up, primaries up: ${primaries.join(', ') || 'none'}`
    );
  }

  private waitingWords(): string {
    const { jobs } = this.setting.work;
    if (this.allTold) return 'something was left';
    if (jobs.length === 1) return 'the client was told nothing';
    return `the client was told of ${this.ends.size} of ${jobs.length} jobs`;
  }

  // ------------------------------------------------------------------ the whole state

  get faultsInForce(): Iterable<Fault> {
    return this.faults.inForce;
  }

  /** Crashes that wait for a write. */
  get traps(): Iterable<readonly [Fault, WriteTrap]> {
    return this.faults.traps;
  }

  /** By when the job must have ended; null while the faults go on. */
  get deadline(): Microseconds | null {
    return this.allowed === null ? null : this.healedAt + this.allowed;
  }

  get hasTold(): boolean {
    return this.allTold;
  }

  // ------------------------------------------------------------------ the view

  get now(): Microseconds {
    return this.world.now;
  }

  get store(): StoreNode['store'] {
    return this.storeNode.store;
  }

  process(node: NodeId): ProcessView {
    assert(node < nodeCount(this.replicas), 'the node is part of the world');
    return this.world.process(node);
  }

  progress(job: JobId): JobProgress | undefined {
    return this.clientHost.progress(job);
  }

  scoreboard(node: NodeId): readonly ScoreboardEntry[] {
    const { machine, host } = this.world.process(node);
    if (machine === null || !(host instanceof PrimaryHost)) return [];
    return (machine as Primary).scoreboard(); // what a PrimaryHost boots is a primary
  }

  replica(index: number): ReplicaView {
    const host = this.replicaHosts[index];
    assert(host !== undefined, 'the replica is part of the world');
    return host;
  }
}
