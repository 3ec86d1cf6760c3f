/**
 * A workload that runs user code once for every attempt at a map and every combination of segments,
 * and remembers what came out. Unlike the memo of a simulation it keeps attempts apart, so that a job
 * whose attempts differ stays one.
 */
import type { Segment } from '@lisping/core';
import { Workload } from '../workload.ts';
import type { MapMade, ReduceMade } from '../made.ts';

export class RememberedWorkload extends Workload {
  private readonly maps = new Map<string, MapMade>();
  private readonly parts = new Map<string, ReduceMade>();

  override map(task: number, attempt: number): MapMade {
    const name = `${task} ${attempt}`;
    let made = this.maps.get(name);
    if (made === undefined) this.maps.set(name, (made = super.map(task, attempt)));
    return made;
  }

  override reduce(
    partition: number,
    attempt: number,
    segments: readonly Segment[],
    draw: (limit: number) => number,
  ): ReduceMade {
    const name = `${partition} ${segments.map(({ checksum }) => checksum).join(' ')}`;
    let made = this.parts.get(name);
    if (made === undefined) {
      this.parts.set(name, (made = super.reduce(partition, attempt, segments, draw)));
    }
    return made;
  }
}
