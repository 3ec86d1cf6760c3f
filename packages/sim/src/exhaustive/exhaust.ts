/**
 * The whole search: all variants of the small world, one after the other, or a share of it for each
 * of several threads. What is counted does not depend on how many share the work.
 */
import type { Fault } from '../fault.ts';
import { Search, Tried } from './search.ts';
import type { Branch } from './search.ts';
import { VARIANTS } from './small-world.ts';
import type { Variant } from './small-world.ts';

export interface ExhaustOptions {
  /** How many faults at most: 0, 1 or 2. Some variants are tried with one at most. */
  readonly depth: number;
  /** By name; all when left out. */
  readonly variants?: readonly string[];
  /** This is the share of one of several: every `of`-th branch, from number `part` on. */
  readonly part?: number;
  readonly of?: number;
  /** False: states are not compared, and every schedule is continued to its end. */
  readonly prune?: boolean;
  /** Hears of everything as it is done. */
  readonly onStep?: (step: ExhaustStep) => void;
}

/** Something that has been done, with counts of itself alone. */
export interface ExhaustStep {
  readonly variant: string;
  /** -1: the schedules with at most one fault, which every share runs for itself. */
  readonly branch: number;
  /** How many branches there are in all; 0 while that is not known. */
  readonly branches: number;
  readonly schedules: number;
  /** Distinct states from which schedules with fewer faults were continued with one more. */
  readonly states: number;
  /** Schedules that came to such a state a second time, and were not continued from there on. */
  readonly left: number;
  readonly events: number;
  /** The last of these schedules breaks a promise. */
  readonly failing: ExhaustFailing | null;
}

/** A schedule that breaks a promise. */
export interface ExhaustFailing {
  readonly faults: readonly Fault[];
  /** The name of the checker that fired first. */
  readonly checker: string;
}

/**
 * Tries every placement of faults of this share, and stops at the first that breaks a promise.
 *
 * @example
 * let schedules = 0;
 * exhaust({ depth: 1, onStep: (step) => void (schedules += step.schedules) });
 */
export function exhaust(options: ExhaustOptions): void {
  let hasFailed = false;
  const onStep = (step: ExhaustStep): void => {
    hasFailed ||= step.failing !== null;
    options.onStep?.(step);
  };
  for (const variant of VARIANTS) {
    if (hasFailed || options.variants?.includes(variant.name) === false) continue;
    exhaustVariant(variant, { ...options, onStep });
  }
}

function exhaustVariant(variant: Variant, options: ExhaustOptions): void {
  const { part = 0, of = 1, prune = true, onStep } = options;
  const depth = Math.min(options.depth, variant.most);
  const search = new Search(variant, prune);
  const tell = (branch: number, branches: number, tried: Tried): void => {
    const { schedules, states, left, events, failing } = tried;
    const counts = { schedules, states, left, events };
    onStep?.({ variant: variant.name, branch, branches, ...counts, failing });
  };
  const first = new Tried();
  const branches = search.first(first, depth);
  tell(-1, branches.length, first);
  for (let number = part; number < branches.length && first.failing === null; number += of) {
    const tried = new Tried();
    const branch = branches[number] as Branch; // the number is below the length
    search.follow(branch, tried);
    tell(number, branches.length, tried);
    if (tried.failing !== null) return;
  }
}
