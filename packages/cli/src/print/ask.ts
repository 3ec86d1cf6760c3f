// A question on the terminal, to which yes is what everybody says who is in a hurry.
import { createInterface } from 'node:readline';

/** True for yes, for Enter, for Ctrl-C, and where nobody is there to ask. */
export function isAgreed(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return Promise.resolve(true);
  return new Promise((resolve) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const end = (answer: boolean): void => {
      terminal.close();
      resolve(answer);
    };
    terminal.once('SIGINT', () => end(true));
    terminal.once('close', () => resolve(true));
    terminal.question(`${question} [Y/n] `, (answer) => end(!/^\s*n/i.test(answer)));
  });
}
