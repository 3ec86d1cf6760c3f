// Which files does a word occur in, and how often? `sortValues` brings the files of a word in order,
// so that equal ones follow each other and nothing has to be kept but a count.
import { job, type Emit } from 'lisping';

export default job({
  name: 'inverted-index',
  map(line, emit: Emit<string, string>, context) {
    const file = context.input.file.slice(context.input.file.lastIndexOf('/') + 1);
    for (const [word] of line.toLowerCase().matchAll(/\p{L}+/gu)) {
      emit(word, file);
      context.counter('words');
    }
  },
  sortValues: true,
  reduce(word, files, emit) {
    const found: string[] = [];
    let [current, times] = ['', 0];
    for (const file of files) {
      if (file !== current) {
        if (times > 0) found.push(`${current}:${times}`);
        [current, times] = [file, 0];
      }
      times++;
    }
    found.push(`${current}:${times}`);
    emit(word, found.join(' '));
  },
});
