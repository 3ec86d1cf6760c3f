// CSV without line breaks in fields, which may be split anywhere.
import { csv, job, type Emit } from 'lisping';

export default job({
  name: 'csv-lines',
  input: csv({ quotedNewlines: false }),
  map(fields, emit: Emit<unknown, unknown>, { input }) {
    emit(input.offset, fields);
  },
});
