/**
 * L1, while faults last: what a cluster is there to bear does not make a job wait for its end. When
 * all that strikes are crashes of replicas, slow replicas, damaged segments and replicas that cannot
 * reach each other, the job ends within the bound counted from the last strike, not from the healing.
 */
import { attemptName, nodeId, sameAttempt } from '@lisping/core';
import type { AttemptId, Message, Microseconds, NodeId, TellUser } from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Fault } from '../fault.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import { whoWaits } from './known/who-waits.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import { reachOf } from './known/reach.ts';
import type { Reach } from './known/reach.ts';
import type { StandingJournal } from './known/standing-journal.ts';
import { seconds } from './seconds.ts';

/** With fewer, a reduce may find no replica that reaches all that hold its segments. */
const ENOUGH_REPLICAS = 3;

const BETWEEN_REPLICAS = /^replica-\d+<?->replica-\d+$/;

function isBorne({ kind, target }: Fault): boolean {
  if (kind === 'slow' || kind === 'damage') return true;
  if (kind === 'crash') return target.startsWith('replica-');
  return kind === 'cut' && BETWEEN_REPLICAS.test(target);
}

function isSlowness({ kind }: Fault): boolean {
  return kind === 'slow';
}

class FaultsAreMasked implements Checker {
  readonly name: string = 'faults-are-borne';
  readonly title: string = 'no job waited for a fault to end that it could do without';
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  private readonly lastStrike: Microseconds;
  private readonly applies: boolean;
  private readonly isAnySlow: boolean;
  /** A primary looks round once a second, and so do we. */
  readonly interest: Interest = { of: 'primaries', messages: ['fetch-trouble'] };
  /** Outputs that could not be read, in spite of enough requests, and when that was heard first. */
  private readonly unreadable: { readonly output: AttemptId; readonly at: Microseconds }[] = [];
  private readonly reaches: readonly Reach[];
  private world: WorldView | null = null;
  private deadline = Number.POSITIVE_INFINITY;
  private isOver = false;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
    const { faults, replicas } = context;
    this.reaches = faults.map((fault) => reachOf(fault, replicas));
    // One that stays is left, and it reaches everybody.
    const struck = new Set(faults.flatMap(({ target }) => target.split(/<?->/)));
    const slow = new Set(faults.filter(isSlowness).map(({ target }) => target));
    this.isAnySlow = slow.size > 0;
    // A task has one twin: where two are slow, it may be on the one and its elder on the other.
    this.applies =
      faults.length > 0 &&
      slow.size <= 1 &&
      replicas - struck.size + 1 >= ENOUGH_REPLICAS &&
      faults.every(isBorne);
    // What was not yet there could not wait.
    const { submittedAt } = context;
    const lastStrike = faults.reduce((last, { at }) => Math.max(last, at), submittedAt);
    this.lastStrike = this.applies ? lastStrike : 0;
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  told(now: Microseconds, _node: NodeId, { job }: TellUser): void {
    if (job !== this.context.job) return;
    this.look(now);
    this.isOver = true;
  }

  /** A source that beats and cannot be read is given up, and nobody asks it for the same again. */
  delivered(now: Microseconds, _node: NodeId, _from: NodeId, message: Message): void {
    if (message.kind !== 'fetch-trouble' || message.problem !== 'unreachable') return;
    const { failures, source, outputs, epoch } = message;
    const { fetchFailuresPerSource, detection } = this.context.timing;
    if (failures < fetchFailuresPerSource || epoch < this.journal.newest) return;
    if (!this.isHeard(replicaIndex(nodeId(source)))) return;
    for (const output of outputs) {
      const first = this.unreadable.find((other) => sameAttempt(other.output, output));
      if (first === undefined) this.unreadable.push({ output, at: now });
      else if (now - first.at > 2 * detection) {
        const waited = seconds(now - first.at);
        const words = `${nodeName(nodeId(source))} is asked for ${attemptName(output)}`;
        this.breach.report(now, `${words} ${waited} s after it was told to be unreadable`);
      }
    }
  }

  /** Nothing but its links to other replicas has ever been disturbed. */
  private isHeard(index: number): boolean {
    return this.reaches.every(
      ({ replicas, isBetweenReplicas }) =>
        isBetweenReplicas || (replicas !== 'all' && !replicas.has(index)),
    );
  }

  timerFired(now: Microseconds): void {
    if (this.applies && !this.isOver && now > this.lastStrike) this.look(now);
  }

  private look(now: Microseconds): void {
    if (!this.applies || this.isOver || this.world === null) return;
    if (this.deadline === Number.POSITIVE_INFINITY) {
      const isKnown = !this.isAnySlow || this.hasAnyWon();
      if (now > this.lastStrike && isKnown) this.deadline = now + this.context.bound();
      return;
    }
    if (now <= this.deadline) return;
    this.isOver = true;
    const late = seconds(now - this.lastStrike);
    const words = whoWaits(this.context, this.journal, this.book, this.world);
    this.breach.report(now, `${late} s after the last strike the job has not ended; ${words}`);
  }

  /** Until one of the tasks has, nobody knows what slow is. */
  private hasAnyWon(): boolean {
    return this.journal.mapsWon + this.journal.partsWon > 0;
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createFaultsAreMasked(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new FaultsAreMasked(context, journal, book);
}
