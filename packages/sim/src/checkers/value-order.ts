/**
 * A part of S1: before the protocol is blamed for an answer, the job must have one. Two orders of
 * the values of a key, with and without combining, gave the oracle different outputs.
 */
import type { CheckContext, Checker, Verdict } from './checker.ts';

class ValueOrder implements Checker {
  readonly name: string = 'job-does-not-depend-on-value-order';
  readonly title: string = 'the job does not depend on the order of values';
  private readonly context: CheckContext;

  constructor(context: CheckContext) {
    this.context = context;
  }

  verdict(): Verdict {
    const { expected } = this.context;
    if (expected.kind !== 'order-dependent') return { ok: true };
    return { ok: false, detail: expected.detail };
  }
}

export function createValueOrder(context: CheckContext): Checker {
  return new ValueOrder(context);
}
