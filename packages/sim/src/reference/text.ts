/**
 * The text that `lisping sim` counts words of when it is given no job: prose made by a small grammar
 * under a fixed seed, the same bytes on every machine and in every version of Node.
 */
import { encodeUtf8 } from '@lisping/core';
import { Draws } from '../draws.ts';
import { DEEDS, DESCRIPTIONS, MANNERS, PEOPLE, PLACES, SAYINGS, THINGS, TIMES } from './words.ts';

const LINE_WIDTH = 78;
const SENTENCES_IN_A_PARAGRAPH = 7;

/** Prose of exactly so many bytes, the last of them a line feed. */
export function referenceText(bytes: number): Uint8Array {
  const author = new Author(new Draws('reference', 'text'));
  let text = '';
  while (text.length < bytes) text += author.paragraph();
  return encodeUtf8(`${text.slice(0, bytes - 1)}\n`);
}

class Author {
  private drawn = 0;
  private readonly draws: Draws;

  constructor(draws: Draws) {
    this.draws = draws;
  }

  paragraph(): string {
    const sentences: string[] = [];
    const count = 3 + this.below(SENTENCES_IN_A_PARAGRAPH);
    for (let i = 0; i < count; i++) sentences.push(this.sentence());
    return `${wrapped(sentences.join(' '))}\n\n`;
  }

  private below(limit: number): number {
    return this.draws.below(limit, this.drawn++);
  }

  /** The front of a list is drawn more often, as some words are more common than others. */
  private pick(list: readonly string[]): string {
    const at = Math.min(this.below(list.length), this.below(list.length));
    return list[at] ?? '';
  }

  private sentence(): string {
    const text = this.clauses();
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }

  private clauses(): string {
    switch (this.below(8)) {
      case 0:
        return `${this.pick(TIMES)} ${this.clause()}`;
      case 1:
        return `${this.clause()}, and ${this.clause()}`;
      case 2:
        return `${this.clause()}, for ${this.pick(SAYINGS)}`;
      case 3:
        return `${this.clause()}, but ${this.pick(SAYINGS)}`;
      case 4:
        return `near the ${this.pick(PLACES)} ${this.clause()} ${this.pick(TIMES)}`;
      case 5:
        return `it is said that ${this.clause()}`;
      default:
        return `${this.clause()} ${this.pick(TIMES)}`;
    }
  }

  private clause(): string {
    const who = this.noun(PEOPLE);
    const deed = this.pick(DEEDS);
    const what = this.noun(THINGS);
    switch (this.below(4)) {
      case 0:
        return `${who} ${this.pick(MANNERS)} ${deed} ${what}`;
      case 1:
        return `${who} ${deed} ${what} by the ${this.pick(PLACES)}`;
      case 2:
        return `${who} of the ${this.pick(PLACES)} ${deed} ${what}`;
      default:
        return `${who} ${deed} ${what}`;
    }
  }

  private noun(list: readonly string[]): string {
    const described = this.below(3) === 0 ? `${this.pick(DESCRIPTIONS)} ` : '';
    return `the ${described}${this.pick(list)}`;
  }
}

function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
