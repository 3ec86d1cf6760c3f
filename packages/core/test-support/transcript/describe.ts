// Messages, entries and effects in a few words each, and which of them are noise.
import { unreachable } from '../../src/errors/assert.ts';
import { attemptName, nodeId } from '../../src/protocol/index.ts';
import type {
  AttemptId,
  Effect,
  JournalEntry,
  Location,
  LocationPage,
  Message,
  Outcome,
  StoreOperation,
  TaskCounters,
} from '../../src/protocol/index.ts';
import type { Contents } from './contents.ts';
import { letterOf } from './contents.ts';
import { nodeName } from './names.ts';

const list = (attempts: readonly AttemptId[]): string => attempts.map(attemptName).join(', ');

/** `; runs map-0/1.0`, or nothing when there is nothing to name. */
const clause = (word: string, attempts: readonly AttemptId[]): string =>
  attempts.length === 0 ? '' : `; ${word} ${list(attempts)}`;

/** What happens at every moment of a healthy cluster, and is printed only when asked for. */
export function isNoise(message: Message): boolean {
  switch (message.kind) {
    case 'heartbeat':
    case 'ask':
    case 'locate':
      return true;
    case 'heartbeat-answer': {
      const { unwanted, endedJobs, located, resync } = message;
      return unwanted.length + endedJobs.length + located.length === 0 && !resync;
    }
    case 'located':
      return message.located.entries.length === 0;
    case 'submit':
    case 'cancel':
    case 'news':
    case 'join':
    case 'report':
    case 'fetch-trouble':
    case 'page-received':
    case 'assign':
    case 'report-answer':
    case 'current':
      return false;
    default:
      return unreachable(message);
  }
}

export function describeMessage(contents: Contents, message: Message): string {
  switch (message.kind) {
    case 'submit':
      return `submit ${message.spec.job}`;
    case 'ask':
    case 'cancel':
      return `${message.kind} ${message.job}`;
    case 'news':
      return `news: ${message.job} ${message.status}${message.error ? `, ${message.error.code}` : ''}`;
    case 'join': {
      const { held, running, page, pages } = message;
      const paged = pages > 1 ? `, page ${page + 1} of ${pages}` : '';
      const names = held.map((summary) => summary.attempt);
      return `join${paged}${clause('holds', names)}${clause('runs or ended', running)}`;
    }
    case 'heartbeat': {
      const { number, running, ended } = message;
      return `heartbeat ${number}${clause('runs', running)}${clause('ended', ended)}`;
    }
    case 'report':
      return `report ${attemptName(message.attempt)} ${describeOutcome(contents, message.outcome)}`;
    case 'fetch-trouble': {
      const { attempt, source, problem, outputs } = message;
      const where = `${list(outputs)} at ${nodeName(nodeId(source))}`;
      return `trouble of ${attemptName(attempt)}: ${problem} ${where}`;
    }
    case 'locate':
      return `locate ${message.job} from ${message.cursor}`;
    case 'page-received':
      return `${message.welcome ? 'welcome' : 'page received'}${clause('stop', message.unwanted)}`;
    case 'heartbeat-answer':
      return describeHeartbeatAnswer(message);
    case 'assign':
      return `assign ${attemptName(message.attempt)}`;
    case 'report-answer':
      return `${message.verdict} ${attemptName(message.attempt)}`;
    case 'located':
      return `located ${describePage(message.located)}`;
    case 'current':
      return `epoch ${message.epoch} is current`;
    default:
      return unreachable(message);
  }
}

function describeHeartbeatAnswer(message: Extract<Message, { kind: 'heartbeat-answer' }>): string {
  const { number, unwanted, endedJobs, located, resync } = message;
  const ended = endedJobs.length === 0 ? '' : `; ended ${endedJobs.join(', ')}`;
  const pages = located.map((page) => `; located ${describePage(page)}`).join('');
  const again = resync ? '; send a snapshot' : '';
  return `answer ${number}${clause('stop', unwanted)}${ended}${pages}${again}`;
}

