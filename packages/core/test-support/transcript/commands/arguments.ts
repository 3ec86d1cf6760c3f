// A command: a verb, words, and options written `name=value`.
import { assert } from '../../../src/errors/assert.ts';
import type { World } from '../world.ts';

export interface Arguments {
  readonly verb: string;
  /** What is no option, in order. */
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** Everything behind the verb, as it was written. */
  readonly rest: string;
}

/** Does what a command says. What it returns is printed behind what happened meanwhile. */
export type Handler = (world: World, args: Arguments) => readonly string[] | void;

/** The handlers of one group of verbs. */
export type Verbs = Readonly<Record<string, Handler>>;

export function parseArguments(command: string): Arguments {
  const [verb = '', ...all] = command.split(' ');
  const isOption = (word: string): boolean => /^[a-z]+=/.test(word);
  return {
    verb,
    words: all.filter((word) => !isOption(word)),
    options: new Map(
      all.filter(isOption).map((word) => {
        const at = word.indexOf('=');
        return [word.slice(0, at), word.slice(at + 1)];
      }),
    ),
    rest: all.join(' '),
  };
}

export function wordOf({ words, verb }: Arguments, index: number): string {
  const word = words[index];
  assert(word !== undefined, `${verb} needs ${index + 1} words`);
  return word;
}

export function numberOf({ options }: Arguments, name: string, otherwise: number): number {
  const text = options.get(name);
  return text === undefined ? otherwise : Number(text);
}
