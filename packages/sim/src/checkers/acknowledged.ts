/**
 * S9: what was acknowledged survives. A job that a client was told of is never unknown again, and
 * what was told to a client, or answered `journaled` to a replica, is part of every later adoption.
 */
import { attemptName } from '@lisping/core';
import type { Adoption, Message, Microseconds, News, NodeId, ReportAnswer } from '@lisping/core';
import { nodeName, PRIMARY, SUCCESSOR } from '../address.ts';
import type { Interest } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import { evidenceOfMessage } from './known/evidence.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

/** What somebody was promised, and where in the journal it stood. */
interface Promised {
  readonly epoch: number;
  readonly index: number;
  readonly to: NodeId;
  readonly message: News | ReportAnswer;
}

class Acknowledged implements Checker, JournalReader {
  readonly name: string = 'acknowledged-survives';
  readonly title: string = 'what was acknowledged survived';
  readonly interest: Interest = { of: 'primaries', messages: ['news', 'report-answer'] };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  private readonly promises: Promised[] = [];
  /** By epoch and place in its file: promised already. */
  private readonly isPromised: boolean[][] = [];
  /** The newest epoch that told a client of the job. */
  private knownSince = 0;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    if (from !== PRIMARY && from !== SUCCESSOR) return;
    if (message.kind === 'news') this.onNews(now, from, to, message);
    else if (message.kind === 'report-answer') this.onAnswer(now, from, to, message);
  }

  private onNews(now: Microseconds, from: NodeId, to: NodeId, news: News): void {
    if (news.job !== this.context.job) return;
    if (news.status === 'unknown') {
      // A primary of the past may not have heard of it; nobody listens to that one.
      if (news.epoch < this.knownSince || this.knownSince === 0) return;
      return this.breach.report(now, `${nodeName(from)} does not know the job it acknowledged`);
    }
    this.knownSince = Math.max(this.knownSince, news.epoch);
    this.promise(to, news);
  }

  private onAnswer(now: Microseconds, from: NodeId, to: NodeId, answer: ReportAnswer): void {
    if (answer.verdict !== 'journaled' || answer.attempt.job !== this.context.job) return;
    if (this.promise(to, answer)) return;
    const name = attemptName(answer.attempt);
    this.breach.report(now, `${nodeName(from)} acknowledges ${name}, which is not in the journal`);
  }

  /** Keeps what was promised; false when nothing stands behind it. */
  private promise(to: NodeId, message: News | ReportAnswer): boolean {
    const evidence = evidenceOfMessage(this.journal, this.book, to, message);
    if (evidence === null || evidence === undefined) return false;
    const { epoch, index } = evidence;
    const places = (this.isPromised[epoch] ??= []);
    if (places[index] === true) return true;
    places[index] = true;
    this.promises.push({ epoch, index, to, message });
    return true;
  }

  settled(now: Microseconds, adoption: Adoption): void {
    for (const { epoch, index, to, message } of this.promises) {
      if (epoch >= adoption.epoch) continue;
      const prefix = adoption.prefixes.find((other) => other.epoch === epoch);
      if ((prefix?.entries ?? 0) > index) continue;
      const what = `${nodeName(to)} was told that ${wordsOf(message)}`;
      return this.breach.report(now, `${what}, and epoch ${adoption.epoch} has not read it`);
    }
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function wordsOf(message: News | ReportAnswer): string {
  if (message.kind === 'news') return `the job is ${message.status}`;
  return `the report of ${attemptName(message.attempt)} is journaled`;
}

export function createAcknowledged(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new Acknowledged(context, journal, book);
}
