// The first regression, from 2009: a program that merged each peer's partial result with a dictionary
// update, which overwrites, lost the counts of every word that two replicas had mapped.
import { expect, test } from 'vitest';
import { runRecords } from '../../testing/run-records.ts';
import { sum } from '../fold/sum.ts';
import { job } from '../job/job.ts';

test('two maps with the same word: their counts add up', () => {
  const wordCount = job({
    map(line, emit) {
      for (const word of line.split(' ')) emit(word, 1);
    },
    combine: sum,
    reduce(word, counts, emit) {
      emit(word, sum(counts));
    },
  });
  const peers = [['the cat the'], ['the dog'], ['cat']];
  expect(runRecords(wordCount, peers).parts).toEqual(['cat\t2\ndog\t1\nthe\t3\n']);

  // What the program of 2009 did, so that this test is known to tell the difference.
  const partial = peers.map((lines) => {
    const counts: Record<string, number> = {};
    for (const word of lines.join(' ').split(' ')) counts[word] = (counts[word] ?? 0) + 1;
    return counts;
  });
  expect(Object.assign({}, ...partial)).not.toEqual({ cat: 2, dog: 1, the: 3 });
});
