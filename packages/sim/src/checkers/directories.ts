/**
 * Directories first (6.7): an attempt that will upload a part is given away when the directory it
 * uploads into has been made, for nobody but a primary makes any.
 */
import { attemptName } from '@lisping/core';
import type { Message, Microseconds, NodeId, StoreAnswer, StoreOperation } from '@lisping/core';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

class DirectoriesFirst implements Checker {
  readonly name: string = 'directories-first';
  readonly title: string = 'no work was given away before there was a place for it';
  readonly interest: Interest = { of: 'primaries', messages: ['assign'] };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private isMade = false;

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
  }

  storeApplied(
    _now: Microseconds,
    _issuer: NodeId,
    operation: StoreOperation,
    answer: StoreAnswer,
  ): void {
    if (operation.kind !== 'make-temporary' || operation.job !== this.context.job) return;
    this.isMade ||= answer === 'ok';
  }

  sent(now: Microseconds, _from: NodeId, _to: NodeId, message: Message): void {
    if (this.isMade || message.kind !== 'assign') return;
    const { attempt } = message;
    if (attempt.job !== this.context.job) return;
    if (attempt.kind === 'map' && this.context.reduces > 0) return;
    const name = attemptName(attempt);
    this.breach.report(now, `${name} is given away, and there is nothing to upload into`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createDirectoriesFirst(context: CheckContext): Checker {
  return new DirectoriesFirst(context);
}
