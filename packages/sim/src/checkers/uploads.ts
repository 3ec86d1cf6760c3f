/**
 * An upload that is not answered is tried again by the same attempt, a few times, and then given up: what
 * was computed is not thrown away for one lost packet, and a replica that cannot reach the store does not
 * keep a task for ever.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type { AttemptId, Effect, Message, Microseconds, NodeId, StoreAnswer } from '@lisping/core';
import { nodeName } from '../address.ts';
import type { Interest, Observer } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

/** A part that has not been answered for. */
interface Upload {
  readonly attempt: AttemptId;
  tries: number;
  answer: StoreAnswer;
}

class UploadsAreTried implements Checker {
  readonly name: string = 'uploads-are-tried-again';
  readonly title: string = 'no upload was given up too soon, or too late';
  readonly interest: Interest = { of: 'replicas', messages: ['report'], effects: ['store'] };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  /** By node: uploads of which the last answer was unclear. Most are answered at once. */
  private readonly unclear: Upload[][] = [];

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    this.unclear[node] = [];
  }

  completed(
    _now: Microseconds,
    node: NodeId,
    request: Effect,
    result: Parameters<Required<Observer>['completed']>[3],
  ): void {
    if (request.kind !== 'store' || result.kind !== 'store') return;
    const { operation } = request;
    if (operation.kind !== 'upload' || operation.attempt.job !== this.context.job) return;
    const { attempt } = operation;
    const { answer } = result;
    const uploads = (this.unclear[node] ??= []);
    const one = find(uploads, attempt);
    if (one !== undefined) one.answer = answer;
    else if (answer === 'unclear') uploads.push({ attempt, tries: 1, answer });
  }

  /** The first try of an upload found none that was unclear. */
  asked(now: Microseconds, node: NodeId, effect: Effect): void {
    if (effect.kind !== 'store' || effect.operation.kind !== 'upload') return;
    const one = find(this.unclear[node] ?? [], effect.operation.attempt);
    if (one === undefined || ++one.tries <= this.context.timing.uploadTries) return;
    const words = `${nodeName(node)} tries for the ${one.tries}th time`;
    this.breach.report(now, `${words} to upload ${attemptName(one.attempt)}`);
  }

  sent(now: Microseconds, from: NodeId, _to: NodeId, message: Message): void {
    if (message.kind !== 'report' || message.outcome.kind !== 'gave-up') return;
    if (message.outcome.reason !== 'store') return;
    const one = find(this.unclear[from] ?? [], message.attempt);
    if (one?.answer !== 'unclear' || one.tries >= this.context.timing.uploadTries) return;
    const words = `${nodeName(from)} gives up ${attemptName(one.attempt)}`;
    this.breach.report(now, `${words} after ${one.tries} tries to upload it`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function find(uploads: readonly Upload[], attempt: AttemptId): Upload | undefined {
  return uploads.find((one) => sameAttempt(one.attempt, attempt));
}

export function createUploadsAreTried(context: CheckContext): Checker {
  return new UploadsAreTried(context);
}
