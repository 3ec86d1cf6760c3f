/**
 * The trace that people and tools read: one plain object per thing that happened, ready to be a line
 * of NDJSON. It is built only when somebody asks for it, and never part of the trace's hash.
 */
import { attemptName, unreachable } from '@lisping/core';
import type { Effect, Message, Microseconds, NodeId, StoreOperation } from '@lisping/core';
import { nodeName } from './address.ts';
import type { EffectResult } from './effect-result.ts';
import type { Fault } from './fault.ts';
import type { Fate, Observer } from './observe.ts';

/** What happened, where, and when in microseconds of virtual time. */
export type TraceEvent = { readonly at: Microseconds; readonly node: string } & (
  | { readonly event: 'started'; readonly life: number }
  | { readonly event: 'stopped'; readonly why: 'crashed' | 'resigned' }
  | { readonly event: 'paused' | 'resumed' }
  /** A packet leaves `node`. */
  | {
      readonly event: 'sent';
      readonly to: string;
      readonly message: string;
      readonly about: string;
      readonly fate: Fate;
    }
  /** It was handled at `node`, or found nobody there. */
  | {
      readonly event: 'delivered' | 'undelivered';
      readonly from: string;
      readonly message: string;
      readonly about: string;
    }
  | { readonly event: 'timer'; readonly timer: number }
  /** An effect was answered. */
  | {
      readonly event: 'completed';
      readonly effect: string;
      readonly about: string;
      readonly result: string;
    }
  | {
      readonly event: 'executed';
      readonly attempt: string;
      readonly real: boolean;
      readonly failed: boolean;
    }
  | {
      readonly event: 'store';
      readonly operation: string;
      readonly about: string;
      readonly answer: string;
    }
  | { readonly event: 'journal'; readonly epoch: number; readonly entries: readonly string[] }
  | { readonly event: 'told'; readonly job: string; readonly status: string }
  | { readonly event: 'fault' | 'repaired'; readonly fault: Fault }
  | { readonly event: 'healed'; readonly bound: Microseconds }
  | { readonly event: 'end'; readonly verdict: string }
);

const WORLD = 'world';

/** An observer that turns everything into trace events. */
export function tracer(write: (event: TraceEvent) => void): Observer {
  return {
    processStarted: (at, node, life) => write({ at, node: nodeName(node), event: 'started', life }),
    processStopped: (at, node, why) => write({ at, node: nodeName(node), event: 'stopped', why }),
    processPaused: (at, node) => write({ at, node: nodeName(node), event: 'paused' }),
    processResumed: (at, node) => write({ at, node: nodeName(node), event: 'resumed' }),
    sent: (at, from, to, message, fate) =>
      write({
        at,
        node: nodeName(from),
        event: 'sent',
        to: nodeName(to),
        message: message.kind,
        about: messageSubject(message),
        fate,
      }),
    delivered: (at, node, from, message) => write(arrival('delivered', at, node, from, message)),
    undelivered: (at, node, from, message) =>
      write(arrival('undelivered', at, node, from, message)),
    timerFired: (at, node, timer) => write({ at, node: nodeName(node), event: 'timer', timer }),
    completed: (at, node, request, result) =>
      write({
        at,
        node: nodeName(node),
        event: 'completed',
        effect: request.kind,
        about: effectSubject(request),
        result: resultWord(result),
      }),
    executed: (at, node, { attempt, real, error }) =>
      write({
        at,
        node: nodeName(node),
        event: 'executed',
        attempt: attemptName(attempt),
        real,
        failed: error !== null,
      }),
    storeApplied: (at, issuer, operation, answer) =>
      write({
        at,
        node: nodeName(issuer),
        event: 'store',
        operation: operation.kind,
        about: operationSubject(operation),
        answer,
      }),
    journalDurable: (at, node, epoch, _first, entries) =>
      write({
        at,
        node: nodeName(node),
        event: 'journal',
        epoch,
        entries: entries.map((entry) => entry.kind),
      }),
    told: (at, node, { job, status }) =>
      write({ at, node: nodeName(node), event: 'told', job, status }),
    faultApplied: (at, fault) => write({ at, node: WORLD, event: 'fault', fault }),
    faultEnded: (at, fault) => write({ at, node: WORLD, event: 'repaired', fault }),
    healed: (at, bound) => write({ at, node: WORLD, event: 'healed', bound }),
    end: (at, verdict) => write({ at, node: WORLD, event: 'end', verdict }),
  };
}

function arrival(
  event: 'delivered' | 'undelivered',
  at: Microseconds,
  node: NodeId,
  from: NodeId,
  message: Message,
): TraceEvent {
  return {
    at,
    node: nodeName(node),
    event,
    from: nodeName(from),
    message: message.kind,
    about: messageSubject(message),
  };
}

/** What a message is about, in a word or two. */
function messageSubject(message: Message): string {
  switch (message.kind) {
    case 'heartbeat':
    case 'heartbeat-answer':
      return `${message.number}`;
    case 'assign':
    case 'report-answer':
    case 'fetch-trouble':
    case 'report':
      return attemptName(message.attempt);
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

function effectSubject(effect: Effect): string {
  if ('attempt' in effect) return attemptName(effect.attempt);
  if (effect.kind === 'store') return operationSubject(effect.operation);
  if ('epoch' in effect) return `epoch ${effect.epoch}`;
  return '';
}

function operationSubject(operation: StoreOperation): string {
  return 'attempt' in operation ? attemptName(operation.attempt) : operation.job;
}

function resultWord(result: EffectResult): string {
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
    case 'unreachable':
    case 'planned':
      return result.kind;
    default:
      return unreachable(result);
  }
}
