import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventQueue } from './queue.ts';

describe('the queue', () => {
  test('gives items in order of time, and of adding when times are equal', () => {
    // A step adds an item that is due so much later, soon or not so soon, or takes one.
    const wait = fc.oneof(fc.nat(6), fc.constantFrom(4_999, 5_000, 5_001, 9_000));
    const item = fc.record({ wait, knows: fc.boolean() });
    const steps = fc.array(fc.option(item), { maxLength: 1200 });
    const lines = fc.uniqueArray(wait, { maxLength: 3 });
    fc.assert(
      fc.property(steps, lines, (script, durations) => {
        const queue = new EventQueue();
        queue.expect(durations);
        const model: { time: number; sequence: number }[] = [];
        let sequence = 0;
        for (const step of script) {
          if (step !== null) {
            const { wait, knows } = step;
            const time = queue.now + wait;
            const event = knows ? queue.addAfter(wait, 1, 0) : queue.add(time, 1, 0);
            event.key = sequence;
            model.push({ time, sequence: sequence++ });
            continue;
          }
          model.sort((a, b) => a.time - b.time || a.sequence - b.sequence);
          const expected = model.shift();
          const taken = queue.take();
          expect(taken?.key).toBe(expected?.sequence);
          if (taken !== null) {
            expect(queue.now).toBe(expected?.time);
            queue.release(taken);
          }
          expect(queue.length).toBe(model.length);
        }
      }),
    );
  });

  test('shows what waits in the order in which it will come, in lines or not', () => {
    const queue = new EventQueue();
    queue.expect([3]);
    for (const duration of [5, 3, 1, 3, 4]) queue.addAfter(duration, 1, duration);
    const nodes = queue.waiting().map(({ event }) => event.node);
    expect(nodes).toEqual([1, 3, 3, 4, 5]);
    expect(nodes).toEqual(nodes.map(() => queue.take()?.node));
  });

  test('gives a line of more items than it had room for in their order', () => {
    const queue = new EventQueue();
    queue.expect([1]);
    for (let i = 0; i < 100; i++) queue.addAfter(1, 1, i);
    for (let i = 0; i < 50; i++) expect(queue.take()?.node).toBe(i);
    for (let i = 100; i < 2000; i++) queue.addAfter(1, 1, i);
    for (let i = 50; i < 2000; i++) expect(queue.take()?.node).toBe(i);
    expect(queue.take()).toBeNull();
  });

  test('is empty after it was cleared, and forgets the time', () => {
    const queue = new EventQueue();
    queue.expect([2]);
    for (let i = 0; i < 5000; i++) queue.add(i, 1, 0);
    for (let i = 0; i < 5000; i++) queue.addAfter(2, 1, 0);
    queue.take();
    queue.clear();
    expect(queue.length).toBe(0);
    expect(queue.now).toBe(0);
    expect(queue.take()).toBeNull();
  });
});
