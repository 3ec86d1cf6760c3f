/**
 * Only members are heeded: what a replica reports before it has told what it runs and holds, or after it
 * was taken for lost, is not answered. It repeats its report when it is a member; an answer before that
 * would throw its work away. And it is a member when it has told all of it, to the last page.
 */
import { attemptName } from '@lisping/core';
import type { Effect, Join, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import { Minds } from './known/minds.ts';
import { wasRefused } from './known/refusal.ts';

/** How a replica stands with one life of a primary. */
interface Standing {
  life: number;
  snapshot: number;
  /** Of that snapshot. */
  pages: number;
  isMember: boolean;
}

class MembersAreHeeded implements Checker {
  readonly name: string = 'only-members-are-heeded';
  readonly title: string = 'no report of a stranger was answered';
  readonly interest: Interest = {
    of: 'primaries',
    messages: ['join', 'report', 'page-received'],
    effects: ['journal-write'],
  };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  /** By primary, then by replica. */
  private readonly minds = new Minds<Standing[]>(() => []);

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    this.minds.started(node);
  }

  // ------------------------------------------------------------------ who is a member

  delivered(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    if (wasRefused(effects)) return;
    if (message.kind === 'join') this.onJoin(node, from, message);
    else if (message.kind === 'report') {
      const answer = effects.some(isReportAnswer);
      const isMember = this.minds.of(node)?.[from]?.isMember === true;
      if (answer && !isMember && message.attempt.job === this.context.job) {
        const words = `${nodeName(node)} answers the report of ${attemptName(message.attempt)}`;
        this.breach.report(now, `${words}, and ${nodeName(from)} is no member`);
      }
    }
  }

  private onJoin(node: NodeId, from: NodeId, { incarnation: life, snapshot, pages }: Join): void {
    const standings = this.minds.of(node);
    const before = standings?.[from];
    if (standings === undefined) return;
    if (before === undefined || life > before.life) {
      standings[from] = { life, snapshot, pages, isMember: false };
    } else if (life === before.life && snapshot > before.snapshot) {
      before.snapshot = snapshot;
      before.pages = pages;
      before.isMember = false;
    }
  }

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    if (message.kind !== 'page-received' || !message.welcome) return;
    const standing = this.minds.of(from)?.[to];
    if (standing === undefined) return;
    standing.isMember = true;
    const { page } = message;
    const { pages } = standing;
    if (page + 1 === pages) return;
    const words = `${nodeName(from)} welcomes ${nodeName(to)} after page ${page + 1} of ${pages}`;
    this.breach.report(now, words);
  }

  /** That it is lost is decided at once, and written down as soon as the journal is free. */
  asked(_now: Microseconds, node: NodeId, effect: Effect): void {
    if (effect.kind !== 'journal-write') return;
    for (const entry of effect.entries) {
      if (entry.kind !== 'replica-lost') continue;
      const standing = this.minds.of(node)?.[entry.replica];
      if (standing !== undefined) standing.isMember = false;
    }
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function isReportAnswer(effect: Effect): boolean {
  return effect.kind === 'send' && effect.message.kind === 'report-answer';
}

export function createMembersAreHeeded(context: CheckContext): Checker {
  return new MembersAreHeeded(context);
}
