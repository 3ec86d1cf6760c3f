// The smallest world in which the real machines can run: a clock, a queue of what will happen, and
// constant delays. Nothing is random, and nothing happens that a transcript did not ask for.
import { assert } from '../../src/errors/assert.ts';
import { createClient } from '../../src/protocol/client/client.ts';
import type { Client } from '../../src/protocol/client/client.ts';
import { incarnation } from '../../src/protocol/index.ts';
import type {
  Effect,
  EffectId,
  Microseconds,
  NodeId,
  Result,
  Timing,
} from '../../src/protocol/index.ts';
import { createPrimary } from '../../src/protocol/primary/primary.ts';
import type { Primary } from '../../src/protocol/primary/primary.ts';
import { createReplica } from '../../src/protocol/replica/replica.ts';
import { Contents } from './contents.ts';
import { Disks } from './disk.ts';
import { Journal } from './journal.ts';
import { createLife } from './life.ts';
import type { Item, Life } from './life.ts';
import { CLIENT, PRIMARY, SUCCESSOR, formatTime, nodeName } from './names.ts';
import { Network } from './network.ts';
import { OutputStore } from './store.ts';
import { Tasks } from './tasks.ts';

/** Longer than any transcript: a condition that has not come by then will not come. */
const PATIENCE: Microseconds = 300_000_000;

/** A message of a transcript, or something that happened at one node. */
export interface Line {
  readonly at: Microseconds;
  readonly from: NodeId;
  readonly to: NodeId | null;
  readonly what: string;
}

/** What the world does about an effect; see effects.ts. */
export type Perform = (world: World, life: Life, effect: Effect) => void;

export class World {
  now: Microseconds = 0;
  /** Prints heartbeats and the like too. */
  verbose = false;
  /** The same for every node; a cluster may change it before it starts. */
  timing: Timing;
  /** Everything that happened so far, printed or not. */
  readonly lines: Line[] = [];
  /** How many of them have been printed or skipped. */
  printed = 0;
  readonly contents = new Contents();
  readonly journal = new Journal();
  readonly store = new OutputStore();
  readonly network = new Network();
  readonly disks = new Disks();
  readonly tasks = new Tasks();
  /** How many maps each submitted job has: the rest of its plan is the same for all. */
  readonly mapsOf = new Map<string, number>();
  /** The newest news of each job that was printed, so that only a change is printed again. */
  readonly newsShown = new Map<string, string>();
  /** The highest epoch that has reached the client. */
  heardByClient = 0;
  primary: Primary | null = null;
  client: Client | null = null;
  private readonly lives = new Map<NodeId, Life>();
  private readonly livesOf = new Map<NodeId, number>();
  private readonly slots = new Map<NodeId, number>();
  private queue: Item[] = [];
  private order = 0;
  private readonly perform: Perform;

  constructor(timing: Timing, perform: Perform) {
    this.timing = timing;
    this.perform = perform;
  }

  // ------------------------------------------------------------------ what is printed

  log(from: NodeId, to: NodeId | null, what: string): void {
    this.lines.push({ at: this.now, from, to, what });
  }

  /** Says something that only a patient reader wants to know. */
  mutter(from: NodeId, to: NodeId | null, what: string): void {
    if (this.verbose) this.log(from, to, what);
  }

  // ------------------------------------------------------------------ processes

  startPrimary(node: NodeId): void {
    const machine = createPrimary({ self: node, timing: this.timing });
    this.primary = machine;
    this.begin(node, machine, () => machine.epoch);
  }

  startClient(): void {
    const machine = createClient({
      self: CLIENT,
      primaries: [PRIMARY, SUCCESSOR],
      timing: this.timing,
    });
    this.client = machine;
    this.begin(CLIENT, machine, () => this.heardByClient);
  }

