/**
 * What a machine of somebody else's is to the simulator: an object that is told what happens and
 * pushes what it wants into a buffer. It reads no clock, draws no random numbers and waits for
 * nothing, so that what it does is a function of what it was told.
 */
import type { Microseconds } from '@lisping/core';

/**
 * One thing that a machine wants. Pushed into {@link Machine.effects} and carried out, in order, when
 * the call that pushed it returns. Messages, values and outputs are plain data, and are copied: numbers,
 * strings, booleans, bigints, null, arrays, objects without a class, maps, sets, bytes.
 */
export type MachineEffect<Message = unknown, Output = unknown, Stored = unknown> =
  /** A message to the node of that name. It may be lost, late, doubled or overtaken; never damaged. */
  | { readonly kind: 'send'; readonly to: string; readonly message: Message }
  /** Calls `timer(now, timer)` once, so much later on the node's own clock. Set again, it moves. */
  | { readonly kind: 'set-timer'; readonly timer: string; readonly after: Microseconds }
  | { readonly kind: 'cancel-timer'; readonly timer: string }
  /**
   * Writes values under their names to the node's own disk. Durable when it is answered `written`; a
   * crash before that leaves what the crash says: all of it, nothing, or only the first of several.
   */
  | {
      readonly kind: 'write';
      readonly effect: number;
      readonly values: Readonly<Record<string, Stored>>;
    }
  /** Reads one value from the node's own disk, behind the writes that were asked for before. */
  | { readonly kind: 'read'; readonly effect: number; readonly key: string }
  /** Computes for so long, longer on a slow node. */
  | { readonly kind: 'work'; readonly effect: number; readonly takes: Microseconds }
  /** Shows something to whoever watches: an operation that began or ended, a decision. */
  | { readonly kind: 'output'; readonly value: Output };

/** What `write`, `read` and `work` are answered with. A crash is the only reason for no answer. */
export type MachineAnswer<Stored = unknown> =
  | { readonly kind: 'written' }
  /** The disk is full: nothing was written. */
  | { readonly kind: 'no-room' }
  /** Undefined: there is no such value. */
  | { readonly kind: 'read'; readonly value: Stored | undefined }
  | { readonly kind: 'worked' };

/**
 * A machine: three verbs and a buffer. A method that is left out ignores what it would have been told.
 * `now` is the node's own clock in integer microseconds: it may jump, run too fast or too slow, and
 * never goes back; of two nodes it says nothing.
 *
 * @example
 * class Echo implements Machine<string> {
 *   readonly effects: MachineEffect<string, never>[] = [];
 *   receive(_now: number, from: string, message: string): void {
 *     this.effects.push({ kind: 'send', to: from, message });
 *   }
 * }
 */
export interface Machine<Message = unknown, Output = unknown, Stored = unknown> {
  /** Pushed to by the machine, emptied by the world. */
  readonly effects: MachineEffect<Message, Output, Stored>[];
  /** The process has just started. */
  start?(now: Microseconds): void;
  receive?(now: Microseconds, from: string, message: Message): void;
  timer?(now: Microseconds, timer: string): void;
  completed?(now: Microseconds, effect: number, answer: MachineAnswer<Stored>): void;
}

/** What a life begins with. */
export interface MachinePlace<Stored = unknown> {
  /** The name of the node. */
  readonly name: string;
  /** 1 for the first life of the process, 2 after its first crash, … */
  readonly life: number;
  /** What the node's disk holds. */
  readonly disk: ReadonlyMap<string, Stored>;
  /** An integer from 0 to `limit` - 1: the same in every run with the same seed. */
  random(limit: number): number;
}

/** Makes the machine of one life. A method, so that it may say what its own disk holds. */
export type Boot = { boot(place: MachinePlace): Machine }['boot'];

/** What a node shows by its `output` effects. */
export interface MachineOutput<Value = unknown> {
  readonly at: Microseconds;
  readonly node: string;
  readonly value: Value;
}
