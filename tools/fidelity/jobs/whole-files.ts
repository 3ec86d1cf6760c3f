// A file as a record, down to its last byte.
import { job, wholeFiles } from 'lisping';

export default job({
  name: 'whole-files',
  input: wholeFiles(),
  map(text, emit, { input }) {
    emit(input.file.split('/').at(-1) ?? '', text);
  },
  reduce(name, texts, emit) {
    for (const text of texts) emit(name, { text });
  },
});
