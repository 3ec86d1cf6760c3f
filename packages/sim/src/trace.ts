/**
 * The trace that people and tools read: one plain object per thing that happened, ready to be a line
 * of NDJSON. It is built only when somebody asks for it, and never part of the trace's hash.
 */
import type { Effect, Message, Microseconds, NodeId, ScoreboardEntry } from '@lisping/core';
import { nodeName, PRIMARY, SUCCESSOR } from './address.ts';
import type { Fault } from './fault.ts';
import type { Fate, Observer, WorldView } from './observe.ts';
import {
  effectSubject,
  entryWords,
  messageSays,
  messageSubject,
  namesAmong,
  operationSubject,
  resultWord,
} from './trace-words.ts';
import type { NameOf } from './trace-words.ts';

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
      /** What the message tells, where kind and subject do not; else empty. */
      readonly says: string;
      readonly fate: Fate;
    }
  /** It was handled at `node`, or found nobody there. */
  | {
      readonly event: 'delivered' | 'undelivered';
      readonly from: string;
      readonly message: string;
      readonly about: string;
      readonly says: string;
    }
  | { readonly event: 'timer'; readonly timer: number }
  /** Something that takes time was asked for; of a fetch, `peer` is who is to give. */
  | {
      readonly event: 'began';
      readonly effect: string;
      readonly about: string;
      readonly peer?: string;
    }
  /** An effect was answered. */
  | {
      readonly event: 'completed';
      readonly effect: string;
      readonly about: string;
      readonly result: string;
      readonly peer?: string;
    }
  /** An attempt was stopped, or the output of one was deleted. */
  | { readonly event: 'dropped'; readonly effect: 'abandon' | 'discard'; readonly about: string }
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
  /** The marker of an epoch was made. */
  | { readonly event: 'epoch'; readonly epoch: number }
  /** Entries became durable, each with its subject: `map-won map-3/1.0`. */
  | { readonly event: 'journal'; readonly epoch: number; readonly entries: readonly string[] }
  /** A primary has changed its mind about a replica. */
  | {
      readonly event: 'scoreboard';
      readonly replica: string;
      readonly state: ScoreboardEntry['state'];
      /** Attempts that it believes to run there, and outputs that it believes to lie there. */
      readonly running: number;
      readonly held: number;
    }
  | { readonly event: 'told'; readonly job: string; readonly status: string }
  | { readonly event: 'threw'; readonly error: string }
  | { readonly event: 'fault' | 'repaired'; readonly fault: Fault }
  | { readonly event: 'healed'; readonly bound: Microseconds }
  | { readonly event: 'end'; readonly verdict: string }
);

type Write = (event: TraceEvent) => void;

const WORLD = 'world';

/** An observer that turns everything into trace events. Where several `jobs` run, attempts name theirs. */
export function tracer(write: Write, jobs: number): Observer {
  const beliefs = new Beliefs(write);
  const nameOf = namesAmong(jobs);
  const after = (at: Microseconds, node: NodeId, effects: readonly Effect[]): void => {
    for (const effect of effects) effectPushed(write, at, node, effect, nameOf);
    beliefs.look(at, node);
  };
  return {
    ...passive(write, nameOf),
    begin: (world) => beliefs.begin(world),
    processStarted: (at, node, life, effects) => {
      write({ at, node: nodeName(node), event: 'started', life });
      beliefs.forget(node);
      after(at, node, effects);
    },
    delivered: (at, node, from, message, effects) => {
      write(arrival('delivered', at, node, from, message, nameOf));
      after(at, node, effects);
    },
    timerFired: (at, node, timer, effects) => {
      write({ at, node: nodeName(node), event: 'timer', timer });
      after(at, node, effects);
    },
    completed: (at, node, request, result, effects) => {
      write({
        at,
        node: nodeName(node),
        event: 'completed',
        effect: request.kind,
        about: effectSubject(request, nameOf),
        result: resultWord(result),
        ...peerOf(request),
      });
      after(at, node, effects);
    },
  };
}

