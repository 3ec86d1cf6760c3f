/** S1: the parts are byte for byte those of the sequential run, or the job fails where it must. */
import type {
  ContentChecksum,
  JobId,
  Microseconds,
  NodeId,
  TaskError,
  TellUser,
} from '@lisping/core';
import type { Execution, OutputView, WorldView } from '../observe.ts';
import { excuseOf } from '../fault-excuses.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, ExpectedFailure, Verdict } from './checker.ts';
import type { StandingJournal } from './known/standing-journal.ts';

/** Different replicas on which a record must have killed a process before it is to blame (6.12). */
const NODES_TO_BLAME = 3;

class OutputEqualsOracle implements Checker {
  readonly name: string = 'output-equals-oracle';
  readonly title: string = 'output equals the sequential run';
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly breach: Breach;
  private world: WorldView | null = null;
  /** What each map gave when it first ran. */
  private readonly made: (readonly ContentChecksum[])[] = [];
  /** A map that gave something else when it ran again: then no answer is the right one. */
  private moody = -1;
  private cancelled = false;

  constructor(context: CheckContext, journal: StandingJournal) {
    this.context = context;
    this.journal = journal;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  executed(
    _now: Microseconds,
    _node: NodeId,
    { kind, attempt, checksums, error }: Execution,
  ): void {
    if (kind !== 'map' || error !== null || attempt.job !== this.context.job) return;
    const before = (this.made[attempt.task] ??= checksums);
    if (before === checksums) return;
    if (before.some((checksum, i) => checksum !== checksums[i])) this.moody = attempt.task;
  }

  /** The user reads the output when it is told that there is one. */
  told(now: Microseconds, _node: NodeId, { job, status, error }: TellUser): void {
    if (job !== this.context.job) return;
    const { expected } = this.context;
    switch (status) {
      case 'cancelled':
        this.cancelled = true;
        if (!this.wasCancelled()) this.breach.report(now, 'nobody cancelled the job');
        return;
      case 'failed':
        return this.judgeFailure(now, error);
      case 'succeeded':
        if (expected.kind === 'error') {
          this.breach.report(now, `the job succeeded, but ${wordsOf(expected.failures)}`);
        } else if (expected.kind === 'parts' && this.hasOneAnswer()) {
          this.compare(now, job, expected.parts);
        }
        return;
    }
  }

  private judgeFailure(now: Microseconds, error: TaskError | null): void {
    const { expected } = this.context;
    const code = error?.code ?? 'no error';
    const excuse = excuseOf(error);
    if (excuse !== null && this.isFaulty(excuse)) {
      if (excuse === 'task' && !this.hasFailedEnough(error)) {
        this.breach.report(now, `failed with ${code} before any task had failed often enough`);
      }
      return;
    }
    if (code === 'LISPING_E_NONDETERMINISTIC_MAP' && this.moody >= 0) {
      // Before that, what is made last is the canonical output, and all is well.
      if (this.journal.partsWon > 0) return;
      return this.breach.report(now, `failed with ${code}, though no reduce had committed`);
    }
    if (expected.kind === 'order-dependent') return;
    if (expected.kind === 'parts') {
      return this.breach.report(
        now,
        `the job failed with ${code}, and the sequential run does not`,
      );
    }
    if (expected.failures.some((failure) => isAt(failure, error))) return;
    const where = error?.record;
    const place = where === undefined ? 'nowhere' : `${where.input} at ${where.offset}`;
    this.breach.report(now, `failed ${place} with ${code}, but ${wordsOf(expected.failures)}`);
  }

  /**
   * User code that is made to fail fails the job only by the rule of 6.12: one task has failed as
   * often as it may, or one record has killed its process on three replicas (on all that are there, and
   * as often as a task may fail, where there are fewer).
   */
  private hasFailedEnough(error: TaskError | null): boolean {
    const { timing, replicas } = this.context;
    const failed = new Map<string, number>();
    const killed = new Map<string, NodeId[]>();
    for (const { entry } of this.journal.failures) {
      const task = `${entry.attempt.kind}-${entry.attempt.task}`;
      if (entry.kind === 'attempt-failed') failed.set(task, (failed.get(task) ?? 0) + 1);
      else {
        const record = `${task} ${entry.record}`;
        killed.set(record, [...(killed.get(record) ?? []), entry.replica]);
      }
    }
    if (error?.code !== 'LISPING_E_TASK_DIED') {
      return [...failed.values()].some((count) => count >= timing.attemptsPerTask);
    }
    return [...killed.values()].some((nodes) => {
      const different = new Set(nodes).size;
      if (different >= NODES_TO_BLAME) return true;
      if (nodes.length < timing.attemptsPerTask) return false;
      return different >= replicas || this.mayHaveLostReplicas();
    });
  }

  /**
   * A primary asks for deaths on all replicas that it hears, and the others may be lost to it. Which
   * those are is its belief and not to be seen from outside; where nothing but user code fails, it
   * hears all of them.
   */
  private mayHaveLostReplicas(): boolean {
    return this.context.faults.some(({ kind }) => kind !== 'task');
  }

  private wasCancelled(): boolean {
    const { faults, place } = this.context;
    return faults.some((fault) => fault.kind === 'cancel' && (fault.job ?? place) === place);
  }

  /** A host that only writes the same pairs in other bytes leaves the answer as it is. */
  private hasOneAnswer(): boolean {
    return this.moody < 0 || this.context.otherBytes;
  }

  private isFaulty(kind: string): boolean {
    return this.context.faults.some((fault) => fault.kind === kind);
  }

  private compare(now: Microseconds, job: JobId, expected: readonly Uint8Array[]): void {
    const output = this.world?.store.outputs().find((other) => other.job === job);
    for (let part = 0; part < expected.length; part++) {
      const problem = problemOf(output, part, expected[part]);
      if (problem !== null) return this.breach.report(now, problem);
    }
    const count = output?.parts.size ?? 0;
    if (count > expected.length) {
      this.breach.report(now, `${count} parts, the sequential run has ${expected.length}`);
    }
  }

  verdict(): Verdict {
    if (this.cancelled) return this.breach.verdict('not compared: the job was cancelled');
    if (this.hasOneAnswer()) return this.breach.verdict();
    return this.breach.verdict(`not compared: map ${this.moody} gives other bytes each time`);
  }
}

function isAt({ record }: ExpectedFailure, error: TaskError | null): boolean {
  if (record === null) return true;
  return error?.record?.input === record.input && error.record.offset === record.offset;
}

function wordsOf([first]: readonly ExpectedFailure[]): string {
  if (first === undefined) return 'the sequential run does not';
  const { record, message } = first;
  const place = record === null ? 'in the combiner' : `at ${record.input}, ${record.offset}`;
  return `the sequential run fails ${place}: ${message}`;
}

function problemOf(
  output: OutputView | undefined,
  part: number,
  expected: Uint8Array | undefined,
): string | null {
  const found = output?.parts.get(part)?.content.bytes;
  if (expected === undefined || found === expected) return null;
  if (found === undefined) return `part ${part} is missing`;
  if (Buffer.compare(found, expected) === 0) return null;
  return `part ${part} differs: ${firstDifference(found, expected)}`;
}

function firstDifference(found: Uint8Array, expected: Uint8Array): string {
  const left = Buffer.from(found).toString('utf8').split('\n');
  const right = Buffer.from(expected).toString('utf8').split('\n');
  const line = right.findIndex((text, i) => text !== left[i]);
  if (line < 0) return `${left.length - right.length} lines too many`;
  return `line ${line + 1} is "${left[line] ?? ''}", must be "${right[line] ?? ''}"`;
}

export function createOutputEqualsOracle(context: CheckContext, journal: StandingJournal): Checker {
  return new OutputEqualsOracle(context, journal);
}
