import type { Message, Microseconds, NodeId } from '@lisping/core';
import { expect, test } from 'vitest';
import { swarmFaults } from './swarm.ts';
import type { Fault } from './fault.ts';
import { MessageKeys } from './message-key.ts';
import { Occurrences } from './occurrences.ts';
import type { Observer } from './observe.ts';
import { referenceWorkload } from './reference/workload.ts';
import { simulate } from './simulate.ts';

const REPLICAS = 6;

/**
 * Writes down how long every message took, under its key: who sends, who receives, what it is
 * about, and how many of the same kind were sent before it.
 */
class Delays implements Observer {
  readonly byKey = new Map<string, Microseconds>();
  private readonly keys = new MessageKeys();
  private readonly occurrences = new Occurrences();
  private readonly sentAt = new Map<Message, { key: string; at: Microseconds }>();

  sent(at: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    this.keys.read(from, to, message);
    const { low, high } = this.keys;
    const key = `${from}>${to} ${message.kind} ${low} ${high} ${this.occurrences.next(low, high, at)}`;
    this.sentAt.set(message, { key, at });
  }

  delivered(now: Microseconds, _node: NodeId, _from: NodeId, message: Message): void {
    this.arrived(now, message);
  }

  undelivered(now: Microseconds, _node: NodeId, _from: NodeId, message: Message): void {
    this.arrived(now, message);
  }

  private arrived(now: Microseconds, message: Message): void {
    const sent = this.sentAt.get(message);
    if (sent !== undefined) this.byKey.set(sent.key, now - sent.at);
  }
}

const { inputs, ...workload } = referenceWorkload();
const [text] = inputs;

function delaysUnder(seed: string, faults: readonly Fault[]): Map<string, Microseconds> {
  const delays = new Delays();
  simulate({
    ...workload,
    inputs: [{ path: 'text', bytes: text?.bytes.subarray(0, 20_000) ?? new Uint8Array() }],
    reduces: 3,
    jobName: 'word-count',
    replicas: REPLICAS,
    slots: 2,
    failRate: 0,
    seed,
    schedules: 1,
    keepGoing: true,
    faults,
    parameters: {},
    memo: true,
    makespan: 20_000_000,
    observe: () => [delays],
  });
  return delays.byKey;
}

test('without any one fault, every surviving message takes as long as before', () => {
  let compared = 0;
  for (let i = 0; i < 8; i++) {
    const seed = `delays ${i}`;
    const faults = swarmFaults(seed, {
      replicas: REPLICAS,
      makespan: 20_000_000,
      // These change the time between sending and handling of themselves.
      without: ['delay', 'duplication', 'pause', 'reorder', 'hold', 'tie', 'clock', 'store-slow'],
    });
    const all = delaysUnder(seed, faults);
    for (const fault of faults) {
      const rest = delaysUnder(
        seed,
        faults.filter((other) => other !== fault),
      );
      for (const [key, delay] of rest) {
        const before = all.get(key);
        if (before === undefined) continue;
        compared++;
        if (before !== delay) expect(`${key} ${delay}`).toBe(`${key} ${before}`);
      }
    }
  }
  expect(compared).toBeGreaterThan(5_000);
});
