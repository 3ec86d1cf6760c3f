/**
 * Finds records by words: a node, a task, a kind of message, anything that is told of them. All words
 * must match. A time such as `12.5` or `12.5s` is no word, but a place to go to.
 */
import { lowerBound } from './model.ts';
import type { Run } from './model.ts';

export interface Found {
  /** Records that match, in order; null when nothing was asked for. */
  readonly matches: Uint32Array | null;
  /** Where the time that was asked for is. */
  readonly record: number | null;
}

const TIME = /^(\d+(?:\.\d+)?)\s*s?$/;

export function search(run: Run, query: string): Found {
  const words = query
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [only] = words;
  if (only === undefined) return { matches: null, record: null };
  const time = words.length === 1 ? TIME.exec(only)?.[1] : undefined;
  if (time !== undefined) {
    const at = Number(time) * 1e6;
    const record = lowerBound(run.count, (place) => run.at[place] ?? 0, at);
    return { matches: null, record: Math.min(record, run.count - 1) };
  }
  const wanted = words.map((word) => new Wanted(run, word));
  const matches: number[] = [];
  for (let i = 0; i < run.count; i++) {
    if (wanted.every((word) => word.isIn(i))) matches.push(i);
  }
  return { matches: Uint32Array.from(matches), record: null };
}

/** One word, looked up once in every text and not once in every record. */
class Wanted {
  private readonly run: Run;
  private readonly strings: Uint8Array;
  private readonly nodes: Uint8Array;
  private readonly shapes: Uint8Array;

  constructor(run: Run, word: string) {
    this.run = run;
    const match = matcher(word);
    const flags = (texts: readonly string[]): Uint8Array =>
      Uint8Array.from(texts, (text) => Number(match(text.toLowerCase())));
    this.strings = flags(run.strings);
    this.nodes = flags(run.nodes);
    this.shapes = flags(run.shapes.map((shape) => shape.join(' ')));
  }

  isIn(record: number): boolean {
    const { run } = this;
    return (
      this.nodes[run.node[record] ?? 0] === 1 ||
      this.nodes[run.peer[record] ?? 0] === 1 ||
      this.shapes[run.shape[record] ?? 0] === 1 ||
      this.strings[run.about[record] ?? 0] === 1 ||
      this.strings[run.more[record] ?? 0] === 1
    );
  }
}

/** `map-3` does not mean `map-30`. */
function matcher(word: string): (text: string) => boolean {
  if (!/\d$/.test(word)) return (text) => text.includes(word);
  return (text) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (!/\d/.test(text.charAt(at + word.length))) return true;
    }
    return false;
  };
}
