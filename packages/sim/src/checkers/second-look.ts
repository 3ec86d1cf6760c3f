/**
 * A primary that stood still looks for a successor's marker before it goes on with what it was about
 * to do at the output store: its successor may have ended the job long ago. That what it does there
 * is harmless is the last line of defence, and not the first. What was asked before the pause is no such
 * look. And whoever sees a higher marker than its own, however it came to look, does nothing more.
 */
import type { Effect, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName } from '../address.ts';
import type { Interest, Observer } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import { seconds } from './seconds.ts';

interface Look {
  isOpen: boolean;
  pausedAt: Microseconds;
  /** It stood still, and has not seen since that nobody took its place. */
  isDue: boolean;
  /** It has asked for the markers since. */
  isAsked: boolean;
  /** The epoch that it opens or has opened: the one that it writes for. */
  epoch: number;
}

class SecondLook implements Checker {
  readonly name: string = 'looks-again-after-a-pause';
  readonly title: string = 'no primary acted after a pause before it had looked for a successor';
  readonly interest: Interest = { of: 'primaries' };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private readonly looks = new Map<NodeId, Look>();

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  processStarted(now: Microseconds, node: NodeId): void {
    this.looks.set(node, {
      isOpen: false,
      pausedAt: 0,
      isDue: false,
      isAsked: false,
      epoch: 0,
    });
  }

  processPaused(now: Microseconds, node: NodeId): void {
    const look = this.looks.get(node);
    if (look !== undefined) look.pausedAt = now;
  }

  /** A pause that is hardly longer than two ticks need not be noticed. */
  processResumed(now: Microseconds, node: NodeId): void {
    const look = this.looks.get(node);
    if (look === undefined || !look.isOpen || this.hasJumped(node)) return;
    if (now - look.pausedAt > 3 * this.context.timing.tick) look.isDue = true;
    if (look.isDue) look.isAsked = false;
    else look.pausedAt = 0;
  }

  delivered(
    now: Microseconds,
    node: NodeId,
    _from: NodeId,
    _message: Message,
    effects: readonly Effect[],
  ): void {
    this.onEffects(now, node, effects);
  }

  timerFired(now: Microseconds, node: NodeId, _timer: number, effects: readonly Effect[]): void {
    this.onEffects(now, node, effects);
  }

  completed(
    now: Microseconds,
    node: NodeId,
    request: Effect,
    result: Parameters<Required<Observer>['completed']>[3],
    effects: readonly Effect[],
  ): void {
    const look = this.looks.get(node);
    if (look !== undefined && result.kind === 'journal-list') {
      this.onMarkers(now, node, look, result.epochs, effects);
    }
    if (request.kind === 'journal-list' && look?.isAsked === true) {
      look.isDue = false;
      look.pausedAt = 0;
    }
    this.onEffects(now, node, effects);
  }

  private onMarkers(
    now: Microseconds,
    node: NodeId,
    { epoch, isDue, isAsked }: Look,
    epochs: readonly number[],
    effects: readonly Effect[],
  ): void {
    if (epoch === 0) return;
    const higher = epochs.find((other) => other > epoch);
    if (higher !== undefined && !effects.some(({ kind }) => kind === 'resign')) {
      const words = `${nodeName(node)} goes on as epoch ${epoch}`;
      this.breach.report(now, `${words}, though it sees the marker of ${higher}`);
    } else if (isDue && !isAsked && effects.some(isActed)) {
      const words = `${nodeName(node)} acts on a look at the markers`;
      this.breach.report(now, `${words} from before it stood still`);
    }
  }

  private onEffects(now: Microseconds, node: NodeId, effects: readonly Effect[]): void {
    const look = this.looks.get(node);
    if (look === undefined || (look.isOpen && !look.isDue)) return;
    for (const effect of effects) {
      const { kind } = effect;
      if (kind === 'journal-write') look.epoch = effect.epoch;
      // The first tick is set when the journal is open.
      if (kind === 'set-timer') look.isOpen = true;
      if (!look.isDue) continue;
      if (kind === 'journal-list') look.isAsked = true;
      else if (kind === 'store') this.tooSoon(now, node, look);
    }
  }

  private tooSoon(now: Microseconds, node: NodeId, { pausedAt }: Look): void {
    const still = seconds(now - pausedAt);
    const words = 'asks the store before it has looked for a successor';
    this.breach.report(now, `${nodeName(node)} stood still ${still} s ago, and ${words}`);
  }

  /** It notices by its own clock. */
  private hasJumped(node: NodeId): boolean {
    const name = nodeName(node);
    return this.context.faults.some(({ kind, target }) => kind === 'clock' && target === name);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

/** What follows from a decision, and from nothing else. */
function isActed(effect: Effect): boolean {
  if (effect.kind !== 'send') return false;
  const { kind } = effect.message;
  return kind === 'report-answer' || kind === 'news';
}

export function createSecondLook(context: CheckContext): Checker {
  return new SecondLook(context);
}
