// CSV with a header and quoted line breaks: every file is one split.
import { csv, job } from 'lisping';

export default job({
  name: 'csv-files',
  input: csv({ header: true }),
  map(row, emit, { input }) {
    emit(Object.keys(row).join(), [input.offset, row]);
  },
  reduce(header, rows, emit) {
    for (const row of Array.from(rows, (each) => JSON.stringify(each)).sort((a, b) =>
      a < b ? -1 : 1,
    ))
      emit(header, row);
  },
});
