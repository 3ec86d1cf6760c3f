/**
 * Work goes to who hears: an assignment is sent to a replica that was heard a moment ago, and whose last
 * heartbeat showed that an answer to one of its last three had reached it. What is given to anybody else
 * is done in vain, or not at all, and is missed only later.
 */
import { attemptName } from '@lisping/core';
import type { Assign, Effect, Heartbeat, Join, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

/** So many heartbeats may go without an answer. */
const HEARS_WITHIN = 3;

/** The primary looks round at each tick, which a fault of the order of events makes later. */
const LATE_TICK: Microseconds = 200_000;

/** What one life of a primary has heard of a replica. */
interface Heard {
  readonly life: number;
  readonly snapshot: number;
  /** The number its heartbeats had reached when it told its last snapshot. */
  readonly joinedAt: number;
  at: Microseconds;
  /** Heartbeats since the last one of which it is known that the answer came; null before the first. */
  unanswered: number | null;
}

class WorkGoesToWhoHears implements Checker {
  readonly name: string = 'work-goes-to-who-hears';
  readonly title: string = 'no work was given to who does not hear';
  readonly interest: Interest = { of: 'primaries', messages: ['heartbeat', 'join', 'assign'] };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  /** By primary, then by replica. */
  private readonly minds = new Map<NodeId, Heard[]>();

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    if (replicaIndex(node) < 0) this.minds.set(node, []);
  }

  delivered(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    const heard = this.minds.get(node);
    if (heard === undefined) return;
    if (message.kind === 'join') this.onJoin(now, heard, from, message);
    else if (message.kind === 'heartbeat' && effects.some(isAnswer)) {
      this.onHeartbeat(now, heard[from], message);
    }
  }

  private onJoin(at: Microseconds, heard: Heard[], from: NodeId, join: Join): void {
    const { incarnation: life, snapshot, heartbeat } = join;
    const before = heard[from];
    if (before !== undefined && life < before.life) return;
    if (before !== undefined && life === before.life && snapshot < before.snapshot) return;
    if (before?.life === life && before.snapshot === snapshot) before.at = at;
    else heard[from] = { life, snapshot, joinedAt: heartbeat, at, unanswered: null };
  }

  private onHeartbeat(
    now: Microseconds,
    heard: Heard | undefined,
    { number, answered }: Heartbeat,
  ): void {
    if (heard === undefined) return;
    heard.at = now;
    heard.unanswered = number - Math.max(answered, heard.joinedAt);
  }

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    if (message.kind === 'assign') this.onAssign(now, from, to, message);
  }

  private onAssign(now: Microseconds, from: NodeId, to: NodeId, { attempt }: Assign): void {
    if (attempt.job !== this.context.job) return;
    const heard = this.minds.get(from)?.[to];
    const what = `${nodeName(to)} is given ${attemptName(attempt)}, and`;
    if (heard === undefined || heard.unanswered === null) {
      return this.breach.report(now, `${what} has not shown that it hears`);
    }
    if (heard.unanswered > HEARS_WITHIN) {
      const beats = `its last ${heard.unanswered} heartbeats`;
      return this.breach.report(now, `${what} no answer to ${beats} is known to have come`);
    }
    const { silence, tick } = this.context.timing;
    const silent = now - heard.at;
    if (silent <= silence + tick + LATE_TICK || this.mayNotKnow(from)) return;
    this.breach.report(now, `${what} was last heard ${(silent / 1_000_000).toFixed(1)} s ago`);
  }

  /** It measures on its own clock, and what others sent while it stood still is still to be read. */
  private mayNotKnow(primary: NodeId): boolean {
    const name = nodeName(primary);
    return this.context.faults.some(
      ({ kind, target }) => (kind === 'clock' || kind === 'pause') && target === name,
    );
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

/** Only who was heard is answered so. */
function isAnswer(effect: Effect): boolean {
  if (effect.kind !== 'send') return false;
  return effect.message.kind === 'heartbeat-answer' && !effect.message.resync;
}

export function createWorkGoesToWhoHears(context: CheckContext): Checker {
  return new WorkGoesToWhoHears(context);
}
