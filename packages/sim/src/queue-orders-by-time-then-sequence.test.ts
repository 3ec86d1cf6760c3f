import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventQueue } from './queue.ts';

describe('the queue', () => {
  test('gives items in order of time, and of adding when times are equal', () => {
    // A step adds an item that many microseconds from now, or takes one.
    const steps = fc.array(fc.option(fc.nat(6)), { maxLength: 400 });
    fc.assert(
      fc.property(steps, (script) => {
        const queue = new EventQueue();
        const model: { time: number; sequence: number }[] = [];
        let sequence = 0;
        for (const step of script) {
          if (step !== null) {
            const time = queue.now + step;
            queue.add(time, 1, 0).key = sequence;
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

  test('is empty after it was cleared, and forgets the time', () => {
    const queue = new EventQueue();
    for (let i = 0; i < 5000; i++) queue.add(i, 1, 0);
    queue.take();
    queue.clear();
    expect(queue.length).toBe(0);
    expect(queue.now).toBe(0);
    expect(queue.take()).toBeNull();
  });
});
