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

/** The segments of one map attempt. */
export class Output implements HeldOutput {
  readonly attempt: AttemptId;
  readonly segments: readonly Segment[];
  readonly checksums: readonly ContentChecksum[];
  readonly counters: TaskCounters;
  /** Of a model, whose segments have a size and no bytes. */
  private readonly segmentBytes: number;
  /** Partitions whose stored bytes are no longer what was written. */
  damaged: ReadonlySet<number> | null = null;

  constructor(
    attempt: AttemptId,
    segments: readonly Segment[],
    checksums: readonly ContentChecksum[],
    counters: TaskCounters,
    segmentBytes = 0,
  ) {
    this.attempt = attempt;
    this.segments = segments;
    this.checksums = checksums;
    this.counters = counters;
    this.segmentBytes = segmentBytes;
  }

  /** How many bytes the segment of a partition has. */
  sizeOf(partition: number): number {
    return this.segments[partition]?.bytes.length ?? this.segmentBytes;
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
  private readonly jobs = new Map<JobId, Map<number, Output[]>>();

  hold(output: Output): void {
    const { job, task } = output.attempt;
    let tasks = this.jobs.get(job);
    if (tasks === undefined) this.jobs.set(job, (tasks = new Map<number, Output[]>()));
    const outputs = tasks.get(task);
    if (outputs === undefined) tasks.set(task, [output]);
    else outputs.push(output);
    this.size++;
  }

  find(attempt: AttemptId): Output | null {
    const outputs = this.jobs.get(attempt.job)?.get(attempt.task);
    if (outputs === undefined) return null;
    for (const output of outputs) if (sameAttempt(output.attempt, attempt)) return output;
    return null;
  }

  discard(attempt: AttemptId): void {
    const tasks = this.jobs.get(attempt.job);
    const outputs = tasks?.get(attempt.task);
    const at = outputs?.findIndex((output) => sameAttempt(output.attempt, attempt)) ?? -1;
    if (tasks === undefined || outputs === undefined || at < 0) return;
    outputs.splice(at, 1);
    if (outputs.length === 0) tasks.delete(attempt.task);
    this.size--;
  }

  /** Everything that lies here, in the order of jobs and tasks in which it came. */
  outputs(): Output[] {
    const all: Output[] = [];
    for (const tasks of this.jobs.values()) {
      for (const outputs of tasks.values()) all.push(...outputs);
    }
    return all;
  }

  /** True when an output of this map lies here that nobody will have to make again. */
  hasIntact(job: JobId, task: number): boolean {
    const outputs = this.jobs.get(job)?.get(task);
    return outputs !== undefined && outputs.some((output) => output.damaged === null);
  }

  wipe(): void {
    this.jobs.clear();
    this.size = 0;
  }

  /** Flips bits in one segment of every output. */
  damage(partition: number): void {
    for (const output of this.outputs()) output.tear(partition);
  }
}
