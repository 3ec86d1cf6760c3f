/** What is counted in a run beside its events. */
import type { Microseconds } from '@lisping/core';

export class Tally {
  /** Attempts that began on a replica, and those that ended with it. */
  mapAttempts = 0;
  reduceAttempts = 0;
  mapsLost = 0;
  reducesLost = 0;
  /** Time that attempts spent in user code which came to its end. */
  computed: Microseconds = 0;
}
