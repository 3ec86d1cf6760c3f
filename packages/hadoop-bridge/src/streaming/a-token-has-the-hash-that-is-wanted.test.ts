// Hadoop's field partitioner sends a token's records where the job's own function wants them.
import { hashKey } from '@lisping/core';
import { expect, test } from 'vitest';
import { tokenOf } from './token.ts';

/** What KeyFieldBasedPartitioner does with a field. */
const placed = (token: Uint8Array, partitions: number): number =>
  (hashKey(token, 0, token.length, 0) & 0x7fffffff) % partitions;

test('for every partition of every small number, and of the largest', () => {
  for (const partitions of [...Array.from({ length: 120 }, (_, i) => i + 1), 961, 962, 100_000]) {
    for (let partition = 0; partition < partitions; partition++) {
      const token = tokenOf(partition, partitions);
      if (placed(token, partitions) === partition) continue;
      throw new Error(`${partition} of ${partitions} got ${String(token)}`);
    }
  }
});

test('in printable bytes that end neither a field nor a line, none longer than four', () => {
  for (let partition = 0; partition < 100_000; partition += 7) {
    const token = tokenOf(partition, 100_000);
    expect(token.length).toBe(4);
    expect(Buffer.from(token).toString()).toMatch(/^[0-9:;<=>?@A-N]+$/);
  }
});
