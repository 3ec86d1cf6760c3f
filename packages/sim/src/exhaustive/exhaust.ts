/**
 * The whole search: all variants of the small world, with one fault at most and then with two, or a
 * share of it for each of several threads. What is counted does not depend on how many share the work.
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
  /** False: states are not compared, and every schedule is continued to its end. */
  readonly prune?: boolean;
  /** Hears of everything as it is done. */
  readonly onStep?: (step: ExhaustStep) => void;
}

/** Which share of the schedules with two faults. */
export interface ExhaustShare {
  /** This is the share of one of several: every `of`-th branch, from number `part` on. */
  readonly part?: number;
  readonly of?: number;
  /** What {@link exhaustFirst} has left open: the schedules with one fault at most are not run again. */
  readonly open?: OpenBranches;
}

/** By variant: schedules with one fault that are to be continued with another. Plain data. */
export type OpenBranches = Readonly<Record<string, readonly Branch[]>>;

/** Something that has been done, with counts of itself alone. */
export interface ExhaustStep {
  readonly variant: string;
  /** -1: the schedules with at most one fault. */
  readonly branch: number;
  /** How many branches there are in all. */
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
export function exhaust(options: ExhaustOptions & ExhaustShare): void {
  const open = options.open ?? exhaustFirst(options);
  if (open === null) return;
  for (const variant of chosen(options)) {
    if (!follow(variant, open[variant.name] ?? [], options)) return;
  }
}

/**
 * Tries every placement of one fault at most. Gives what is to be continued with another, or null when a
 * promise was broken. It cannot be shared out but by variant: each of these schedules leaves out what
 * an earlier one has seen.
 */
export function exhaustFirst(options: ExhaustOptions): OpenBranches | null {
  const open: Record<string, readonly Branch[]> = {};
  for (const variant of chosen(options)) {
    const tried = new Tried();
    const depth = Math.min(options.depth, variant.most);
    const branches = new Search(variant, options.prune ?? true).first(tried, depth);
    tell(options, variant, { branch: -1, branches: branches.length }, tried);
    if (tried.failing !== null) return null;
    open[variant.name] = branches;
  }
  return open;
}

function chosen({ variants }: ExhaustOptions): readonly Variant[] {
  return VARIANTS.filter(({ name }) => variants === undefined || variants.includes(name));
}

/** False when a promise was broken. */
function follow(
  variant: Variant,
  branches: readonly Branch[],
  options: ExhaustOptions & ExhaustShare,
): boolean {
  const { part = 0, of = 1, prune = true } = options;
  const search = new Search(variant, prune);
  for (let number = part; number < branches.length; number += of) {
    const tried = new Tried();
    search.follow(branches[number] as Branch, tried); // the number is below the length
    tell(options, variant, { branch: number, branches: branches.length }, tried);
    if (tried.failing !== null) return false;
  }
  return true;
}

function tell(
  { onStep }: ExhaustOptions,
  { name: variant }: Variant,
  place: Pick<ExhaustStep, 'branch' | 'branches'>,
  { schedules, states, left, events, failing }: Tried,
): void {
  onStep?.({ variant, ...place, schedules, states, left, events, failing });
}
