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
import { recoveryDelay } from '../bound.ts';
import type { Fault } from '../fault.ts';
import { Fingerprint } from './fingerprint.ts';
import { placementsAt } from './placements.ts';
import { Scout } from './scout.ts';
import { findingOf, SmallWorld } from './small-run.ts';
import { SMALL_SETTING, SMALL_TIMING } from './small-world.ts';
import type { Variant } from './small-world.ts';
import { kindsOf, Visited } from './visited.ts';

/**
 * The state of a run is compared with others soon after its faults are over, and once more if it goes
 * on for long: a comparison costs as much as a third of a run.
 */
const JUDGED_EVERY: Microseconds = 100_000;
/** The same for runs that are going to be continued: there are few, and much depends on it. */
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
  /** Runs that were left at a state met before. */
  left = 0;
  events = 0;
  failing: Failing | null = null;
}

export class Search {
  readonly world: SmallWorld;
  private readonly isPruning: boolean;
  private readonly fingerprint = new Fingerprint();
  /** States of runs with at most one fault; they are the same for every branch. */
  private readonly known = new Visited();
  private readonly patience = recoveryDelay(SMALL_TIMING, SMALL_SETTING);

  /** Without `isPruning` states are not compared, and every list is run to its end. */
  constructor(variant: Variant, isPruning: boolean) {
    this.world = new SmallWorld(variant);
    this.isPruning = isPruning;
  }

  /** The states that all branches have in common. */
  get states(): Iterable<number> {
    return this.known.keys();
  }

  /** Runs the lists of no fault and of one. Null for a branch: nothing can follow. */
  first(tried: Tried, depth: number): Branch[] {
    const scouted = new Visited();
    const branches: Branch[] = [];
    const root = this.judged([], this.known, null, tried);
    if (depth === 0 || tried.failing !== null) return branches;
    const trunk = this.scout({ faults: [], end: root, until: Infinity }, scouted);
    for (const fault of trunk.placements) {
      const faults = [fault];
      const end = this.judged(faults, this.known, null, tried);
      if (tried.failing !== null) return branches;
      if (depth === 1) continue;
      const { until } = this.scout({ faults, end, until: Infinity }, scouted);
      if (until > fault.at) branches.push({ faults, end, until });
    }
    return branches;
  }

  /** Runs every list that makes the branch longer by one. The new states it came to. */
  follow(branch: Branch, tried: Tried): Iterable<number> {
    const visited = new Visited();
    for (const fault of this.scout(branch, null).placements) {
      this.judged([...branch.faults, fault], visited, this.known, tried);
      if (tried.failing !== null) break;
    }
    return visited.keys();
  }

  /**
   * Runs a list to its end, or to a state from which another run went on and was fine. Gives when the
   * run was over.
   */
  private judged(
    faults: readonly Fault[],
    visited: Visited,
    known: Visited | null,
    tried: Tried,
  ): Microseconds {
    const { queue } = this.world;
    const run = this.world.prepare(faults);
    const { schedule } = run;
    const kinds = kindsOf(faults);
    const healsAt = whenItMatters(faults);
    const states: number[] = [];
    let boundary = Math.floor(endOf(faults) / JUDGED_EVERY);
    let step = 1;
    let leftAt: Microseconds | null = null;
    queue.watcher = {
      added: () => undefined,
      taking: (now) => {
        const next = Math.floor(now / JUDGED_EVERY);
        if (next < boundary + step) return true;
        boundary = next;
        step *= 8;
        const healing = schedule.deadline === null ? healsAt : 0;
        const state = this.fingerprint.of(run, queue, boundary * 2 + 1 + healing * 8);
        const end = known?.endOf(state, kinds) ?? visited.endOf(state, kinds);
        const deadline = schedule.deadline ?? now + this.patience;
        if (end === null || end > deadline) states.push(state);
        else leftAt = end;
        return leftAt === null;
      },
    };
    if (!this.isPruning) queue.watcher = null;
    const outcome = schedule.run(run.checks.observers);
    queue.watcher = null;
    tried.schedules++;
    tried.events += outcome.events;
    const end = leftAt ?? outcome.now;
    if (leftAt !== null) tried.left++;
    else {
      const checker = findingOf(run, outcome);
      if (checker !== null) {
        tried.failing = { faults, checker };
        return end;
      }
    }
    for (const state of states) visited.add(state, kinds, end);
    return end;
  }

  /**
   * What can be added to a list. The world does not heal before the end, because a fault that is
   * added would put that off. Where `visited` knows the state, all that follows has been tried.
   */
  private scout(
    { faults, end, until }: Branch,
    visited: Visited | null,
  ): { readonly placements: readonly Fault[]; readonly until: Microseconds } {
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
          const state = this.fingerprint.of(run, queue, boundary * 2);
          if (visited.endOf(state, kinds) === null) visited.add(state, kinds, 0);
          else last = boundary * SCOUTED_EVERY;
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
    return { placements: [...placements.values()], until: last };
  }
}

/** A fault may be placed so long before the point that it is meant for. */
const REACH: Microseconds = SMALL_SETTING.network.latency + 1;

/** When the last fault has struck and the last that ends by itself has ended. */
function endOf(faults: readonly Fault[]): Microseconds {
  const ends = faults.map((fault) => ('until' in fault ? (fault.until ?? fault.at) : fault.at));
  return Math.max(0, ...ends);
}

/** When the world heals, for lists in which somebody stays away until then; else 0. */
function whenItMatters(faults: readonly Fault[]): Microseconds {
  const isAway = faults.some(
    (fault) =>
      (fault.kind === 'crash' && fault.until === null) ||
      (fault.kind === 'crash-at-write' && fault.down === null),
  );
  return isAway ? endOf(faults) : 0;
}
