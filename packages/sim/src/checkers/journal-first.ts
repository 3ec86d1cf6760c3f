/**
 * S8: no decision acts that is not in the journal a successor would read. Whatever a primary says or
 * asks of the store is held against the decisions that stand at that moment, and what it acted upon
 * must be part of every adoption that comes later.
 */
import { attemptName } from '@lisping/core';
import type {
  Adoption,
  Effect,
  Epoch,
  JobId,
  JournalWrite,
  Message,
  Microseconds,
  NodeId,
  StoreOperation,
} from '@lisping/core';
import { isPrimary, nodeName } from '../address.ts';
import type { Interest, Observer } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import { evidenceOfMessage, evidenceOfOperation } from './known/evidence.ts';
import type { Evidence } from './known/evidence.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

class JournalFirst implements Checker, JournalReader {
  readonly name: string = 'journal-before-action';
  readonly title: string = 'nothing was done before it was journaled';
  readonly interest: Interest = { of: 'primaries' };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  /** By epoch: how many entries of its file have been acted upon. */
  private readonly acted: number[] = [];
  /** By epoch: who made its marker; nobody else may write its file. */
  private readonly writers: NodeId[] = [];

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  // ------------------------------------------------------------------ what a successor reads

  journalCreated(now: Microseconds, node: NodeId, epoch: Epoch): void {
    if (this.writers[epoch] !== undefined) {
      this.breach.report(now, `${nodeName(node)} made the marker of epoch ${epoch} again`);
    }
    this.writers[epoch] = node;
  }

  settled(now: Microseconds, adoption: Adoption): void {
    this.acted.forEach((count, epoch) => {
      if (epoch >= adoption.epoch) return;
      const prefix = adoption.prefixes.find((other) => other.epoch === epoch);
      const read = prefix?.entries ?? 0;
      if (read >= count) return;
      this.breach.report(
        now,
        `epoch ${adoption.epoch} reads ${read} entries of epoch ${epoch}, which acted upon ${count}`,
      );
    });
    const { prefixes } = adoption;
    const beyond = prefixes.find(({ epoch, entries }) => entries > this.journal.lengthOf(epoch));
    if (beyond === undefined) return;
    this.breach.report(now, `epoch ${adoption.epoch} adopts entries that are not durable`);
  }

  // ------------------------------------------------------------------ what primaries do

  delivered(
    now: Microseconds,
    node: NodeId,
    _from: NodeId,
    _message: Message,
    effects: readonly Effect[],
  ): void {
    if (isPrimary(node)) this.look(now, node, effects);
  }

  timerFired(now: Microseconds, node: NodeId, _timer: number, effects: readonly Effect[]): void {
    if (isPrimary(node)) this.look(now, node, effects);
  }

  completed(
    now: Microseconds,
    node: NodeId,
    _request: Effect,
    _result: Parameters<Required<Observer>['completed']>[3],
    effects: readonly Effect[],
  ): void {
    if (isPrimary(node)) this.look(now, node, effects);
  }

  private look(now: Microseconds, node: NodeId, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'send') this.onSend(now, node, effect.to, effect.message);
      else if (effect.kind === 'store') this.onStore(now, node, effect.operation);
      else if (effect.kind === 'journal-write') this.onWrite(now, node, effect);
    }
  }

  private onSend(now: Microseconds, node: NodeId, to: NodeId, message: Message): void {
    if (!this.journal.isOpen(message.epoch)) {
      const who = nodeName(node);
      this.breach.report(now, `${who} speaks before the journal of epoch ${message.epoch} is open`);
    }
    if (!isAbout(message, this.context.job)) return;
    const evidence = evidenceOfMessage(this.journal, this.book, to, message);
    if (evidence === null) {
      return this.breach.report(now, `${nodeName(node)} sends ${wordsOf(message)}, unjournaled`);
    }
    this.actUpon(evidence);
  }

  private onStore(now: Microseconds, node: NodeId, operation: StoreOperation): void {
    const job = 'attempt' in operation ? operation.attempt.job : operation.job;
    if (job !== this.context.job) return;
    const evidence = evidenceOfOperation(this.journal, operation);
    if (evidence === null) {
      const what = 'attempt' in operation ? ` of ${attemptName(operation.attempt)}` : '';
      const who = nodeName(node);
      return this.breach.report(now, `${who} asks for ${operation.kind}${what}, unjournaled`);
    }
    this.actUpon(evidence);
  }

  private actUpon(evidence: Evidence): void {
    if (evidence === null || evidence === undefined) return;
    const { epoch, index } = evidence;
    this.acted[epoch] = Math.max(this.acted[epoch] ?? 0, index + 1);
  }

  private onWrite(now: Microseconds, node: NodeId, { epoch, entries }: JournalWrite): void {
    const [first] = entries;
    const who = nodeName(node);
    if (this.writers[epoch] !== node) {
      return this.breach.report(now, `${who} writes the file of epoch ${epoch}, not its own`);
    }
    if (this.journal.isOpen(epoch) || first?.kind === 'adoption') return;
    this.breach.report(now, `${who} writes a decision before it has adopted the past`);
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

/** Messages about no job need no evidence. */
function isAbout(message: Message, job: JobId): boolean {
  if (message.kind === 'news') return message.job === job;
  if (message.kind === 'located') return message.located.job === job;
  if (message.kind === 'heartbeat-answer') {
    return message.located.some((located) => located.job === job);
  }
  if (message.kind !== 'assign' && message.kind !== 'report-answer') return false;
  return message.attempt.job === job;
}

function wordsOf(message: Message): string {
  if (message.kind === 'news') return `news that the job is ${message.status}`;
  if (message.kind !== 'assign' && message.kind !== 'report-answer') return message.kind;
  return `${message.kind} of ${attemptName(message.attempt)}`;
}

export function createJournalFirst(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new JournalFirst(context, journal, book);
}
