/**
 * S6: no reduce starts before it holds a verified segment of every map, and none of a version that its
 * replica has heard to be superseded. One that runs on such a segment gives up when it hears that.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type {
  AttemptId,
  Effect,
  Location,
  LocationPage,
  Message,
  Microseconds,
  NodeId,
  RunReduce,
} from '@lisping/core';
import { replicaIndex } from '../address.ts';
import type { Execution, Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

class CompleteInput implements Checker {
  readonly name: string = 'reduce-holds-all-segments';
  readonly title: string = 'no reduce started before it held all its segments';
  readonly interest: Interest = {
    of: 'replicas',
    messages: ['report', 'located', 'heartbeat-answer'],
    bareAnswers: false,
    effects: ['run-reduce'],
  };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  /** By node and map: the newest version that this life has heard of, where it is not the first. */
  private readonly heard: number[][] = [];
  /** By node: reduces that have started. */
  private readonly started: RunReduce[][] = [];
  private world: WorldView | null = null;

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    this.heard[node] = [];
    this.started[node] = [];
  }

  delivered(
    now: Microseconds,
    node: NodeId,
    _from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    let isNews = false;
    if (message.kind === 'located') isNews = this.hear(node, message.located);
    else if (message.kind === 'heartbeat-answer') {
      for (const page of message.located) isNews = this.hear(node, page) || isNews;
    }
    if (isNews) this.lookAtStarted(now, node, effects);
  }

  /** True when a version has risen. */
  private hear(node: NodeId, { job, entries }: LocationPage): boolean {
    if (job !== this.context.job) return false;
    const heard = (this.heard[node] ??= []);
    let isNews = false;
    for (const { map, version } of entries) {
      if (version <= (heard[map] ?? 1)) continue;
      heard[map] = version;
      isNews = true;
    }
    return isNews;
  }

  /** Nothing else is a reason to begin anew: a fetch that failed is tried again. */
  sent(now: Microseconds, from: NodeId, _to: NodeId, message: Message): void {
    if (message.kind !== 'report' || message.attempt.job !== this.context.job) return;
    const { outcome } = message;
    if (outcome.kind !== 'gave-up' || outcome.reason !== 'versions') return;
    if ((this.heard[from] ?? []).length > 0) return;
    const words = `${attemptName(message.attempt)} gives up for a newer version`;
    this.breach.report(now, `${words}, and none is known there`);
  }

  private lookAtStarted(now: Microseconds, node: NodeId, effects: readonly Effect[]): void {
    const executing = this.world?.replica(replicaIndex(node)).executing ?? [];
    const stopped = effects.flatMap((effect) =>
      effect.kind === 'abandon' ? [effect.attempt] : [],
    );
    for (const { attempt, sources } of this.started[node] ?? []) {
      const old = this.oldAmong(node, sources);
      if (old === undefined || named(attempt, stopped) || !named(attempt, executing)) continue;
      const words = `${attemptName(attempt)} goes on with version ${old.version} of map ${old.map}`;
      return this.breach.report(now, `${words}, which it has heard to be superseded`);
    }
  }

  private oldAmong(node: NodeId, sources: RunReduce['sources']): Location | undefined {
    const heard = this.heard[node] ?? [];
    return sources.find(({ map, version }) => version < (heard[map] ?? 1));
  }

  asked(now: Microseconds, node: NodeId, effect: Effect): void {
    if (effect.kind === 'run-reduce') this.onStart(now, node, effect);
  }

  private onStart(now: Microseconds, node: NodeId, effect: RunReduce): void {
    const { attempt, sources } = effect;
    const { job, maps } = this.context;
    if (attempt.job !== job) return;
    if (sources.length !== maps || sources.some(({ map }, i) => map !== i)) {
      const name = attemptName(attempt);
      return this.breach.report(now, `${name} starts with ${sources.length} of ${maps} segments`);
    }
    const old = this.oldAmong(node, sources);
    if (old === undefined) return void (this.started[node] ??= []).push(effect);
    const words = `${attemptName(attempt)} starts with version ${old.version} of map ${old.map}`;
    this.breach.report(now, `${words}, and a newer one is known there`);
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

function named(attempt: AttemptId, list: readonly AttemptId[]): boolean {
  return list.some((other) => sameAttempt(other, attempt));
}

export function createCompleteInput(context: CheckContext): Checker {
  return new CompleteInput(context);
}
