/**
 * The states from which schedules have been continued, each with the kinds of faults that had struck:
 * a checker may excuse a job for one of them.
 */
import { assert } from '@lisping/core';
import { FAULT_KINDS } from '../fault.ts';
import type { Fault } from '../fault.ts';

/** Kinds as bits, and one more when a kind struck twice. */
export function kindsOf(faults: readonly Fault[]): number {
  let mask = 0;
  for (const { kind } of faults) {
    const bit = 1 << FAULT_KINDS.indexOf(kind);
    mask |= (mask & bit) === 0 ? bit : TWICE;
  }
  return mask;
}

const TWICE = 1 << 30;

export class Visited {
  private readonly kinds = new Map<number, number>();

  constructor() {
    assert(FAULT_KINDS.length < 30, 'every kind of fault has a bit');
  }

  get size(): number {
    return this.kinds.size;
  }

  /**
   * True at the first visit. A second one is another when it allows less: checkers excuse a job for
   * some faults, never for the absence of one.
   */
  enter(state: number, kinds: number): boolean {
    const before = this.kinds.get(state);
    if (before !== undefined && (before & ~kinds) === 0) return false;
    if (before === undefined) this.kinds.set(state, kinds);
    return true;
  }
}
