/**
 * What a replica says of others is true: a complaint counts the requests to that source that have failed
 * in a row, no more and no less, and at every beat there is a sign of life: a heartbeat, or a page of the
 * snapshot that is still to be answered. The primary decides upon nothing else.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type { AttemptId, Effect, Microseconds, NodeId, TimerId } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest, Observer } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

/** Requests of one attempt to one source that failed since the last that did not. */
interface InVain {
  readonly attempt: AttemptId;
  readonly source: NodeId;
  failures: number;
}

class ComplaintsAreTrue implements Checker {
  readonly name: string = 'complaints-are-true';
  readonly title: string = 'no replica misled its primary';
  readonly interest: Interest = { of: 'replicas', messages: [], effects: ['fetch'] };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  /** By node. Where every request is answered there is nothing. */
  private readonly inVain: InVain[][] = [];
  /** By node: the timer that it sets when it starts. */
  private readonly beat: (TimerId | undefined)[] = [];

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  processStarted(
    _now: Microseconds,
    node: NodeId,
    _life: number,
    effects: readonly Effect[],
  ): void {
    this.inVain[node] = [];
    const [beat] = effects.flatMap((effect) => (effect.kind === 'set-timer' ? [effect.timer] : []));
    this.beat[node] = replicaIndex(node) < 0 ? undefined : beat;
  }

  completed(
    now: Microseconds,
    node: NodeId,
    request: Effect,
    result: Parameters<Required<Observer>['completed']>[3],
    effects: readonly Effect[],
  ): void {
    if (request.kind !== 'fetch') return;
    const { attempt, from: source } = request;
    const hasCome = result.kind === 'fetched' && result.statuses.every((status) => status === 'ok');
    const list = (this.inVain[node] ??= []);
    let one = list.find((other) => other.source === source && sameAttempt(other.attempt, attempt));
    if (one === undefined) {
      if (hasCome) return this.compare(now, node, { attempt, source, failures: 0 }, effects);
      list.push((one = { attempt, source, failures: 0 }));
    }
    one.failures = hasCome ? 0 : one.failures + 1;
    this.compare(now, node, one, effects);
  }

  private compare(
    now: Microseconds,
    node: NodeId,
    { attempt, failures }: InVain,
    effects: readonly Effect[],
  ): void {
    for (const effect of effects) {
      if (effect.kind !== 'send' || effect.message.kind !== 'fetch-trouble') continue;
      if (effect.message.failures === failures) continue;
      const words = `${nodeName(node)} complains for ${attemptName(attempt)}`;
      const counts = `of ${effect.message.failures} failures in a row, of which there were ${failures}`;
      return this.breach.report(now, `${words} ${counts}`);
    }
  }

  timerFired(now: Microseconds, node: NodeId, timer: TimerId, effects: readonly Effect[]): void {
    if (timer !== this.beat[node]) return;
    for (const effect of effects) {
      if (effect.kind !== 'send') continue;
      const { kind } = effect.message;
      if (kind === 'heartbeat' || kind === 'join') return;
    }
    this.breach.report(now, `${nodeName(node)} gives no sign of life at its beat`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createComplaintsAreTrue(context: CheckContext): Checker {
  return new ComplaintsAreTrue(context);
}
