// Counts words: the smallest useful job. `sum` adds up while mapping, so that every map task hands on
// one number for a word, however often it saw it.
import { job, sum } from 'lisping';

export default job({
  name: 'word-count',
  map(line, emit) {
    for (const word of line.split(/[ \t]+/)) if (word) emit(word, 1);
  },
  combine: sum,
  reduce(word, counts, emit) {
    emit(word, sum(counts));
  },
});