/** What is told without effects in return. */
function passive(write: Write, nameOf: NameOf): Observer {
  return {
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
        about: messageSubject(message, nameOf),
        says: messageSays(message),
        fate,
      }),
    undelivered: (at, node, from, message) =>
      write(arrival('undelivered', at, node, from, message, nameOf)),
    executed: (at, node, { attempt, real, error }) =>
      write({
        at,
        node: nodeName(node),
        event: 'executed',
        attempt: nameOf(attempt),
        real,
        failed: error !== null,
      }),
    storeApplied: (at, issuer, operation, answer) =>
      write({
        at,
        node: nodeName(issuer),
        event: 'store',
        operation: operation.kind,
        about: operationSubject(operation, nameOf),
        answer,
      }),
    journalCreated: (at, node, epoch) => write({ at, node: nodeName(node), event: 'epoch', epoch }),
    journalDurable: (at, node, epoch, _first, entries) =>
      write({
        at,
        node: nodeName(node),
        event: 'journal',
        epoch,
        entries: entries.map((entry) => entryWords(entry, nameOf)),
      }),
    told: (at, node, { job, status }) =>
      write({ at, node: nodeName(node), event: 'told', job, status }),
    machineThrew: (at, node, error) =>
      write({ at, node: nodeName(node), event: 'threw', error: String(error) }),
    faultApplied: (at, fault) => write({ at, node: WORLD, event: 'fault', fault }),
    faultEnded: (at, fault) => write({ at, node: WORLD, event: 'repaired', fault }),
    healed: (at, bound) => write({ at, node: WORLD, event: 'healed', bound }),
    end: (at, verdict) => write({ at, node: WORLD, event: 'end', verdict }),
  };
}

function effectPushed(
  write: Write,
  at: Microseconds,
  node: NodeId,
  effect: Effect,
  nameOf: NameOf,
): void {
  switch (effect.kind) {
    case 'run-map':
    case 'fetch':
    case 'run-reduce':
    case 'store':
    case 'plan':
    case 'journal-list':
    case 'journal-create':
    case 'journal-read':
    case 'journal-write':
      return write({
        at,
        node: nodeName(node),
        event: 'began',
        effect: effect.kind,
        about: effectSubject(effect, nameOf),
        ...peerOf(effect),
      });
    case 'abandon':
    case 'discard':
      return write({
        at,
        node: nodeName(node),
        event: 'dropped',
        effect: effect.kind,
        about: effectSubject(effect, nameOf),
      });
    case 'send':
    case 'set-timer':
    case 'cancel-timer':
    case 'resign':
    case 'tell-user':
      return; // seen when they take place
  }
}

function peerOf(effect: Effect): { readonly peer?: string } {
  return effect.kind === 'fetch' ? { peer: nodeName(effect.from) } : {};
}

function arrival(
  event: 'delivered' | 'undelivered',
  at: Microseconds,
  node: NodeId,
  from: NodeId,
  message: Message,
  nameOf: NameOf,
): TraceEvent {
  return {
    at,
    node: nodeName(node),
    event,
    from: nodeName(from),
    message: message.kind,
    about: messageSubject(message, nameOf),
    says: messageSays(message),
  };
}

/** A scoreboard longer than this is looked at once a tick and not after every event. */
const LOOK_ALWAYS_MAX = 500;

/** Tells what changes on the scoreboards: a primary's own view of its replicas. */
class Beliefs {
  private readonly write: Write;
  private world: WorldView | null = null;
  private readonly known = new Map<NodeId, Map<NodeId, ScoreboardEntry>>();
  private lookedAt: Microseconds = 0;

  constructor(write: Write) {
    this.write = write;
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  /** A new life believes nothing yet. */
  forget(node: NodeId): void {
    this.known.delete(node);
  }

  look(at: Microseconds, node: NodeId): void {
    const { world } = this;
    if (world === null || (node !== PRIMARY && node !== SUCCESSOR)) return;
    const isLong = world.replicas > LOOK_ALWAYS_MAX;
    if (isLong && at - this.lookedAt < world.timing.tick) return;
    this.lookedAt = at;
    const known = this.known.get(node) ?? new Map<NodeId, ScoreboardEntry>();
    this.known.set(node, known);
    for (const entry of world.scoreboard(node)) {
      const { replica, state, running, held } = entry;
      const old = known.get(replica);
      if (old?.state === state && old.running === running && old.held === held) continue;
      known.set(replica, entry);
      const name = nodeName(replica);
      this.write({
        at,
        node: nodeName(node),
        event: 'scoreboard',
        replica: name,
        state,
        running,
        held,
      });
    }
  }
}
