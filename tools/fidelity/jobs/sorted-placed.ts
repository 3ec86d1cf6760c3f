// Secondary sort by number under a partition function of the job's own, with a fold.
import { job, max, sortableInt } from 'lisping';

export default job({
  name: 'sorted-placed',
  sortValues: true,
  value: sortableInt(),
  partition: (key, partitions) => key.length % partitions,
  map(line, emit, { input }) {
    for (const word of line.split(' ')) emit(word, word.length - (input.offset % 5));
  },
  combine: max,
  reduce: (key, values, emit) => emit(key, max(values)),
});
