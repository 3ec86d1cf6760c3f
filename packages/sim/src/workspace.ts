/** What a replica keeps for one attempt while it runs: fetched segments, then a part. */
import { sameAttempt } from '@lisping/core';
import type { AttemptId } from '@lisping/core';
import type { Output } from './disk.ts';
import type { PartContent } from './made.ts';

/** Something under way for an attempt, as far as its workspace knows it. */
export interface UnderWay {
  readonly request: { readonly kind: string };
  open: boolean;
}

export class Workspace<Task extends UnderWay> {
  readonly attempt: AttemptId;
  /** Of a reduce: the outputs whose segment was fetched and verified, by map. */
  private readonly fetched: (Output | undefined)[] = [];
  /** What was fetched of a map of which another attempt's output lay here already. */
  private others: Output[] = [];
  /** The size of what was fetched. */
  fetchedBytes = 0;
  /** The part that waits to be uploaded. */
  part: PartContent | null = null;
  /** Everything under way for this attempt. */
  operations: Task[] = [];

  constructor(attempt: AttemptId) {
    this.attempt = attempt;
  }

  /** True while user code runs for this attempt. */
  get executing(): boolean {
    return this.operations.some(
      ({ open, request }) => open && (request.kind === 'run-map' || request.kind === 'run-reduce'),
    );
  }

  add(operation: Task): void {
    const { operations } = this;
    // Answered ones are dropped now and then, so that a long shuffle does not pile them up.
    if (operations.length > 16) this.operations = operations.filter((other) => other.open);
    // A map has one operation, for which a list that is to grow would be too long.
    if (operations.length === 0) this.operations = [operation];
    else this.operations.push(operation);
  }

  /** A segment of the output was fetched and verified. */
  keep(output: Output, bytes: number): void {
    this.fetchedBytes += bytes;
    const { task } = output.attempt;
    const there = this.fetched[task];
    if (there === undefined) this.fetched[task] = output;
    else if (there !== output) this.others.push(output);
  }

  /** The output made by this attempt at a map, if a segment of it was fetched. */
  find(attempt: AttemptId): Output | null {
    const first = this.fetched[attempt.task];
    if (first !== undefined && sameAttempt(first.attempt, attempt)) return first;
    return this.others.find((output) => sameAttempt(output.attempt, attempt)) ?? null;
  }

  /** The attempts whose segments were fetched. */
  get segments(): AttemptId[] {
    return [...this.fetched, ...this.others].flatMap((output) =>
      output === undefined ? [] : [output.attempt],
    );
  }

  /** Nothing under way is answered any more. */
  close(): void {
    for (const operation of this.operations) operation.open = false;
    this.operations = [];
  }
}
