/**
 * Which decision a primary must have journaled before it may say or do something. Written from the
 * description of the protocol: what acts is what the journal says.
 */
import { isFinal, sameAttempt } from '@lisping/core';
import type { AttemptId, Message, News, NodeId, StoreOperation } from '@lisping/core';
import type { AttemptBook } from './attempt-book.ts';
import type { Standing, StandingJournal } from './standing-journal.ts';

/** The decision; null: there is none, and there must be; undefined: none is needed. */
export type Evidence = Standing<unknown> | null | undefined;

/** What stands behind a message of a primary. */
export function evidenceOfMessage(
  journal: StandingJournal,
  book: AttemptBook,
  to: NodeId,
  message: Message,
): Evidence {
  switch (message.kind) {
    case 'assign':
      return journal.listing(to, message.epoch) === null ? null : journal.submitted;
    case 'page-received':
      return message.welcome ? journal.listing(to, message.epoch) : undefined;
    case 'report-answer':
      return message.verdict === 'void' ? undefined : ofReport(journal, book, message.attempt);
    case 'news':
      return ofNews(journal, message);
    case 'located':
      return ofLocations(journal, message.located.entries);
    case 'heartbeat-answer':
      for (const { job, entries } of message.located) {
        if (job === journal.job && ofLocations(journal, entries) === null) return null;
      }
      return undefined;
    case 'submit':
    case 'ask':
    case 'cancel':
    case 'join':
    case 'heartbeat':
    case 'report':
    case 'fetch-trouble':
    case 'locate':
    case 'current':
      return undefined;
  }
}

/** What stands behind an operation that a primary asks of the store. */
export function evidenceOfOperation(journal: StandingJournal, operation: StoreOperation): Evidence {
  const { outcome } = journal;
  switch (operation.kind) {
    case 'make-output':
    case 'make-temporary':
      return journal.submitted;
    case 'publish': {
      const winner = journal.parts[operation.attempt.task] ?? null;
      const part = winner?.entry.part;
      const isWinner =
        winner !== null &&
        sameAttempt(winner.entry.attempt, operation.attempt) &&
        part?.checksum === operation.part.checksum &&
        part.length === operation.part.length;
      return isWinner ? winner : null;
    }
    case 'make-success':
      return outcome?.entry.outcome === 'succeeding' ? outcome : null;
    case 'delete-temporary':
      return outcome;
    case 'delete-output':
      return outcome?.entry.outcome === 'succeeding' ? null : outcome;
    case 'upload':
      return null;
  }
}

/** A report is journaled when its attempt won, made what had won already, or failed and counts. */
function ofReport(journal: StandingJournal, book: AttemptBook, attempt: AttemptId): Evidence {
  const part = journal.parts[attempt.task];
  const isPart = attempt.kind === 'reduce' || journal.submitted?.entry.reduces === 0;
  if (isPart && part !== undefined && sameAttempt(part.entry.attempt, attempt)) return part;
  const map = isPart ? undefined : journal.maps[attempt.task];
  if (map !== undefined) {
    const made = book.page(attempt).execution?.checksums;
    const { checksums } = map.entry;
    if (made !== undefined && checksums.every((checksum, i) => checksum === made[i])) return map;
  }
  return journal.failures.find(({ entry }) => sameAttempt(entry.attempt, attempt)) ?? null;
}

function ofNews(journal: StandingJournal, { status }: News): Evidence {
  if (status === 'unknown') return undefined;
  if (status === 'running') return journal.submitted;
  if (!isFinal(status)) return journal.outcome?.entry.outcome === status ? journal.outcome : null;
  const { ended, refused } = journal;
  if (ended?.entry.status === status) return ended;
  return refused?.entry.status === status ? refused : null;
}

/** Reducers may only be shown versions that are in the journal. */
function ofLocations(
  journal: StandingJournal,
  entries: readonly { readonly map: number; readonly version: number }[],
): Evidence {
  for (const { map, version } of entries) {
    const won = journal.maps[map];
    if (won === undefined || won.entry.version < version) return null;
  }
  return undefined;
}
