/**
 * S6: no reduce starts before it holds a verified segment of every map, and none of a version that its
 * replica has heard to be superseded.
 */
import { attemptName } from '@lisping/core';
import type { Effect, LocationPage, Message, Microseconds, NodeId, RunReduce } from '@lisping/core';
import type { Execution, Interest, Observer } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

class CompleteInput implements Checker {
  readonly name: string = 'reduce-holds-all-segments';
  readonly title: string = 'no reduce started before it held all its segments';
  readonly interest: Interest = { of: 'replicas' };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  /** By node and map: the newest version that this life has heard of, where it is not the first. */
  private readonly heard: number[][] = [];

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    this.heard[node] = [];
  }

  // A reduce starts when its last segment comes, or when the primary says where things are.

  completed(
    now: Microseconds,
    node: NodeId,
    request: Effect,
    _result: Parameters<Required<Observer>['completed']>[3],
    effects: readonly Effect[],
  ): void {
    if (request.kind === 'fetch') this.look(now, node, effects);
  }

  delivered(
    now: Microseconds,
    node: NodeId,
    _from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    if (message.kind === 'located') this.hear(node, message.located);
    else if (message.kind === 'heartbeat-answer') {
      for (const page of message.located) this.hear(node, page);
    }
    this.look(now, node, effects);
  }

  private hear(node: NodeId, { job, entries }: LocationPage): void {
    if (job !== this.context.job) return;
    const heard = (this.heard[node] ??= []);
    for (const { map, version } of entries) {
      if (version > 1) heard[map] = Math.max(heard[map] ?? 1, version);
    }
  }

  timerFired(now: Microseconds, node: NodeId, _timer: number, effects: readonly Effect[]): void {
    this.look(now, node, effects);
  }

  private look(now: Microseconds, node: NodeId, effects: readonly Effect[]): void {
    for (const effect of effects) if (effect.kind === 'run-reduce') this.onStart(now, node, effect);
  }

  private onStart(now: Microseconds, node: NodeId, { attempt, sources }: RunReduce): void {
    const { job, maps } = this.context;
    if (attempt.job !== job) return;
    if (sources.length !== maps || sources.some(({ map }, i) => map !== i)) {
      const name = attemptName(attempt);
      return this.breach.report(now, `${name} starts with ${sources.length} of ${maps} segments`);
    }
    const heard = this.heard[node] ?? [];
    const old = sources.find(({ map, version }) => version < (heard[map] ?? 1));
    if (old === undefined) return;
    const words = `${attemptName(attempt)} starts with version ${old.version} of map ${old.map}`;
    this.breach.report(now, `${words}, of which ${heard[old.map] ?? 1} is known there`);
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
