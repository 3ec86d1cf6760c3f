// Job files for tests of the command line.

/** A job file around the properties given. */
export function jobFile(properties: string, head = ''): string {
  return `import { job, sum, lines, bytes, csv, keyValue, pipeline } from 'lisping';\n${head}\nexport default job({\n${properties}\n});\n`;
}

export const WORD_COUNT: string = jobFile(`
  name: 'word-count',
  map(line, emit) { for (const word of line.split(/[ \\t]+/)) if (word) emit(word, 1); },
  combine: sum,
  reduce(word, counts, emit) { emit(word, sum(counts)); },
`);
