// Progress on stderr: a bar that redraws itself on a terminal, else a line now and then.
import { seconds } from './numbers.ts';
import type { Output } from './terminal.ts';

/** How far the work is. */
interface Step {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

export interface Progress {
  step(step: Step): void;
  /** Something worth a line of its own, such as a task that is tried again. */
  note(text: string): void;
  /** Takes the bar away, so that the result can be printed. */
  clear(): void;
}

export const silentProgress: Progress = {
  step: () => undefined,
  note: () => undefined,
  clear: () => undefined,
};

export function progressOn(output: Output): Progress {
  return output.isTerminal ? bar(output) : lines(output);
}

const CLEAR_LINE = '\r\u001B[2K';
const BAR_COLUMNS = 24;

function bar({ style, width, write }: Output): Progress {
  let drawn = false;
  const clear = (): void => {
    if (drawn) write(CLEAR_LINE);
    drawn = false;
  };
  return {
    step({ label, done, total }) {
      const filled = total === 0 ? BAR_COLUMNS : Math.round((done / total) * BAR_COLUMNS);
      const full = '━'.repeat(filled);
      const rest = '━'.repeat(BAR_COLUMNS - filled);
      const text = `  ${label} ${String(done).padStart(String(total).length)}/${total} `.slice(
        0,
        Math.max(0, width - BAR_COLUMNS - 1),
      );
      write(`${CLEAR_LINE}${text}${style.cyan(full)}${style.dim(rest)}`);
      drawn = true;
    },
    note(text) {
      clear();
      write(`${style.dim(text)}\n`);
    },
    clear,
  };
}

const LINE_EVERY_MS = 2000;

/** In a log file a line every two seconds is enough; short work prints none. */
function lines({ write }: Output): Progress {
  let last = performance.now();
  return {
    step({ label, done, total }) {
      const now = performance.now();
      if (now - last < LINE_EVERY_MS || done === total) return;
      last = now;
      write(`${label} ${done}/${total} after ${seconds(now)}\n`);
    },
    note: (text) => write(`${text}\n`),
    clear: () => undefined,
  };
}
