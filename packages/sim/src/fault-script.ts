/**
 * Fault schedules for people: a script in verbs, which becomes the list of records that a simulation
 * takes. It has a clock of its own that `after` moves.
 */
import { LispingError } from '@lisping/core';
import type { Microseconds } from '@lisping/core';
import type { DiskAfterCrash, Fault } from './fault.ts';

/** Something that has begun and waits for its end. */
interface Open {
  readonly target: string;
  readonly close: (until: Microseconds | null) => Fault;
  readonly verb: 'crash' | 'hold' | 'partition';
}

/** A script of faults; begin one with {@link faultScript}. Every verb gives the script back. */
export class FaultScript {
  private now: Microseconds = 0;
  private readonly done: Fault[] = [];
  private open: Open[] = [];

  /** What follows happens so many microseconds later. */
  after(duration: Microseconds): this {
    this.now += duration;
    return this;
  }

  /** Nothing passes between two nodes, until {@link repair}. */
  partition(one: string, other: string): this {
    return this.begin('partition', `${one}<->${other}`, (at, target, until) => ({
      at,
      kind: 'cut',
      target,
      until,
    }));
  }

  /** Nothing passes from one node to another, until {@link repair}; the way back is as before. */
  partitionOneway(from: string, to: string): this {
    return this.begin('partition', `${from}->${to}`, (at, target, until) => ({
      at,
      kind: 'cut',
      target,
      until,
    }));
  }

  /** Ends what parts them. */
  repair(one: string, other: string): this {
    return this.end('partition', one, other);
  }

  /** What they send each other is kept back, until {@link release}. */
  hold(one: string, other: string): this {
    return this.begin('hold', `${one}<->${other}`, (at, target, until) => ({
      at,
      kind: 'hold',
      target,
      until,
    }));
  }

  /** What was kept back arrives now, in the order in which it was sent. */
  release(one: string, other: string): this {
    return this.end('hold', one, other);
  }

  /** The process dies, until {@link bounce}, or for good. */
  crash(node: string, disk: DiskAfterCrash = 'kept'): this {
    const at = this.now;
    this.open.push({
      verb: 'crash',
      target: node,
      close: (until) => ({ at, kind: 'crash', target: node, disk, until }),
    });
    return this;
  }

  /** Starts what has crashed; what runs dies and is started again at once. */
  bounce(node: string): this {
    const { now } = this;
    if (!this.isOpen('crash', node)) {
      this.done.push({ at: now, kind: 'crash', target: node, disk: 'kept', until: now + 1 });
      return this;
    }
    return this.close('crash', (target) => target === node);
  }

  /** The process stands still for so many microseconds. */
  pause(node: string, duration: Microseconds): this {
    const { now } = this;
    this.done.push({ at: now, kind: 'pause', target: node, until: now + duration });
    return this;
  }

  /** A replica takes `factor` times as long for everything, for so many microseconds. */
  slow(node: string, factor: number, duration: Microseconds): this {
    const { now } = this;
    this.done.push({ at: now, kind: 'slow', target: node, until: now + duration, factor });
    return this;
  }

  /**
   * The list, in order of time. What has crashed and was not bounced stays away; what is parted or
   * held and was not mended is mended now.
   */
  faults(): Fault[] {
    const left = this.open.map(({ verb, close }) =>
      close(verb === 'crash' ? null : Math.max(1, this.now)),
    );
    return [...this.done, ...left].sort((a, b) => a.at - b.at);
  }

  private begin(
    verb: Open['verb'],
    target: string,
    make: (at: Microseconds, target: string, until: Microseconds) => Fault,
  ): this {
    const at = this.now;
    this.open.push({ verb, target, close: (until) => make(at, target, until ?? at + 1) });
    return this;
  }

  private end(verb: Open['verb'], one: string, other: string): this {
    const targets = [`${one}<->${other}`, `${other}<->${one}`, `${one}->${other}`];
    targets.push(`${other}->${one}`);
    if (!targets.some((target) => this.isOpen(verb, target))) {
      const what = verb === 'hold' ? 'nothing is held' : 'nothing is parted';
      throw new LispingError('LISPING_E_USAGE', `${what} between ${one} and ${other}`);
    }
    return this.close(verb, (target) => targets.includes(target));
  }

  private isOpen(verb: Open['verb'], target: string): boolean {
    return this.open.some((other) => other.verb === verb && other.target === target);
  }

  private close(verb: Open['verb'], isMeant: (target: string) => boolean): this {
    const meant = this.open.filter((one) => one.verb === verb && isMeant(one.target));
    this.open = this.open.filter((one) => !meant.includes(one));
    this.done.push(...meant.map((one) => one.close(this.now)));
    return this;
  }
}

/**
 * A script of faults in verbs: `partition, repair, hold, release, crash, bounce, pause, slow`. Nodes
 * are named as in fault files, times are in microseconds.
 *
 * @example
 * const faults = faultScript()
 *   .after(2_000_000).partition('replica-1', 'primary').crash('replica-2', 'wiped')
 *   .after(5_000_000).repair('replica-1', 'primary').bounce('replica-2')
 *   .faults();
 */
export function faultScript(): FaultScript {
  return new FaultScript();
}
