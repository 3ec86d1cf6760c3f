/**
 * The first event at which two runs of one schedule part. A simulation is worth something only as
 * long as it is a function of its seed; whatever leaks into it, from the user's code or from ours,
 * is found here by name.
 */
import type { Recorded, Step } from './record.ts';

/** Where two runs of one schedule part. */
export interface Divergence {
  /** Steps that are alike before it. */
  readonly after: number;
  /** Null: that run had ended, or its beginning alone was kept. */
  readonly first: Step | null;
  readonly second: Step | null;
  /** True: what parted first is what the user's code gave, so that the job is to blame. */
  readonly inUserCode: boolean;
}

/** Null: the two runs were alike. */
export function divergenceBetween(first: Recorded, second: Recorded): Divergence | null {
  const after = alikeUntil(first.digests, second.digests);
  const isAlike = after === first.digests.length && after === second.digests.length;
  if (isAlike && first.hash === second.hash) return null;
  const one = first.steps[after] ?? null;
  const other = second.steps[after] ?? null;
  return { after, first: one, second: other, inUserCode: isExecution(one) && isExecution(other) };
}

/** A digest is of all that came before, so that the first difference is found by halving. */
function alikeUntil(one: readonly string[], other: readonly string[]): number {
  let alike = 0;
  let different = Math.min(one.length, other.length) + 1;
  while (different - alike > 1) {
    const middle = (alike + different) >> 1;
    if (one[middle - 1] === other[middle - 1]) alike = middle;
    else different = middle;
  }
  return alike;
}

function isExecution(step: Step | null): boolean {
  return step?.event.event === 'executed';
}

/** What is side by side in the report of a divergence. */
export function divergenceWords({ after, first, second }: Divergence): readonly string[] {
  const made = differing(first?.made ?? '', second?.made ?? '');
  return [
    `alike for ${after} events; event ${after + 1} of the two runs:`,
    `first   ${words(first)}${made === null ? '' : `  ${made[0]}`}`,
    `second  ${words(second)}${made === null ? '' : `  ${made[1]}`}`,
  ];
}

function words(step: Step | null): string {
  if (step === null) return 'nothing more happens';
  const { at, node, event, ...more } = step.event;
  const details = Object.values(more).filter((value) => typeof value === 'string' && value !== '');
  return `${(at / 1_000_000).toFixed(6)}s ${node} ${event} ${details.join(' ')}`.trimEnd();
}

const AROUND = 24;

/** The place at which two texts differ, with a little of what is before and behind it. */
function differing(one: string, other: string): readonly [string, string] | null {
  if (one === other) return null;
  let place = 0;
  while (place < one.length && one[place] === other[place]) place++;
  const piece = (text: string): string =>
    `…${text.slice(Math.max(0, place - AROUND), place + AROUND)}…`;
  return [piece(one), piece(other)];
}
