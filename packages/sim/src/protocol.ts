/**
 * The types in which a world is generic: what its machines say to each other, what they ask for, and
 * what they are answered. The simulator's own protocol is the default; machines of other people bring
 * theirs, and run in the same world.
 */
import type { Effect, EffectId, Message, Microseconds, NodeId, TimerId } from '@lisping/core';
import type { EffectResult } from './effect-result.ts';
import type { Cargo, Request } from './request.ts';

export interface Protocol {
  /** What one machine says to another. */
  readonly message: unknown;
  /** What a machine pushes. The world itself knows `send`, `set-timer` and `cancel-timer`. */
  readonly effect: { readonly kind: string };
  /** Those effects that are answered. */
  readonly request: { readonly kind: string; readonly effect: EffectId };
  /** What they are answered with. */
  readonly result: unknown;
  /** What the answer of another node carries. */
  readonly cargo: unknown;
}

/** The protocol of this system. */
export interface MapReduce extends Protocol {
  readonly message: Message;
  readonly effect: Effect;
  readonly request: Request;
  readonly result: EffectResult;
  readonly cargo: Cargo;
}

/** A machine that speaks the protocol; for our own it is the core's. */
export interface MachineOf<P extends Protocol> {
  start(now: Microseconds): void;
  receive(now: Microseconds, from: NodeId, message: P['message']): void;
  timer(now: Microseconds, timer: TimerId): void;
  completed(now: Microseconds, effect: EffectId, result: P['result']): void;
  readonly effects: P['effect'][];
}

/**
 * What messages and answers are, as integers. `read` leaves its findings in the fields, because an
 * object per message would cost more than the hashing.
 */
export interface Keys<P extends Protocol> {
  /** A key that names the message among all of a run, in two lanes of 32 bits. */
  readonly low: number;
  readonly high: number;
  /** Of the kind of the message, for observers that want only some; 0: all want it. */
  readonly code: number;
  /** A digest of what the key leaves out. */
  readonly content: number;
  /** True when the same key can be sent more than once in one life of its sender. */
  readonly repeats: boolean;
  read(from: NodeId, to: NodeId, message: P['message']): void;
  /** What an answer says, as one integer. */
  digestOf(result: P['result']): number;
}
