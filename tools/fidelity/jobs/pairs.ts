// Key and value of every line, values that are missing or empty, JSON as keys.
import { job, json, keyValue } from 'lisping';

export default job({
  name: 'pairs',
  input: keyValue(),
  key: json<unknown>(),
  map([key, value], emit) {
    emit(key, value);
    emit([key.length, value], { value });
    emit(key);
    emit(null, null);
  },
  reduce(key, values, emit) {
    const shown = Array.from(values, (value) =>
      value === undefined ? 'missing' : JSON.stringify(value),
    );
    emit(key, shown.sort((a, b) => (a < b ? -1 : 1)).join(' '));
    emit(key);
    emit(key, '');
    emit(`\r${shown.length}\t\n\\`, key);
  },
});
