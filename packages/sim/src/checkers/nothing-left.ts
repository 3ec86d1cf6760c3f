/**
 * L3: when the job has ended, nothing of it is left: no attempt, no workspace, no held output on a
 * replica that is up, and no temporary file in the store.
 */
import { attemptName } from '@lisping/core';
import type { Microseconds } from '@lisping/core';
import { nodeName, PRIMARY, replicaNode, SUCCESSOR } from '../address.ts';
import type { WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

class NothingLeft implements Checker {
  readonly name: string = 'nothing-left-behind';
  readonly title: string = 'nothing was left behind';
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

  /** A run that converged went on until nothing was left, or for as long as cleaning up may take. */
  end(now: Microseconds, how: 'converged' | 'stuck' | 'stopped'): void {
    const { world } = this;
    if (how !== 'converged' || world === null) return;
    for (const { temporary } of world.store.outputs()) {
      const left = temporary.find(({ files }) => files.length > 0 || !this.hasJumpedAhead());
      if (left !== undefined) this.breach.report(now, `_temporary/${left.job} is in the store`);
    }
    for (let i = 0; i < this.context.replicas; i++) {
      if (world.process(replicaNode(i)).up) this.look(now, world, i);
    }
  }

  /**
   * What was asked of the store may be on its way for long, and so everything is deleted once more. A primary
   * whose clock jumps ahead does that too soon, and an empty directory may be made after it.
   */
  private hasJumpedAhead(): boolean {
    return this.context.faults.some(
      (fault) =>
        fault.kind === 'clock' &&
        fault.offset > 0 &&
        (fault.target === nodeName(PRIMARY) || fault.target === nodeName(SUCCESSOR)),
    );
  }

  private look(now: Microseconds, world: WorldView, index: number): void {
    const { executing, workspaces, held } = world.replica(index);
    const who = nodeName(replicaNode(index));
    const [runs] = executing;
    const [keeps] = workspaces;
    const [holds] = held;
    if (runs !== undefined) this.breach.report(now, `${who} runs ${attemptName(runs)}`);
    if (keeps !== undefined) {
      this.breach.report(now, `${who} keeps the workspace of ${attemptName(keeps)}`);
    }
    if (holds !== undefined) {
      this.breach.report(now, `${who} holds the output of ${attemptName(holds.attempt)}`);
    }
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createNothingLeft(context: CheckContext): Checker {
  return new NothingLeft(context);
}
