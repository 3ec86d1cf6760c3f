/**
 * Resync is rare: a replica tells everything it runs and holds once in a life and once to each epoch,
 * and again only where something went wrong. And nobody is pestered: what was told and heard is not
 * told on and on, and a source that did not give what it was asked for is left alone for a while.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type { AttemptId, Effect, JobId, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName } from '../address.ts';
import type { Interest, Observer } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { Calm } from './known/calm.ts';

/** Told with one answer, and perhaps with the next, which left before the first was known to be heard. */
const TELLINGS = 3;

/** What was told to a replica in calm: that an attempt is unwanted, or that a job has ended. */
interface Told {
  readonly about: AttemptId | JobId;
  times: number;
}

class ResyncIsRare implements Checker {
  readonly name: string = 'resync-is-rare';
  readonly title: string = 'nothing was said again and again';
  readonly interest: Interest = {
    messages: ['join', 'heartbeat-answer'],
    effects: ['fetch'],
    bareAnswers: false,
  };
  private readonly context: CheckContext;
  private readonly calm: Calm;
  private readonly breach: Breach;
  /** By node: the epoch to which it last told everything, and which snapshot that was; 0 in a new life. */
  private readonly toldEpoch: number[] = [];
  private readonly snapshot: number[] = [];
  private readonly unwanted: Told[][] = [];

  constructor(context: CheckContext, calm: Calm) {
    this.context = context;
    this.calm = calm;
    this.breach = new Breach(context, this);
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    this.toldEpoch[node] = -1;
    this.snapshot[node] = 0;
    this.unwanted[node] = [];
  }

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    if (message.kind === 'join') this.onJoin(now, from, message.epoch, message.snapshot);
    else if (message.kind === 'heartbeat-answer') {
      for (const attempt of message.unwanted) this.onTold(now, to, attempt);
      for (const job of message.endedJobs) this.onTold(now, to, job);
    }
  }

  private onJoin(now: Microseconds, from: NodeId, epoch: number, snapshot: number): void {
    if (snapshot === this.snapshot[from]) return;
    this.snapshot[from] = snapshot;
    const before = this.toldEpoch[from];
    this.toldEpoch[from] = epoch;
    if (before !== epoch || this.calm.since > now) return;
    // Until it has heard of a primary it does not know whom it tells.
    if (epoch === 0) return;
    const words = `${nodeName(from)} tells epoch ${epoch} again what it runs and holds`;
    this.breach.report(now, `${words}, though nothing went wrong`);
  }

  private onTold(now: Microseconds, to: NodeId, about: AttemptId | JobId): void {
    const told = (this.unwanted[to] ??= []);
    if (this.calm.since > now) {
      told.length = 0;
      return;
    }
    const one = told.find((other) => isSame(other.about, about));
    if (one === undefined) return void told.push({ about, times: 1 });
    if (++one.times <= TELLINGS) return;
    const words = `${nodeName(to)} is told ${one.times} times that`;
    const what =
      typeof about === 'object' ? `${attemptName(about)} is unwanted` : 'a job has ended';
    this.breach.report(now, `${words} ${what}`);
  }

  completed(
    now: Microseconds,
    node: NodeId,
    request: Effect,
    result: Parameters<Required<Observer>['completed']>[3],
    effects: readonly Effect[],
  ): void {
    if (request.kind !== 'fetch' || effects.length === 0) return;
    if (result.kind === 'fetched' && result.statuses.every((status) => status === 'ok')) return;
    for (const effect of effects) {
      if (effect.kind !== 'fetch' || effect.from !== request.from) continue;
      if (!sameAttempt(effect.attempt, request.attempt)) continue;
      const words = `${nodeName(node)} asks ${nodeName(effect.from)} again at once`;
      return this.breach.report(now, `${words} for what it did not get`);
    }
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function isSame(one: AttemptId | JobId, other: AttemptId | JobId): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return sameAttempt(one, other);
}

export function createResyncIsRare(context: CheckContext, calm: Calm): Checker {
  return new ResyncIsRare(context, calm);
}
