/** What the trace says of messages, effects, operations and results: a word or two each. */
import { attemptName, nodeId, unreachable } from '@lisping/core';
import type { AttemptId, Effect, JournalEntry, Message, StoreOperation } from '@lisping/core';
import { nodeName } from './address.ts';
import type { EffectResult } from './effect-result.ts';

/** How an attempt is called. */
export type NameOf = (attempt: AttemptId) => string;

/** `map-3/1.0`, and of which job where there are several: `map-3/1.0 of word-count-again`. */
export function namesAmong(jobs: number): NameOf {
  return jobs === 1 ? attemptName : (attempt) => `${attemptName(attempt)} of ${attempt.job}`;
}

/** What a message is about, in a word or two. */
export function messageSubject(message: Message, nameOf: NameOf): string {
  switch (message.kind) {
    case 'heartbeat':
    case 'heartbeat-answer':
      return `${message.number}`;
    case 'assign':
    case 'report-answer':
    case 'fetch-trouble':
    case 'report':
      return nameOf(message.attempt);
    case 'join':
    case 'page-received':
      return `${message.snapshot}.${message.page}`;
    case 'submit':
      return message.spec.job;
    case 'ask':
    case 'cancel':
      return message.job;
    case 'news':
      return `${message.job} ${message.status}`;
    case 'locate':
      return `${message.job} from ${message.cursor}`;
    case 'located':
      return `${message.located.job} from ${message.located.from}`;
    case 'current':
      return `epoch ${message.epoch}`;
    default:
      return unreachable(message);
  }
}

/** The attempt, operation or epoch an effect is for; empty when it says nothing. */
export function effectSubject(effect: Effect, nameOf: NameOf): string {
  if ('attempt' in effect) return nameOf(effect.attempt);
  if (effect.kind === 'store') return operationSubject(effect.operation, nameOf);
  if ('epoch' in effect) return `epoch ${effect.epoch}`;
  return '';
}

/** The attempt or the job an operation of the store is for. */
export function operationSubject(operation: StoreOperation, nameOf: NameOf): string {
  return 'attempt' in operation ? nameOf(operation.attempt) : operation.job;
}

/** How an effect ended. */
export function resultWord(result: EffectResult): string {
  switch (result.kind) {
    case 'fetched':
      return result.statuses.every((status) => status === 'ok')
        ? `fetched ${result.statuses.length}`
        : `fetched ${result.statuses.join(' ')}`;
    case 'store':
      return result.answer;
    case 'failed':
    case 'refused':
      return `${result.kind} ${result.error.code}`;
    case 'journal-created':
      return result.created;
    case 'journal-written':
      return result.ok ? 'written' : 'failed';
    case 'journal-list':
      return `${result.epochs.length} markers`;
    case 'journal-read':
      return `${result.entries.length} entries`;
    case 'mapped':
    case 'part':
    case 'process-lost':
    case 'no-room':
    case 'unreachable':
    case 'planned':
      return result.kind;
    default:
      return unreachable(result);
  }
}

/** What a message tells, where its kind and subject do not say it; else empty. */
export function messageSays(message: Message): string {
  switch (message.kind) {
    case 'heartbeat':
      return `${message.running.length} running`;
    case 'heartbeat-answer':
      return message.resync ? 'resync' : '';
    case 'page-received':
      return message.welcome ? 'welcome' : '';
    case 'report':
      return message.outcome.kind;
    case 'report-answer':
      return message.verdict;
    case 'fetch-trouble':
      return `${nodeName(nodeId(message.source))} ${message.problem}`;
    case 'located':
      return `${message.located.entries.length} places`;
    case 'news':
      return message.status;
    case 'assign':
    case 'join':
    case 'submit':
    case 'ask':
    case 'cancel':
    case 'locate':
    case 'current':
      return '';
    default:
      return unreachable(message);
  }
}

/** `map-won map-3/1.0`, `replica-lost replica-7`: an entry of the journal with its subject. */
export function entryWords(entry: JournalEntry, nameOf: NameOf): string {
  if ('attempt' in entry) return `${entry.kind} ${nameOf(entry.attempt)}`;
  if (entry.kind === 'replica-joined' || entry.kind === 'replica-lost') {
    return `${entry.kind} ${nodeName(entry.replica)}`;
  }
  if (entry.kind === 'job-outcome') return `${entry.kind} ${entry.outcome}`;
  if (entry.kind === 'job-ended' || entry.kind === 'job-refused') {
    return `${entry.kind} ${entry.status}`;
  }
  return entry.kind;
}