  /** The next life of a replica, with what its disk holds. */
  startReplica(node: NodeId, slots = this.slots.get(node) ?? 1): void {
    this.slots.set(node, slots);
    const machine = createReplica({
      self: node,
      incarnation: incarnation((this.livesOf.get(node) ?? 0) + 1),
      slots,
      primaries: [PRIMARY, SUCCESSOR],
      timing: this.timing,
      held: this.disks.held(node),
    });
    this.begin(node, machine, () => machine.epoch);
  }

  private begin(node: NodeId, machine: Life['machine'], epochOf: Life['epoch']): void {
    assert(this.lives.get(node)?.dead !== false, `${nodeName(node)} is running already`);
    const number = (this.livesOf.get(node) ?? 0) + 1;
    this.livesOf.set(node, number);
    const life = createLife({ node, number, machine, epoch: epochOf });
    this.lives.set(node, life);
    this.call(life, () => machine.start(this.now));
  }

  life(node: NodeId): Life {
    const life = this.lives.get(node);
    assert(life !== undefined, `${nodeName(node)} was never started`);
    return life;
  }

  findLife(node: NodeId): Life | undefined {
    return this.lives.get(node);
  }

  crash(node: NodeId): void {
    const life = this.life(node);
    life.dead = true;
    life.waiting = [];
    this.log(node, null, 'crashes');
  }

  pause(life: Life): void {
    life.paused = true;
    this.log(life.node, null, 'is paused');
  }

  /** Everything that should have happened meanwhile happens now, in the order it would have. */
  resume(life: Life): void {
    assert(life.paused, `${nodeName(life.node)} is not paused`);
    life.paused = false;
    life.barrier = null;
    this.log(life.node, null, 'wakes');
    for (const item of life.waiting.splice(0)) this.later(life, 0, item.action);
  }

  /** Calls into a machine, then does what it asked for. */
  call(life: Life, verb: () => void): void {
    verb();
    const { effects } = life.machine;
    for (const effect of effects.splice(0)) this.perform(this, life, effect);
  }

  complete(life: Life, after: Microseconds, effect: EffectId, result: Result): void {
    this.later(life, after, () =>
      this.call(life, () => life.machine.completed(this.now, effect, result)),
    );
  }

  // ------------------------------------------------------------------ time

  /** Something happens after a while; with a life, only if that life has not ended. */
  later(life: Life | null, after: Microseconds, action: () => void): void {
    this.queue.push({ at: this.now + after, order: this.order++, life, action });
  }

  /** The next thing happens, if there is one before `limit`. */
  private step(limit: Microseconds): boolean {
    let next: Item | undefined;
    for (const item of this.queue) {
      if (
        next === undefined ||
        item.at < next.at ||
        (item.at === next.at && item.order < next.order)
      )
        next = item;
    }
    if (next === undefined || next.at > limit) return false;
    this.queue = this.queue.filter((item) => item !== next);
    this.now = Math.max(this.now, next.at);
    if (next.life?.dead) return true;
    if (next.life?.paused) next.life.waiting.push(next);
    else next.action();
    return true;
  }

  run(duration: Microseconds): void {
    const limit = this.now + duration;
    while (this.step(limit));
    this.now = limit;
  }

  /** Runs until a line was printed that contains this text. */
  runUntil(text: string): void {
    let seen = this.lines.length;
    const limit = this.now + PATIENCE;
    for (;;) {
      for (; seen < this.lines.length; seen++) {
        const line = this.lines[seen];
        if (line !== undefined && contains(line, text)) return;
      }
      assert(this.step(limit), `nothing that is printed contains: ${text}`);
    }
  }
}

/** Columns are for the eye: a text is found whatever the space between its words. */
export function contains(line: Line, text: string): boolean {
  return formatLine(line).replaceAll(/ +/g, ' ').includes(text);
}

export function formatLine({ at, from, to, what }: Line): string {
  const way = to === null ? nodeName(from) : `${nodeName(from)} -> ${nodeName(to)}`;
  return `${formatTime(at)}  ${way.padEnd(23)}  ${what}`;
}
