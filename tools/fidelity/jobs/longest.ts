// A combine function, numbers as keys, and a partition function of the job's own.
import { int, job, type Emit } from 'lisping';

const best = (lines: Iterable<string>): string => {
  let longest = '';
  for (const line of lines) {
    if (line.length > longest.length || (line.length === longest.length && line < longest))
      longest = line;
  }
  return longest;
};

export default job({
  name: 'longest',
  key: int(),
  partition: (key, partitions) => (partitions - 1 - (key % partitions)) % partitions,
  map(line, emit: Emit<number, string>) {
    emit(line.length, line);
    emit(line.length % 7, line);
  },
  combine: (length, lines, emit) => emit(length, best(lines)),
  reduce: (length, lines, emit) => emit(length, best(lines)),
});
