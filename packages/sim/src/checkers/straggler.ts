/**
 * P1: one slow node costs little. The same seed with one replica ten times as slow, or less, takes at
 * most one and a half times as long as without, and one speculation delay: a promise about two runs.
 */
import type { JournalEntry, Microseconds, NodeId, TellUser } from '@lisping/core';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';
import { seconds } from './seconds.ts';

const SLOWEST = 10;
/** With fewer, one slow node is so much of the cluster that its share of the work is what is missed. */
const ENOUGH_REPLICAS = 4;

class OneSlowNode implements Checker, JournalReader {
  readonly name: string = 'one-slow-node-costs-little';
  readonly title: string = 'one slow node cost little';
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private readonly applies: boolean;
  private isPromised = true;
  private toldAt: Microseconds | null = null;

  constructor(context: CheckContext, journal: StandingJournal) {
    this.context = context;
    this.breach = new Breach(context, this);
    journal.tell(this);
    const [only, ...others] = context.faults;
    this.applies =
      only?.kind === 'slow' &&
      others.length === 0 &&
      only.factor <= SLOWEST &&
      only.target.startsWith('replica-') &&
      context.replicas >= ENOUGH_REPLICAS &&
      // A task that fails is tried again, wherever that is.
      context.expected.kind === 'parts';
  }

  entry(_now: Microseconds, entry: JournalEntry): void {
    // What gives other bytes each time begins again when a twin has won.
    if (entry.kind === 'map-won' && entry.version > 1) this.isPromised = false;
    // The tasks of another job come before twins.
    if (entry.kind === 'job-submitted' && entry.plan.job !== this.context.job) {
      this.isPromised = false;
    }
  }

  told(now: Microseconds, _node: NodeId, { job }: TellUser): void {
    if (this.applies && job === this.context.job) this.toldAt ??= now;
  }

  verdict(): Verdict {
    if (this.toldAt === null || !this.isPromised) return this.breach.verdict();
    const without = this.context.withoutFaults();
    // The primary looks round once a tick, and must do so for a map and for a reduce.
    const delay = this.context.speculation + 2 * this.context.timing.tick;
    const allowed = Math.floor((without * 3) / 2) + delay;
    const words = `${seconds(this.toldAt)} s with a slow node, ${seconds(without)} s without`;
    if (this.toldAt > allowed) this.breach.report(this.toldAt, words);
    return this.breach.verdict(words);
  }
}

export function createOneSlowNode(context: CheckContext, journal: StandingJournal): Checker {
  return new OneSlowNode(context, journal);
}
