// Secondary sort: values in the order of their bytes, keys compared with their TAB behind them.
import { job } from 'lisping';

export default job({
  name: 'sorted',
  sortValues: true,
  map(line, emit) {
    const [key = '', ...rest] = line.split(' ');
    emit(key, rest.join(' '));
  },
  reduce: (key, values, emit) => emit(key, [...values]),
});
