// Records that the job has with it.
import { job, sum } from 'lisping';

export default job({
  name: 'source',
  source: () => ['one two', 'two three', 'three'],
  map(line: string, emit) {
    for (const word of line.split(' ')) emit(word, 1);
  },
  combine: sum,
  reduce: (word, counts, emit) => emit(word, sum(counts)),
});
