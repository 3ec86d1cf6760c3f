// Map-only: every line as it is, behind the byte at which it begins.
import { bytes, job, type Emit } from 'lisping';

export default job({
  name: 'offsets',
  input: bytes(),
  map(line, emit: Emit<unknown, unknown>, { input, task }) {
    emit([task, input.offset, input.file.split('/').at(-1)]);
    emit(line);
  },
});
