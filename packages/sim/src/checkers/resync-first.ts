/**
 * A new epoch gives away a task that an earlier one may have placed only when every replica in the
 * journal's list has said what it runs and holds, or has had one detection deadline to (6.13).
 */
import { attemptName } from '@lisping/core';
import type { Epoch, Message, Microseconds, NodeId } from '@lisping/core';
import { nodeName, replicaNode } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

class ResyncFirst implements Checker, JournalReader {
  readonly name: string = 'resync-before-placing';
  readonly title: string = 'a new primary heard its replicas before it gave work away';
  readonly interest: Interest = { of: 'primaries', messages: ['page-received', 'assign'] };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly breach: Breach;
  private epoch = 0;
  private openedAt: Microseconds = 0;
  /** Replicas in the list when the epoch was opened that it has not welcomed. */
  private awaited = new Set<NodeId>();

  constructor(context: CheckContext, journal: StandingJournal) {
    this.context = context;
    this.journal = journal;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  settled(now: Microseconds, { epoch }: { readonly epoch: Epoch }): void {
    this.epoch = epoch;
    this.openedAt = now;
    this.awaited = new Set();
    for (let i = 0; i < this.context.replicas; i++) {
      const node = replicaNode(i);
      if (this.journal.listing(node, epoch) !== null) this.awaited.add(node);
    }
  }

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    if (message.kind !== 'page-received' && message.kind !== 'assign') return;
    if (message.epoch !== this.epoch || this.awaited.size === 0) return;
    if (message.kind === 'page-received') {
      if (message.welcome) this.awaited.delete(to);
      return;
    }
    const { submitted } = this.journal;
    const isOld = submitted !== null && submitted.epoch < this.epoch;
    const isEarly = now < this.openedAt + this.deadlineOf(from);
    if (!isOld || !isEarly || message.attempt.job !== this.context.job) return;
    const [waiting] = this.awaited;
    if (waiting === undefined) return;
    const name = attemptName(message.attempt);
    this.breach.report(now, `${name} is placed before ${nodeName(waiting)} was heard`);
  }

  /**
   * One detection deadline is measured on the primary's own clock, which may run too fast, within the
   * bound, and may have jumped meanwhile: then nothing is too early.
   */
  private deadlineOf(primary: NodeId): Microseconds {
    const { faults, timing } = this.context;
    const name = nodeName(primary);
    const { openedAt } = this;
    const hasJumped = faults.some(
      (fault) =>
        fault.kind === 'clock' &&
        fault.target === name &&
        fault.offset > 0 &&
        fault.at >= openedAt &&
        fault.at <= openedAt + timing.detection,
    );
    const drift = Math.ceil((timing.detection * timing.driftPpm) / 1_000_000);
    return hasJumped ? 0 : timing.detection - drift;
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createResyncFirst(context: CheckContext, journal: StandingJournal): Checker {
  return new ResyncFirst(context, journal);
}
