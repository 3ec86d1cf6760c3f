// JSON lines, with exact sums of fractions.
import { exactSum, job, jsonLines } from 'lisping';

export default job({
  name: 'json-lines',
  input: jsonLines<unknown>(),
  map(value, emit, { input }) {
    emit(Array.from(JSON.stringify(value)).slice(0, 3).join(''), input.offset / 10);
  },
  combine: exactSum,
  reduce: (key, values, emit) => emit(key, exactSum(values)),
});
