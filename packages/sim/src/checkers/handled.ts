/** S11: every pair of state and event is handled: no machine throws, whatever comes when. */
import type { Microseconds, NodeId } from '@lisping/core';
import { nodeName } from '../address.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';

class EveryEventHandled implements Checker {
  readonly name: string = 'every-event-is-handled';
  readonly title: string = 'every event is handled';
  private readonly breach: Breach;

  constructor(context: CheckContext) {
    this.breach = new Breach(context, this);
  }

  machineThrew(now: Microseconds, node: NodeId, error: unknown): void {
    const what = error instanceof Error ? error.message : String(error);
    this.breach.report(now, `${nodeName(node)}: ${what}`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createEveryEventHandled(context: CheckContext): Checker {
  return new EveryEventHandled(context);
}
