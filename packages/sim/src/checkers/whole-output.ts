/** S10: no reader ever sees a partial part, nor `_SUCCESS` without all parts. */
import type { Microseconds, NodeId, StoreAnswer, StoreOperation } from '@lisping/core';
import type { OutputView, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

class WholeOutput implements Checker {
  readonly name: string = 'output-appears-whole';
  readonly title: string = 'no reader saw a partial output';
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private world: WorldView | null = null;

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  /** Only what changes parts or `_SUCCESS` can be seen by a reader. */
  storeApplied(
    now: Microseconds,
    _issuer: NodeId,
    operation: StoreOperation,
    answer: StoreAnswer,
  ): void {
    if (answer !== 'ok') return;
    const { kind } = operation;
    if (kind === 'upload' || kind === 'make-temporary' || kind === 'delete-temporary') return;
    const outputs = this.world?.store.outputs() ?? [];
    for (const output of outputs) if (output.output === operation.output) this.read(now, output);
  }

  private read(now: Microseconds, { job, parts, success }: OutputView): void {
    for (const [task, part] of parts) {
      if (!part.whole) return this.breach.report(now, `part ${task} is there, but not all of it`);
    }
    if (!success || job !== this.context.job) return;
    const { reduces, maps } = this.context;
    const expected = reduces === 0 ? maps : reduces;
    if (parts.size === expected) return;
    this.breach.report(now, `_SUCCESS is there, and ${parts.size} of ${expected} parts`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createWholeOutput(context: CheckContext): Checker {
  return new WholeOutput(context);
}
