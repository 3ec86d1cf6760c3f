/**
 * Reducers are sent where segments are: what a primary says last of an output does not name a replica
 * that it has taken for lost, nor an earlier life of one that has begun another. Whatever went wrong with
 * an earlier life says nothing about this one, and whoever complains of it would not be listened to.
 */
import type {
  Effect,
  Epoch,
  Join,
  LocationPage,
  Message,
  Microseconds,
  NodeId,
} from '@lisping/core';
import { nodeName } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import { Minds } from './known/minds.ts';
import { wasRefused } from './known/refusal.ts';

/** What one life of a primary knows of a replica. */
interface Known {
  readonly life: number;
  readonly joinedAt: Microseconds;
  isLost: boolean;
}

/** What one life of a primary knows, and when it began its last write and heard of its journal. */
interface Mind {
  readonly known: Known[];
  wroteAt: Microseconds;
  journalAt: Microseconds;
}

class PlacesAreCurrent implements Checker {
  readonly name: string = 'places-are-current';
  readonly title: string = 'no reduce was sent where nothing is';
  readonly interest: Interest = {
    of: 'primaries',
    messages: ['join', 'located', 'heartbeat-answer'],
    effects: ['journal-write', 'journal-list'],
    bareAnswers: false,
  };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private readonly minds = new Minds<Mind>(() => ({ known: [], wroteAt: 0, journalAt: 0 }));

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    this.minds.started(node);
  }

  delivered(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    if (message.kind === 'join' && !wasRefused(effects)) this.onJoin(now, node, from, message);
  }

  private onJoin(
    joinedAt: Microseconds,
    node: NodeId,
    from: NodeId,
    { incarnation: life }: Join,
  ): void {
    const known = this.minds.of(node)?.known;
    if (known === undefined || life < (known[from]?.life ?? 0)) return;
    known[from] = { life, joinedAt, isLost: false };
  }

  completed(now: Microseconds, node: NodeId): void {
    const mind = this.minds.of(node);
    if (mind !== undefined) mind.journalAt = now;
  }

  /**
   * That it is lost is decided at once, and written down as soon as the journal is free: who has joined
   * since the write before was perhaps lost before that.
   */
  asked(now: Microseconds, node: NodeId, effect: Effect): void {
    const mind = this.minds.of(node);
    if (effect.kind !== 'journal-write' || mind === undefined) return;
    const hadToWait = mind.journalAt === now;
    for (const entry of effect.entries) {
      if (entry.kind !== 'replica-lost') continue;
      const known = mind.known[entry.replica];
      if (known === undefined || (hadToWait && known.joinedAt >= mind.wroteAt)) continue;
      known.isLost = true;
    }
    mind.wroteAt = now;
  }

  sent(now: Microseconds, from: NodeId, _to: NodeId, message: Message): void {
    if (message.kind === 'located') this.onPage(now, from, message.epoch, message.located);
    else if (message.kind === 'heartbeat-answer') {
      for (const page of message.located) this.onPage(now, from, message.epoch, page);
    }
  }

  private onPage(now: Microseconds, primary: NodeId, epoch: Epoch, page: LocationPage): void {
    // Behind this page there may be something newer.
    if (page.job !== this.context.job || page.more) return;
    const known = this.minds.of(primary)?.known ?? [];
    const seen = new Set<number>();
    for (let i = page.entries.length - 1; i >= 0; i--) {
      const entry = page.entries[i];
      if (entry === undefined || seen.has(entry.map)) continue;
      seen.add(entry.map);
      const source = known[entry.source];
      if (source === undefined || (!source.isLost && source.life <= entry.sourceLife)) continue;
      const who = nodeName(entry.source as NodeId); // it names one of the nodes
      const why = source.isLost ? 'was lost' : 'has begun another life';
      return this.breach.report(
        now,
        `epoch ${epoch} names ${who} for map ${entry.map}, and it ${why}`,
      );
    }
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createPlacesAreCurrent(context: CheckContext): Checker {
  return new PlacesAreCurrent(context);
}
