/**
 * The states that have been visited, each once, with what must be known to leave a run at one: which
 * kinds of faults had struck, and when the run that went on from there was over.
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
const MASKS = 2 ** 31;
/** Ends in milliseconds stay far below this. */
const ENDS = 2 ** 21;

export class Visited {
  /** End and kinds by state. */
  private readonly states = new Map<number, number>();

  constructor() {
    assert(FAULT_KINDS.length < 30, 'every kind of fault has a bit');
  }

  get size(): number {
    return this.states.size;
  }

  keys(): Iterable<number> {
    return this.states.keys();
  }

  /** The first visit is the one that counts. `end`: when the run was over, in microseconds. */
  add(state: number, kinds: number, end: number): void {
    const milliseconds = Math.ceil(end / 1000);
    if (this.states.has(state) || milliseconds >= ENDS) return;
    this.states.set(state, milliseconds * MASKS + kinds);
  }

  /**
   * When the run was over that went on from this state, if it was one that allowed no more than
   * `kinds` do: checkers excuse a job for some faults, never for the absence of one. Else null.
   */
  endOf(state: number, kinds: number): number | null {
    const found = this.states.get(state);
    if (found === undefined) return null;
    const before = found % MASKS;
    return (before & ~kinds) === 0 ? Math.floor(found / MASKS) * 1000 : null;
  }
}
