/** S6: no reduce starts before it holds a verified segment of every map. */
import { attemptName } from '@lisping/core';
import type { Effect, Message, Microseconds, NodeId, RunReduce } from '@lisping/core';
import type { Execution, Interest, Observer } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

class CompleteInput implements Checker {
  readonly name: string = 'reduce-holds-all-segments';
  readonly title: string = 'no reduce started before it held all its segments';
  readonly interest: Interest = { of: 'replicas' };
  private readonly context: CheckContext;
  private readonly breach: Breach;

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  // A reduce starts when its last segment comes, or when the primary says where things are.

  completed(
    now: Microseconds,
    _node: NodeId,
    request: Effect,
    _result: Parameters<Required<Observer>['completed']>[3],
    effects: readonly Effect[],
  ): void {
    if (request.kind === 'fetch') this.look(now, effects);
  }

  delivered(
    now: Microseconds,
    _node: NodeId,
    _from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    if (message.kind !== 'heartbeat' && message.kind !== 'report') this.look(now, effects);
  }

  timerFired(now: Microseconds, _node: NodeId, _timer: number, effects: readonly Effect[]): void {
    this.look(now, effects);
  }

  private look(now: Microseconds, effects: readonly Effect[]): void {
    for (const effect of effects) if (effect.kind === 'run-reduce') this.onStart(now, effect);
  }

  private onStart(now: Microseconds, { attempt, sources }: RunReduce): void {
    const { job, maps } = this.context;
    if (attempt.job !== job) return;
    if (sources.length !== maps || sources.some(({ map }, i) => map !== i)) {
      const name = attemptName(attempt);
      this.breach.report(now, `${name} starts with ${sources.length} of ${maps} segments`);
    }
  }

  /** What a reduce names as its sources must really lie in its workspace, verified. */
  executed(now: Microseconds, _node: NodeId, execution: Execution): void {
    const { attempt, kind, consumed, error } = execution;
    if (kind !== 'reduce' || attempt.job !== this.context.job) return;
    // What fails before it begins to read has consumed nothing.
    if (error !== null && consumed.length === 0) return;
    let missing = this.context.maps - consumed.length;
    for (const segment of consumed) if (segment === null) missing++;
    if (missing === 0) return;
    this.breach.report(now, `${attemptName(attempt)} ran without ${missing} of its segments`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createCompleteInput(context: CheckContext): Checker {
  return new CompleteInput(context);
}
