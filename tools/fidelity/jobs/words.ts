// A fold in the mapper, keys as text with everything that text must escape.
import { job, sum } from 'lisping';

export default job({
  name: 'words',
  map(line, emit) {
    for (const word of line.split(/[ ]+/)) emit(word, 1);
  },
  combine: sum,
  reduce: (word, counts, emit) => emit(word, sum(counts)),
});
