// The fenced blocks of a Markdown file, with what their info strings say about how to test them:
//
//   ```ts file=PATH       a file of the reader's: written, and type-checked when it is TypeScript
//   ```sh                 commands: executed (exit=N: and expected to end so)
//   ```text output        what the commands above print; … stands for anything
//   ```sh checkout        commands about a checkout, which the tests do not execute
//   ```text               a picture
import { readFileSync } from 'node:fs';

/** One fenced block. */
export interface Block {
  readonly language: string;
  /** Words behind the language, `name=value` or alone. */
  readonly info: ReadonlyMap<string, string>;
  readonly text: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
}

/** The blocks of a file in order. A fence that is never closed is an error. */
export function blocksIn(path: string): Block[] {
  const blocks: Block[] = [];
  let open: { language: string; info: ReadonlyMap<string, string>; line: number } | null = null;
  let text: string[] = [];
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      if (open !== null && line === '```') {
        blocks.push({ ...open, text: text.map((each) => `${each}\n`).join('') });
        open = null;
      } else if (open !== null) {
        text.push(line);
      } else if (line.startsWith('```')) {
        const [language = '', ...words] = line.slice(3).trim().split(/ +/);
        const info = new Map(words.map((word) => nameAndValue(word)));
        open = { language, info, line: index + 1 };
        text = [];
      }
    });
  if (open !== null) throw new Error(`${path}: the last block is not closed`);
  return blocks;
}

function nameAndValue(word: string): [string, string] {
  const equals = word.indexOf('=');
  return equals === -1 ? [word, ''] : [word.slice(0, equals), word.slice(equals + 1)];
}