function describePage({ entries }: LocationPage): string {
  return entries.map(describeLocation).join(', ');
}

/** `map-0@replica-1`, with its version when it is not the first. */
function describeLocation({ map, version, source }: Location): string {
  const name = version === 1 ? `map-${map}` : `map-${map} v${version}`;
  return source < 0 ? `${name} gone` : `${name}@${nodeName(nodeId(source))}`;
}

function describeOutcome(contents: Contents, outcome: Outcome): string {
  switch (outcome.kind) {
    case 'mapped':
      return `mapped ${describeChecksums(contents, outcome.checksums)}`;
    case 'stored':
      return `stored ${contents.text(outcome.part.checksum)}`;
    case 'failed':
      return `failed, ${outcome.error.code}`;
    case 'process-lost':
      return `process lost${outcome.record === null ? '' : ` in record ${outcome.record}`}`;
    case 'gave-up':
      return `gave up: ${outcome.reason}`;
    default:
      return unreachable(outcome);
  }
}

/** All segments of one map run have its letter. */
function describeChecksums(contents: Contents, checksums: readonly number[]): string {
  const [first] = checksums;
  return first === undefined ? 'nothing' : letterOf(contents.text(first));
}

export function describeEntry(contents: Contents, entry: JournalEntry): string {
  switch (entry.kind) {
    case 'adoption': {
      const prefixes = entry.prefixes.map(({ epoch, entries }) => `${entries} of epoch ${epoch}`);
      return `adoption: ${prefixes.join(', ') || 'nothing before'}`;
    }
    case 'replica-joined':
    case 'replica-lost':
      return `${entry.kind} ${nodeName(entry.replica)}`;
    case 'job-submitted':
      return `job-submitted ${entry.plan.job}: ${entry.plan.splits.length} maps, ${entry.plan.reduces} reduces`;
    case 'job-refused':
      return `job-refused ${entry.job} ${entry.status}`;
    case 'map-won': {
      const version = entry.version === 1 ? '' : ` v${entry.version}`;
      const letter = describeChecksums(contents, entry.checksums);
      return `map-won ${attemptName(entry.attempt)} ${letter}${version}`;
    }
    case 'part-won':
      return `part-won ${attemptName(entry.attempt)} ${contents.text(entry.part.checksum)}`;
    case 'attempt-failed':
      return `attempt-failed ${attemptName(entry.attempt)} ${entry.error.code}`;
    case 'process-lost': {
      const where = `record ${entry.record} at ${nodeName(entry.replica)}`;
      return `process-lost ${attemptName(entry.attempt)} in ${where}`;
    }
    case 'job-outcome':
      return `job-outcome ${entry.job} ${entry.outcome}${entry.error ? `, ${entry.error.code}` : ''}`;
    case 'job-ended':
      return `job-ended ${entry.job} ${entry.status}`;
    default:
      return unreachable(entry);
  }
}

export function describeOperation(operation: StoreOperation): string {
  switch (operation.kind) {
    case 'upload':
    case 'publish':
      return `${operation.kind} ${attemptName(operation.attempt)}`;
    case 'make-output':
    case 'delete-output':
      return `${operation.kind} ${operation.output}`;
    case 'make-temporary':
    case 'delete-temporary':
    case 'make-success':
      return `${operation.kind} ${operation.output} of ${operation.job}`;
    default:
      return unreachable(operation);
  }
}

export function describeEnd(effect: Extract<Effect, { kind: 'tell-user' }>): string {
  const { job, status, error, counters } = effect;
  return `tells its user: ${job} ${status}${error ? `, ${error.code}` : ''}${describeCounters(counters)}`;
}

function describeCounters(counters: TaskCounters | null): string {
  if (counters === null) return '';
  return ` (${Object.entries(counters)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')})`;
}
