/**
 * Fetching is paced: a reduce asks one source for one thing after the other, and keeps no more requests
 * on their way than it may. A thousand reduces that all ask at once are how a healthy peer comes to look
 * like a dead one.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type { Effect, Fetch, Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

class FetchingIsPaced implements Checker {
  readonly name: string = 'fetching-is-paced';
  readonly title: string = 'no reduce asked for everything at once';
  readonly interest: Interest = { of: 'replicas', effects: ['fetch', 'abandon'] };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  /** By replica: requests without an answer, of attempts that go on. */
  private readonly open: Fetch[][];

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
    this.open = Array.from({ length: context.replicas }, () => []);
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    const index = replicaIndex(node);
    if (index >= 0) this.open[index] = [];
  }

  completed(_now: Microseconds, node: NodeId, request: Effect): void {
    const open = this.open[replicaIndex(node)];
    if (request.kind !== 'fetch' || open === undefined) return;
    const at = open.indexOf(request);
    if (at >= 0) open.splice(at, 1);
  }

  asked(now: Microseconds, node: NodeId, effect: Effect): void {
    const index = replicaIndex(node);
    const open = this.open[index];
    if (open === undefined) return;
    if (effect.kind === 'fetch') this.onFetch(now, node, effect, open);
    else if (effect.kind === 'abandon' && open.length > 0) {
      this.open[index] = open.filter((other) => !sameAttempt(other.attempt, effect.attempt));
    }
  }

  private onFetch(now: Microseconds, node: NodeId, fetch: Fetch, open: Fetch[]): void {
    let beside = 0;
    for (const other of open) {
      if (!sameAttempt(other.attempt, fetch.attempt)) continue;
      beside++;
      if (other.from === fetch.from) this.report(now, node, fetch, 'a second time at once');
    }
    open.push(fetch);
    if (beside < this.context.timing.fetchesInFlight) return;
    this.report(now, node, fetch, `beside ${beside} others`);
  }

  private report(now: Microseconds, node: NodeId, { attempt, from }: Fetch, how: string): void {
    const words = `${nodeName(node)} asks ${nodeName(from)} for ${attemptName(attempt)}`;
    this.breach.report(now, `${words} ${how}`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createFetchingIsPaced(context: CheckContext): Checker {
  return new FetchingIsPaced(context);
}
