// Segments of very different lengths, which end at different times, are merged into one sorted row of
// groups; each key comes once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runRecords } from '../../testing/run-records.ts';
import { sortableInt } from '../codec/sortable-int.ts';
import { count } from '../fold/count.ts';
import { job } from '../job/job.ts';

const counting = job({
  key: sortableInt(),
  source: [0],
  map(n, emit) {
    emit(n, 1);
  },
  reduce(n, values, emit) {
    emit(n, count(values));
  },
});

test('any number of segments of any length', () => {
  const segment = fc.array(fc.nat(60), { maxLength: 12, size: 'max' });
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 30, size: 'max' }), (inputs) => {
      const counts = new Map<number, number>();
      for (const n of inputs.flat()) counts.set(n, (counts.get(n) ?? 0) + 1);
      const expected = [...counts]
        .sort(([a], [b]) => a - b)
        .map(([n, times]) => `${n}\t${times}\n`)
        .join('');
      expect(runRecords(counting, inputs).parts).toEqual([expected]);
    }),
    { numRuns: 300 },
  );
});
