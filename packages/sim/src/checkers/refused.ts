/**
 * What is refused is not kept: when a replica hears that its report is void, or stops an attempt at a
 * map, the output does not stay on its disk until the end of the job, where nobody will ever read it.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type { AttemptId, Effect, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

/** Of one life of a replica. */
interface Mind {
  /** The epoch of its last report: what an older one answers is not listened to. */
  epoch: number;
  /** Reports without an answer. */
  reported: AttemptId[];
  /** Maps that were stopped or refused since the last heartbeat. */
  refused: AttemptId[];
}

class RefusedIsDiscarded implements Checker {
  readonly name: string = 'refused-is-discarded';
  readonly title: string = 'no replica kept what was refused';
  readonly interest: Interest = {
    of: 'replicas',
    messages: ['report', 'report-answer'],
    effects: ['abandon'],
  };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private readonly minds: Mind[] = [];
  private world: WorldView | null = null;

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    this.minds[node] = { epoch: 0, reported: [], refused: [] };
  }

  private mind(node: NodeId): Mind {
    return (this.minds[node] ??= { epoch: 0, reported: [], refused: [] });
  }

  sent(_now: Microseconds, from: NodeId, _to: NodeId, message: Message): void {
    if (message.kind !== 'report' || message.outcome.kind !== 'mapped') return;
    const { attempt, epoch } = message;
    const mind = this.mind(from);
    mind.epoch = epoch;
    if (attempt.job !== this.context.job || named(attempt, mind.reported)) return;
    mind.reported.push(attempt);
  }

  delivered(_now: Microseconds, node: NodeId, _from: NodeId, message: Message): void {
    if (message.kind === 'report-answer') this.onAnswer(node, message);
  }

  private onAnswer(node: NodeId, message: Extract<Message, { kind: 'report-answer' }>): void {
    const { attempt, verdict, epoch, incarnation } = message;
    const mind = this.mind(node);
    const life = this.world?.process(node).life;
    if (incarnation !== life || !named(attempt, mind.reported) || epoch < mind.epoch) return;
    mind.reported = mind.reported.filter((other) => !sameAttempt(other, attempt));
    if (verdict === 'void') mind.refused.push(attempt);
  }

  asked(_now: Microseconds, node: NodeId, effect: Effect): void {
    if (effect.kind !== 'abandon' || effect.attempt.kind !== 'map') return;
    if (effect.attempt.job === this.context.job) this.mind(node).refused.push(effect.attempt);
  }

  /** Looks once for every heartbeat. */
  timerFired(now: Microseconds, node: NodeId): void {
    const mind = this.mind(node);
    if (mind.refused.length > 0) this.look(now, node, mind);
  }

  private look(now: Microseconds, node: NodeId, mind: Mind): void {
    const { refused } = mind;
    mind.refused = [];
    const held = this.world?.replica(replicaIndex(node)).held ?? [];
    const kept = held.find(({ attempt }) => named(attempt, refused));
    if (kept === undefined) return;
    this.breach.report(now, `${nodeName(node)} keeps the output of ${attemptName(kept.attempt)}`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function named(attempt: AttemptId, list: readonly AttemptId[]): boolean {
  return list.some((other) => sameAttempt(other, attempt));
}

export function createRefusedIsDiscarded(context: CheckContext): Checker {
  return new RefusedIsDiscarded(context);
}
