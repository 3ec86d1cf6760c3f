// The values of a parsed command line. Each getter checks what it gives, and an error names the flag,
// the value and what is allowed.
import type { CommandSpec } from './spec.ts';
import { usageError } from './usage-error.ts';

/** A range of whole numbers. */
export interface WholeRange {
  readonly min: number;
  readonly max: number;
}

export class Values {
  readonly #flags: Readonly<Record<string, unknown>>;
  readonly #args: readonly string[];
  readonly #spec: CommandSpec;

  constructor(
    flags: Readonly<Record<string, unknown>>,
    args: readonly string[],
    spec: CommandSpec,
  ) {
    this.#flags = flags;
    this.#args = args;
    this.#spec = spec;
  }

  /** The argument at this position. */
  arg(index: number): string | undefined {
    return this.#args[index];
  }

  /** All arguments, in the order given. */
  args(): readonly string[] {
    return this.#args;
  }

  has(name: string): boolean {
    return this.#flags[name] === true;
  }

  /** Whether it stands on the command line, with whatever value. */
  isGiven(name: string): boolean {
    const value = this.#flags[name];
    return value !== undefined && value !== false;
  }

  text(name: string): string | undefined {
    const value = this.#flags[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** A text that must not be empty, such as a path. */
  path(name: string): string | undefined {
    const value = this.text(name);
    if (value === '') throw this.#wrong(name, value, 'a path');
    return value;
  }

  /** A path that must be given. */
  requiredPath(name: string): string {
    const value = this.path(name);
    if (value === undefined) throw this.#missing(name);
    return value;
  }

  /** Every value of a flag that may be repeated, in the order given. */
  list(name: string): readonly string[] {
    const value = this.#flags[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  paths(name: string): readonly string[] {
    const paths = this.list(name);
    if (paths.includes('')) throw this.#wrong(name, '', 'a path');
    return paths;
  }

  requiredPaths(name: string): readonly string[] {
    const paths = this.paths(name);
    if (paths.length === 0) throw this.#missing(name);
    return paths;
  }

  whole(name: string, { min, max }: WholeRange): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw this.#wrong(name, text, `a whole number from ${min} to ${max}`);
  }

  /** One of a few words. */
  oneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const word = words.find((known) => known === text);
    if (word !== undefined) return word;
    throw this.#wrong(name, text, words.join(' or '));
  }

  /** The address of a web server, without the slash at its end. */
  url(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^https?:\/\/[^/?#\s]+\/?$/.test(text)) return text.replace(/\/$/, '');
    throw this.#wrong(name, text, 'http://HOST:PORT');
  }

  /** A probability. */
  fraction(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    // Number('') is 0, and Number accepts hexadecimal and white space.
    if (/^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(text) && value >= 0 && value <= 1) return value;
    throw this.#wrong(name, text, 'a number from 0 to 1');
  }

  /** `--param NAME=VALUE`, as an object; a name given twice is a mistake. */
  parameters(name: string): Readonly<Record<string, string>> {
    const parameters: Record<string, string> = {};
    for (const text of this.list(name)) {
      const equals = text.indexOf('=');
      if (equals < 1) throw this.#wrong(name, text, 'NAME=VALUE');
      const key = text.slice(0, equals);
      if (Object.hasOwn(parameters, key))
        throw usageError(`--${name} ${key} is given twice`, this.#help());
      parameters[key] = text.slice(equals + 1);
    }
    return parameters;
  }

  #wrong(name: string, value: string, allowed: string): Error {
    return usageError(`--${name} ${value === '' ? "''" : value}: must be ${allowed}`, this.#help());
  }

  #missing(name: string): Error {
    const value = this.#spec.flags.find((flag) => flag.name === name)?.value ?? 'VALUE';
    return usageError(`--${name} ${value} is missing`, this.#help());
  }

  #help(): string {
    return `See lisping ${this.#spec.name} --help.`;
  }
}
