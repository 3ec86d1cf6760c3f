// Where output goes and what it may look like: result to stdout, progress to stderr, colour only
// where someone sees it.
import type { WriteStream } from 'node:tty';

type Stream = NodeJS.WriteStream | WriteStream;

/** Paints text, or leaves it plain. */
interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

/** One of the two streams, with what is known about it. */
export interface Output {
  readonly style: Style;
  /** Characters in a line; 80 where nobody says. */
  readonly width: number;
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
}

const WIDTH_DEFAULT = 80;

export function outputOn(stream: Stream): Output {
  const isTerminal = stream.isTTY === true;
  return {
    style: wantsColour(isTerminal) ? painted : plain,
    width: isTerminal && stream.columns > 0 ? stream.columns : WIDTH_DEFAULT,
    isTerminal,
    write: (text) => void stream.write(text),
  };
}

/** no-color.org and Node's own FORCE_COLOR; an empty NO_COLOR does not count. */
function wantsColour(isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}

const escape =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001B[${open}m${text}\u001B[${close}m`;

const painted: Style = {
  bold: escape(1, 22),
  dim: escape(2, 22),
  red: escape(31, 39),
  green: escape(32, 39),
  yellow: escape(33, 39),
  cyan: escape(36, 39),
};

const same = (text: string): string => text;

const plain: Style = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };
