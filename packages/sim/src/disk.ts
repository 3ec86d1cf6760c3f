/**
 * The disk of a replica: map outputs, each under the name of the attempt that made it. An output
 * lies here only when it was synced, or when a crash left it torn: then one of its segments is not
 * what its checksum says.
 */
import { sameAttempt } from '@lisping/core';
import type {
  AttemptId,
  ContentChecksum,
  HeldOutput,
  JobId,
  Segment,
  TaskCounters,
} from '@lisping/core';
import { taskKey } from './attempt-key.ts';
import type { MapMade } from './made.ts';

/** The segments of one map attempt. */
export class Output implements HeldOutput {
  readonly attempt: AttemptId;
  readonly segments: readonly Segment[];
  readonly checksums: readonly ContentChecksum[];
  readonly counters: TaskCounters;
  private readonly sizes: readonly number[];
  /** Partitions whose stored bytes are no longer what was written. */
  damaged: ReadonlySet<number> | null = null;

  constructor(attempt: AttemptId, { segments, sizes, checksums, counters }: MapMade) {
    this.attempt = attempt;
    this.segments = segments;
    this.sizes = sizes;
    this.checksums = checksums;
    this.counters = counters;
  }

  /** How many bytes the segment of a partition has. */
  sizeOf(partition: number): number {
    return this.sizes[partition] ?? 0;
  }

  /** One of its segments is not what was written; `draw` says which. */
  tear(draw: number): void {
    const { length } = this.checksums;
    if (length > 0) this.damaged = new Set([...(this.damaged ?? []), (draw >>> 0) % length]);
  }
}

export class Disk {
  /** How many outputs lie here. */
  size = 0;
  /** By the key of the task, which two tasks may share. One map for all: jobs come and go. */
  private readonly tasks = new Map<number, Output[]>();

  hold(output: Output): void {
    const key = taskKey(output.attempt);
    const outputs = this.tasks.get(key);
    if (outputs === undefined) this.tasks.set(key, [output]);
    else outputs.push(output);
    this.size++;
  }

  find(attempt: AttemptId): Output | null {
    const outputs = this.tasks.get(taskKey(attempt));
    if (outputs === undefined) return null;
    for (const output of outputs) if (sameAttempt(output.attempt, attempt)) return output;
    return null;
  }

  discard(attempt: AttemptId): void {
    const key = taskKey(attempt);
    const outputs = this.tasks.get(key);
    const at = outputs?.findIndex((output) => sameAttempt(output.attempt, attempt)) ?? -1;
    if (outputs === undefined || at < 0) return;
    if (outputs.length === 1) this.tasks.delete(key);
    else outputs.splice(at, 1);
    this.size--;
  }

  /** Everything that lies here, in the order in which its tasks came. */
  outputs(): Output[] {
    const all: Output[] = [];
    for (const outputs of this.tasks.values()) all.push(...outputs);
    return all;
  }

  /** Adds the maps of which an output lies here that nobody will have to make again. */
  addIntact(job: JobId, maps: Set<number>): void {
    for (const outputs of this.tasks.values()) {
      for (const { attempt, damaged } of outputs) {
        if (damaged === null && attempt.job === job) maps.add(attempt.task);
      }
    }
  }

  /** Adds the maps of which any output lies here. */
  addMaps(job: JobId, maps: Set<number>): void {
    for (const outputs of this.tasks.values()) {
      for (const { attempt } of outputs) if (attempt.job === job) maps.add(attempt.task);
    }
  }

  wipe(): void {
    this.tasks.clear();
    this.size = 0;
  }

  /** Flips bits in one segment of every output. */
  damage(partition: number): void {
    for (const output of this.outputs()) output.tear(partition);
  }
}
