/**
 * Tries every placement of up to two faults in one variant of the small world.
 *
 * A schedule is an explicit list of faults, as everywhere: the search runs the list so far, watches
 * for points at which one more could matter, and makes a longer list for each. Of two lists that
 * lead to the same state only one is continued. The part of the search that comes after the first
 * fault is cut into as many branches as there are first faults, and nothing of one depends on
 * another: they can be shared out, and the counts stay what they are.
 */
import type { Microseconds } from '@lisping/core';
import type { Fault } from '../fault.ts';
import { Fingerprint } from './fingerprint.ts';
import { placementsAt } from './placements.ts';
import { Scout } from './scout.ts';
import { findingOf, SmallWorld } from './small-run.ts';
import { SMALL_SETTING } from './small-world.ts';
import type { Variant } from './small-world.ts';
import { kindsOf, Visited } from './visited.ts';

/** How often the state of a run that is going to be continued is compared with those of others. */
const SCOUTED_EVERY: Microseconds = 1_000;
/** Faults are still tried so long after the job has ended and nothing is left of it. */
const AFTERWARDS: Microseconds = 200_000;

/** A list of faults that can be made longer, until its state is one that was met before. */
export interface Branch {
  readonly faults: readonly Fault[];
  /** When its run was over. */
  readonly end: Microseconds;
  /** From here on all was tried by another branch. */
  readonly until: Microseconds;
}

/** A list that breaks a promise. */
export interface Failing {
  readonly faults: readonly Fault[];
  readonly checker: string;
}

/** What was done, as far as it can be counted. */
export class Tried {
  schedules = 0;
  /** Distinct states from which lists were made longer. */
  states = 0;
  /** Lists that came to such a state a second time, and were made no longer from there on. */
  left = 0;
  events = 0;
  failing: Failing | null = null;
}

interface Scouted {
  readonly placements: readonly Fault[];
  readonly until: Microseconds;
  /** It came to a state that was met before. */
  readonly isKnown: boolean;
}

export class Search {
  readonly world: SmallWorld;
  private readonly isPruning: boolean;
  private readonly fingerprint = new Fingerprint();

  /** Without `isPruning` states are not compared, and every list is made longer to its end. */
  constructor(variant: Variant, isPruning: boolean) {
    this.world = new SmallWorld(variant);
    this.isPruning = isPruning;
  }

  /** Runs the lists of no fault and of one, and gives those that can be made longer. */
  first(tried: Tried, depth: number): Branch[] {
    const visited = new Visited();
    const branches: Branch[] = [];
    const root = this.judged([], tried);
    if (depth === 0 || tried.failing !== null) return branches;
    const trunk = this.scout({ faults: [], end: root, until: Infinity }, visited);
    for (const fault of trunk.placements) {
      const faults = [fault];
      const end = this.judged(faults, tried);
      if (tried.failing !== null) return branches;
      if (depth === 1) continue;
      const { until, isKnown } = this.scout({ faults, end, until: Infinity }, visited);
      if (isKnown) tried.left++;
      if (until > fault.at) branches.push({ faults, end, until });
    }
    tried.states = visited.size;
    return scattered(branches);
  }

  /** Runs every list that makes the branch longer by one. */
  follow(branch: Branch, tried: Tried): void {
    for (const fault of this.scout(branch, null).placements) {
      this.judged([...branch.faults, fault], tried);
      if (tried.failing !== null) return;
    }
  }

  /** Runs a list to its end; gives when that was. */
  private judged(faults: readonly Fault[], tried: Tried): Microseconds {
    const run = this.world.prepare(faults);
    const outcome = run.schedule.run(run.checks.observers);
    tried.schedules++;
    tried.events += outcome.events;
    const checker = findingOf(run, outcome);
    if (checker !== null) tried.failing = { faults, checker };
    return outcome.now;
  }

  /**
   * What can be added to a list. The world does not heal before the end, because a fault that is
   * added would put that off. Where `visited` knows the state, all that follows has been tried.
   */
  private scout({ faults, end, until }: Branch, visited: Visited | null): Scouted {
    const { queue } = this.world;
    const horizon = end + AFTERWARDS;
    const run = this.world.prepare(faults, horizon);
    const from = faults.at(-1)?.at ?? 0;
    const kinds = kindsOf(faults);
    const scout = new Scout(run.schedule.world, from);
    let boundary = Math.floor(from / SCOUTED_EVERY);
    let last = Math.min(until, horizon);
    queue.watcher = {
      added: (now, event, time) => scout.added(now, event, time),
      taking: (now, event) => {
        if (now >= last + REACH) return false;
        const next = Math.floor(now / SCOUTED_EVERY);
        if (visited !== null && this.isPruning && next > boundary && now < last) {
          boundary = next;
          const state = this.fingerprint.of(run, queue, { time: now, event }, boundary);
          if (!visited.enter(state, kinds)) last = boundary * SCOUTED_EVERY;
        }
        return scout.taking(now, event);
      },
    };
    run.schedule.run(run.checks.observers);
    queue.watcher = null;
    const placements = new Map<string, Fault>();
    for (const point of scout.points) {
      for (const fault of placementsAt(point, from)) {
        if (fault.at < last) placements.set(JSON.stringify(fault), fault);
      }
    }
    const isKnown = last < Math.min(until, horizon);
    return { placements: [...placements.values()], until: last, isKnown };
  }
}

/** In an order in which neighbours, which mostly end alike, are far from each other. */
function scattered<T>(items: readonly T[]): T[] {
  const { length } = items;
  let step = Math.max(1, Math.floor(length * GOLDEN));
  while (haveCommonDivisor(step, length)) step--;
  return items.map((_, i) => items[(i * step) % length] as T); // the rest is below the length
}

const GOLDEN = 0.618;

function haveCommonDivisor(a: number, b: number): boolean {
  while (b > 0) [a, b] = [b, a % b];
  return a > 1;
}

/** A fault may be placed so long before the point that it is meant for. */
const REACH: Microseconds = SMALL_SETTING.network.latency + 1;
