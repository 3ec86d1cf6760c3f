// Raw bytes as keys and values, hashed and sorted as Hadoop does for any script.
import { bytes, job } from 'lisping';

const TAB = 0x09;

export default job({
  name: 'raw-groups',
  input: bytes(),
  key: bytes(),
  value: bytes(),
  map(line, emit) {
    const tab = line.includes(TAB) ? line.indexOf(TAB) : line.length;
    emit(line.slice(0, tab), line.slice(tab + 1));
  },
  reduce(key, values, emit) {
    const texts = Array.from(values, (value) => Buffer.from(value).toString('latin1')).sort(
      (a, b) => (a < b ? -1 : 1),
    );
    emit(key, new Uint8Array(Buffer.from(texts.join(','), 'latin1')));
  },
});
