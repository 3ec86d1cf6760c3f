/** Other people's machines as a protocol of the world: names are numbers, and messages are digested. */
import { assert } from '@lisping/core';
import type { CancelTimer, EffectId, Microseconds, NodeId, SetTimer } from '@lisping/core';
import { mixKey } from '../draws.ts';
import type { Keys, Protocol } from '../protocol.ts';
import type { MachineAnswer, MachineEffect } from './machine.ts';
import { copied, digestOf } from './plain.ts';

/** A message on its way. */
interface Parcel {
  readonly message: unknown;
  readonly digest: number;
}

/** What the world is to send. `name` is its own word for where to. */
interface Sending {
  readonly kind: 'send';
  readonly to: NodeId;
  readonly name: string;
  readonly message: Parcel;
}
interface Timing extends SetTimer {
  readonly name: string;
}
type Asked = Extract<MachineEffect, { readonly effect: number }>;
/** What is answered. */
export type ForeignRequest = Asked extends infer Each
  ? Each extends Asked
    ? Omit<Each, 'effect'> & { readonly effect: EffectId }
    : never
  : never;

export type ForeignEffect =
  | Sending
  | Timing
  | CancelTimer
  | ForeignRequest
  | Extract<MachineEffect, { readonly kind: 'output' }>;

export interface Foreign extends Protocol {
  readonly message: Parcel;
  readonly effect: ForeignEffect;
  readonly request: ForeignRequest;
  readonly result: MachineAnswer;
  readonly cargo: null;
}

/** A message is named by all that it says: without one of them, all others keep their draws. */
export class ForeignKeys implements Keys<Foreign> {
  low = 0;
  high = 0;
  content = 0;
  readonly code = 0;
  readonly repeats = true;

  read(from: NodeId, to: NodeId, { digest }: Parcel): void {
    this.content = digest;
    this.low = mixKey(mixKey(mixKey(0x3f84d5b5, from), to), digest);
    this.high = Math.imul(digest ^ 0x2545f491, 0x85ebca6b) ^ (from << 16) ^ to;
  }

  digestOf(answer: MachineAnswer): number {
    return digestOf(answer);
  }
}

/** The nodes of a world by their names, and the timers of all of them. */
export class Names {
  readonly nodes: readonly string[];
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly timers: string[] = [];

  constructor(nodes: readonly string[]) {
    this.nodes = nodes;
    this.numbers = new Map(nodes.map((name, node) => [name, node]));
  }

  nodeOf(name: string): NodeId | null {
    // The cast puts the brand on the number that this world gave.
    return (this.numbers.get(name) ?? null) as NodeId | null;
  }

  nameOf(node: NodeId): string {
    const name = this.nodes[node];
    assert(name !== undefined, 'every node has a name');
    return name;
  }

  timerOf(name: string): number {
    const known = this.timers.indexOf(name);
    return known >= 0 ? known : this.timers.push(name) - 1;
  }

  timerName(timer: number): string {
    return this.timers[timer] ?? '';
  }

  /** What a machine pushed, as the world carries it out. */
  translated(effect: MachineEffect): ForeignEffect {
    switch (effect.kind) {
      case 'send': {
        const to = this.nodeOf(effect.to);
        if (to === null)
          throw new Error(`there is no node ${JSON.stringify(effect.to)} to send to`);
        const digest = digestOf(effect.message);
        const message = { message: copied(effect.message), digest };
        return { kind: 'send', to, name: effect.to, message };
      }
      case 'set-timer': {
        const after = duration(effect.after);
        return { kind: 'set-timer', timer: this.timerOf(effect.timer), after, name: effect.timer };
      }
      case 'cancel-timer':
        return { kind: 'cancel-timer', timer: this.timerOf(effect.timer) };
      case 'output':
        return { kind: 'output', value: copied(effect.value) };
      case 'write':
        return { ...effect, values: copied(effect.values), effect: effectId(effect.effect) };
      case 'read':
        return { ...effect, effect: effectId(effect.effect) };
      case 'work':
        return { ...effect, takes: duration(effect.takes), effect: effectId(effect.effect) };
    }
  }
}

function effectId(effect: number): EffectId {
  return effect as EffectId; // the machine's own number comes back to it as it was
}

function duration(time: Microseconds): Microseconds {
  if (Number.isSafeInteger(time) && time >= 0) return time;
  throw new Error(`a duration is a whole number of microseconds from 0, not ${time}`);
}
