// Secondary sort of raw keys, which Hadoop's field partitioner would take for text.
import { bytes, job } from 'lisping';

const SPACE = 0x20;
const TAB = 0x09;

export default job({
  name: 'sorted-raw',
  input: bytes(),
  key: bytes(),
  value: bytes(),
  sortValues: true,
  map(line, emit) {
    const end = line.includes(SPACE) ? line.indexOf(SPACE) : line.length;
    emit(
      line.slice(0, end).filter((byte) => byte !== TAB),
      line.slice(end),
    );
  },
  reduce(key, values, emit) {
    for (const value of values) emit(key, value);
  },
});
