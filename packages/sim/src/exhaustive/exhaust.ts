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
  /** How many faults at most: 0, 1 or 2. */
  readonly depth: number;
  /** By name; all when left out. */
  readonly variants?: readonly string[];
  /** This is the share of one of several: every `of`-th branch, from number `part` on. */
  readonly part?: number;
  readonly of?: number;
  /** False: states are not compared, and every schedule is run to its end. */
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

/** What a share has to say at its end. */
export interface ExhaustStates {
  readonly variant: string;
  /** States visited, each once. */
  readonly states: Float64Array<ArrayBuffer>;
}

/**
 * Tries every placement of faults of this share, and stops at the first that breaks a promise.
 *
 * @example
 * let schedules = 0;
 * exhaust({ depth: 1, onStep: (step) => void (schedules += step.schedules) });
 */
export function exhaust(options: ExhaustOptions): ExhaustStates[] {
  const wanted = options.variants;
  return VARIANTS.filter(({ name }) => wanted?.includes(name) ?? true).map((variant) =>
    exhaustVariant(variant, options),
  );
}

function exhaustVariant(variant: Variant, options: ExhaustOptions): ExhaustStates {
  const { depth, part = 0, of = 1, prune = true, onStep } = options;
  const search = new Search(variant, prune);
  const tell = (branch: number, branches: number, tried: Tried): void => {
    const { schedules, left, events, failing } = tried;
    onStep?.({ variant: variant.name, branch, branches, schedules, left, events, failing });
  };
  const first = new Tried();
  const branches = search.first(first, depth);
  tell(-1, branches.length, first);
  const states = new Set(search.states);
  for (let number = part; number < branches.length && first.failing === null; number += of) {
    const tried = new Tried();
    const branch = branches[number] as Branch; // the number is below the length
    for (const state of search.follow(branch, tried)) states.add(state);
    tell(number, branches.length, tried);
    if (tried.failing !== null) break;
  }
  return { variant: variant.name, states: Float64Array.from(states) };
}
