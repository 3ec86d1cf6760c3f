/**
 * A replica works on no more attempts at once than it has slots, whatever it was assigned. And a primary
 * does not leave more with it: of what a heartbeat names, all that has no slot is told to stop.
 */
import { sameAttempt } from '@lisping/core';
import type { AttemptId, Effect, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import { answerIn } from './known/answer.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

/** More than are on their way at once. */
const REPORTS = 16;

class SlotsAreKept implements Checker {
  readonly name: string = 'slots-are-kept';
  readonly title: string = 'no replica worked beyond its slots';
  readonly interest: Interest = { of: 'primaries', messages: ['heartbeat', 'report'] };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private world: WorldView | null = null;
  /** By replica: what it reported last. A heartbeat that was slower still names it. */
  private readonly reported: AttemptId[][] = [];

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  /** Looks at every heartbeat that is heard: work lasts longer than that. */
  private look(now: Microseconds, node: NodeId): void {
    const index = replicaIndex(node);
    if (index < 0 || this.world === null) return;
    const { working } = this.world.replica(index);
    if (working <= this.context.slots) return;
    const count = `${working} attempts in ${this.context.slots} slots`;
    this.breach.report(now, `${nodeName(node)} works on ${count}`);
  }

  delivered(
    now: Microseconds,
    _node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    const reported = (this.reported[from] ??= []);
    if (message.kind === 'report') {
      if (reported.push(message.attempt) > REPORTS) reported.shift();
    } else if (message.kind === 'heartbeat') {
      this.look(now, from);
      if (message.running.length <= this.context.slots) return;
      const left = message.running.filter((attempt) => !named(attempt, reported));
      this.onAnswer(now, from, left, effects);
    }
  }

  private onAnswer(
    now: Microseconds,
    from: NodeId,
    running: readonly AttemptId[],
    effects: readonly Effect[],
  ): void {
    const answer = answerIn(effects);
    // A list that was cut to a page does not name everything.
    const isWhole = answer !== undefined && answer.unwanted.length < this.context.timing.page;
    if (!isWhole || answer.resync) return;
    const { unwanted, endedJobs } = answer;
    const kept = running.filter(
      (attempt) => !named(attempt, unwanted) && !endedJobs.includes(attempt.job),
    );
    if (kept.length <= this.context.slots) return;
    const count = `${kept.length} attempts in ${this.context.slots} slots`;
    this.breach.report(now, `${nodeName(from)} is left with ${count}`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function named(attempt: AttemptId, list: readonly AttemptId[]): boolean {
  return list.some((other) => sameAttempt(other, attempt));
}

export function createSlotsAreKept(context: CheckContext): Checker {
  return new SlotsAreKept(context);
}
