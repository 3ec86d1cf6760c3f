/**
 * A clock that is not the world's: it jumps, and it runs too fast or too slow. What it shows never
 * goes back, as the clocks of hosts must not; after a jump backwards it stands still until the time
 * has caught up.
 */
import type { Microseconds } from '@lisping/core';

const MILLION = 1_000_000;

export class ClockSkew {
  /** What it would show at {@link since}, if it could go back. */
  private base: Microseconds = 0;
  private since: Microseconds = 0;
  /** Parts per million that it runs too fast. */
  private drift = 0;
  /** It has shown this. */
  private floor: Microseconds = 0;

  read(now: Microseconds): Microseconds {
    return Math.max(this.floor, this.ideal(now));
  }

  private ideal(now: Microseconds): Microseconds {
    const elapsed = now - this.since;
    return this.base + elapsed + Math.floor((elapsed * this.drift) / MILLION);
  }

  /** It jumps by `offset`, and drifts from now on. */
  jump(now: Microseconds, offset: Microseconds, drift: number): void {
    this.floor = this.read(now);
    this.base = this.ideal(now) + offset;
    this.since = now;
    this.drift = drift;
  }

  /** It goes on from what it shows, with this drift. */
  run(now: Microseconds, drift: number): void {
    this.base = this.read(now);
    this.floor = this.base;
    this.since = now;
    this.drift = drift;
  }

  /** How long the world waits until this clock has gone on by `duration`: never too short. */
  worldDuration(duration: Microseconds): Microseconds {
    const { drift } = this;
    return duration - Math.floor((duration * drift) / (MILLION + drift));
  }
}
