/**
 * Who is gone leaves the list: a replica that has been down for longer than the detection deadline is
 * taken for lost, and that is written down, so that no successor waits for it.
 */
import type { Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaIndex, replicaNode } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { Calm } from './known/calm.ts';
import type { StandingJournal } from './known/standing-journal.ts';
import { seconds } from './seconds.ts';

/** Beyond the deadline: the tick at which it is noticed, the next, and two writes. */
const TICKS = 4;

class GoneAreLost implements Checker {
  readonly name: string = 'the-gone-are-lost';
  readonly title: string = 'no replica stayed in the list that was gone';
  readonly interest: Interest = { of: 'primaries' };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly calm: Calm;
  private readonly breach: Breach;
  /** By index: since when it is down. */
  private readonly goneAt: (Microseconds | undefined)[] = [];

  constructor(context: CheckContext, journal: StandingJournal, calm: Calm) {
    this.context = context;
    this.journal = journal;
    this.calm = calm;
    this.breach = new Breach(context, this);
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    const index = replicaIndex(node);
    if (index >= 0) this.goneAt[index] = undefined;
  }

  processStopped(now: Microseconds, node: NodeId): void {
    const index = replicaIndex(node);
    if (index >= 0) this.goneAt[index] = now;
  }

  /** A primary looks round once a second, and so do we. */
  timerFired(now: Microseconds): void {
    if (this.goneAt.length === 0 || this.calm.since > now) return;
    const { detection, tick } = this.context.timing;
    const patience = detection + TICKS * tick;
    this.goneAt.forEach((at, index) => {
      if (at === undefined || Math.max(at, this.calm.since) + patience > now) return;
      const node = replicaNode(index);
      if (this.journal.listing(node, this.journal.newest) === null) return;
      const long = seconds(now - at);
      this.breach.report(now, `${nodeName(node)} has been gone for ${long} s, and is in the list`);
    });
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createGoneAreLost(
  context: CheckContext,
  journal: StandingJournal,
  calm: Calm,
): Checker {
  return new GoneAreLost(context, journal, calm);
}
