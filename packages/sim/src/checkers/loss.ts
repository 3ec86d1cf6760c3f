/**
 * A replica is lost when it was not heard for the detection deadline, and not before: whoever calls
 * nodes dead that are alive makes their work again for nothing, and does so when the cluster is under
 * load, of all times. A primary that stood still itself has to read first what came meanwhile.
 */
import type { Effect, Epoch, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName } from '../address.ts';
import type { Interest, Observer } from '../observe.ts';
import { Breach } from './breach.ts';
import { wasHeard } from './known/answer.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import { seconds } from './seconds.ts';

/** What one life of a primary has heard, and when it could decide. */
interface Ear {
  readonly startedAt: Microseconds;
  /** By node: when it was heard last. */
  readonly heardAt: Microseconds[];
  /**
   * By node: a silence of a whole deadline has ended since it wrote last. What it decides is written
   * at once, or after the write that is under way.
   */
  silenceEnded: boolean[];
  isOpen: boolean;
  pausedAt: Microseconds;
  /** Until then it may not say that somebody is silent who was not before it stood still. */
  deafUntil: Microseconds;
}

class NobodyLostTooSoon implements Checker {
  readonly name: string = 'nobody-lost-too-soon';
  readonly title: string = 'no replica was taken for lost too soon';
  readonly interest: Interest = { of: 'primaries' };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  /** By node. */
  private readonly ears: Ear[] = [];
  /** The deadline on a clock that runs as fast as clocks may. */
  private readonly deadline: Microseconds;

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
    const { detection, driftPpm } = context.timing;
    this.deadline = detection - Math.ceil((detection * driftPpm) / 1_000_000);
  }

  processStarted(now: Microseconds, node: NodeId): void {
    this.ears[node] = {
      startedAt: now,
      heardAt: [],
      silenceEnded: [],
      isOpen: false,
      pausedAt: 0,
      deafUntil: 0,
    };
  }

  processPaused(now: Microseconds, node: NodeId): void {
    const ear = this.ears[node];
    if (ear !== undefined) ear.pausedAt = now;
  }

  processResumed(now: Microseconds, node: NodeId): void {
    const ear = this.ears[node];
    if (ear === undefined || !ear.isOpen) return;
    if (now - ear.pausedAt > 3 * this.context.timing.tick) ear.deafUntil = now + this.deadline;
    else if (now >= ear.deafUntil) ear.pausedAt = 0;
  }

  delivered(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    const ear = this.ears[node];
    if (ear === undefined) return;
    const isSign = message.kind === 'heartbeat' || message.kind === 'join';
    if (isSign && wasHeard(effects)) this.hear(ear, now, from);
    this.onEffects(now, node, ear, effects);
  }

  private hear(ear: Ear, now: Microseconds, from: NodeId): void {
    const before = ear.heardAt[from] ?? ear.startedAt;
    if (now - before >= this.deadline) ear.silenceEnded[from] = true;
    ear.heardAt[from] = now;
  }

  timerFired(now: Microseconds, node: NodeId, _timer: number, effects: readonly Effect[]): void {
    const ear = this.ears[node];
    if (ear !== undefined) this.onEffects(now, node, ear, effects);
  }

  completed(
    now: Microseconds,
    node: NodeId,
    _request: Effect,
    _result: Parameters<Required<Observer>['completed']>[3],
    effects: readonly Effect[],
  ): void {
    const ear = this.ears[node];
    if (ear !== undefined) this.onEffects(now, node, ear, effects);
  }

  private onEffects(now: Microseconds, node: NodeId, ear: Ear, effects: readonly Effect[]): void {
    for (const effect of effects) {
      // The first tick is set when the journal is open.
      if (effect.kind === 'set-timer') ear.isOpen = true;
      if (effect.kind !== 'journal-write') continue;
      for (const entry of effect.entries) {
        if (entry.kind === 'replica-lost') this.onLost(now, node, ear, effect.epoch, entry.replica);
      }
      ear.silenceEnded = [];
    }
  }

  private onLost(now: Microseconds, node: NodeId, ear: Ear, epoch: Epoch, replica: NodeId): void {
    if (this.hasJumped(node)) return;
    const heardAt = ear.heardAt[replica] ?? ear.startedAt;
    const who = `${nodeName(node)}, epoch ${epoch}, takes ${nodeName(replica)} for lost`;
    const waited = ear.silenceEnded[replica] === true;
    if (now - heardAt < this.deadline && !waited) {
      return this.breach.report(now, `${who} ${seconds(now - heardAt)} s after it was heard`);
    }
    const wasSilent = ear.pausedAt - heardAt >= this.deadline;
    if (now >= ear.deafUntil || wasSilent || waited) return;
    const stood = `${seconds(now - ear.deafUntil + this.deadline)} s after it stood still itself`;
    this.breach.report(now, `${who} ${stood}`);
  }

  /** Deadlines are measured on the primary's own clock. */
  private hasJumped(node: NodeId): boolean {
    const name = nodeName(node);
    return this.context.faults.some(
      (fault) => fault.kind === 'clock' && fault.target === name && fault.offset !== 0,
    );
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createNobodyLostTooSoon(context: CheckContext): Checker {
  return new NobodyLostTooSoon(context);
}
