/**
 * The replica: runs what the primary assigns, holds map outputs for its peers, and stops by itself
 * when it has not been heard for the length of its lease.
 *
 * In: a message, a timer, a completion. Out: effects. The same state and input give the same output.
 */
import { assert, unreachable } from '../../errors/assert.ts';
import type { EffectBuffer, Machine, Result } from '../effects.ts';
import type { EffectId, Epoch, Microseconds, NodeId } from '../ids.ts';
import type { Message } from '../messages.ts';
import { onReportAnswer } from './endings.ts';
import {
  beginSnapshot,
  follow,
  HEARTBEAT_TIMER,
  LEASE_TIMER,
  onHeartbeatAnswer,
  onHeartbeatTimer,
  onPageReceived,
  setHeartbeatTimer,
  watchLease,
} from './membership.ts';
import { createState, sendTo, takePending } from './state.ts';
import type { Ended, ReplicaOptions, ReplicaState } from './state.ts';
import { onAssign, onFetched, onLocated, onRunCompleted } from './work.ts';

/** A replica process; make one with {@link createReplica}. */
export class Replica implements Machine {
  readonly effects: EffectBuffer;
  private readonly state: ReplicaState;

  constructor(options: ReplicaOptions) {
    this.state = createState(options);
    this.effects = this.state.effects;
  }

  /** The highest epoch this replica has heard of; 0 before any. */
  get epoch(): Epoch {
    return this.state.epoch;
  }

  /** Outputs found on the disk are reported like work that has just ended. */
  start(now: Microseconds): void {
    const { state } = this;
    const ended: Ended[] = [];
    for (const output of state.options.held) {
      const { attempt, checksums, counters } = output;
      state.holdings.add(output);
      state.holdings.close(attempt);
      ended.push({ attempt, outcome: { kind: 'mapped', checksums, counters } });
    }
    state.ended = ended;
    beginSnapshot(state, now);
    setHeartbeatTimer(state, now);
  }

  receive(now: Microseconds, from: NodeId, message: Message): void {
    const { state } = this;
    if (message.epoch < state.epoch) {
      // A primary of the past. Only what is no answer is answered.
      if (message.kind === 'assign')
        sendTo(state, from, {
          kind: 'current',
          epoch: state.epoch,
          incarnation: state.options.incarnation,
        });
      return;
    }
    if (message.epoch > state.epoch) follow(state, now, from, message.epoch);
    if (message.kind === 'current') return;
    if (message.incarnation !== state.options.incarnation) return;
    switch (message.kind) {
      case 'page-received':
        return onPageReceived(state, now, message);
      case 'heartbeat-answer':
        return onHeartbeatAnswer(state, now, message);
      case 'assign':
        return onAssign(state, now, message);
      case 'report-answer':
        return onReportAnswer(state, message);
      case 'located':
        return onLocated(state, now, message.located);
      case 'submit':
      case 'ask':
      case 'cancel':
      case 'news':
      case 'join':
      case 'heartbeat':
      case 'report':
      case 'fetch-trouble':
      case 'locate':
        return assert(false, `a replica is never sent ${message.kind}`);
      default:
        return unreachable(message);
    }
  }

  timer(now: Microseconds, timer: number): void {
    const { state } = this;
    if (timer === HEARTBEAT_TIMER) return onHeartbeatTimer(state, now);
    assert(timer === LEASE_TIMER, 'a replica sets two timers');
    watchLease(state, now);
  }

  completed(now: Microseconds, effect: EffectId, result: Result): void {
    const { state } = this;
    const pending = takePending(state, effect);
    // Abandoned work may still come back; nobody waits for it.
    if (pending === null) return;
    if (pending.kind === 'fetch') return onFetched(state, now, pending, result);
    onRunCompleted(state, now, pending.run, result);
  }
}

/** Makes the machine of one life of a replica process. The host calls `start` next. */
export function createReplica(options: ReplicaOptions): Replica {
  return new Replica(options);
}
