/** Durations, as checkers tell them. */
import type { Microseconds } from '@lisping/core';

export function seconds(time: Microseconds): string {
  return (time / 1_000_000).toFixed(1);
}
