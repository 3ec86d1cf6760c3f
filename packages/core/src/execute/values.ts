// The values of one key: a single pass, never an array, and closed when the user's function returns.
import { LispingError } from '../errors/lisping-error.ts';
import type { Blame } from './blame.ts';

/** Marks the end of values, which may themselves be undefined. */
export const NO_VALUE: unique symbol = Symbol('no value');

/** Values that can be read once, while the function they were given to runs. */
export class Values implements Iterable<unknown>, Iterator<unknown, undefined> {
  #state: 'fresh' | 'reading' | 'closed' = 'fresh';
  readonly #pull: () => unknown;
  readonly #blame: Blame;

  /** `pull` gives the next value, or NO_VALUE. */
  constructor(pull: () => unknown, blame: Blame) {
    this.#pull = pull;
    this.#blame = blame;
  }

  [Symbol.iterator](): this {
    if (this.#state === 'reading') throw this.#twice('the values of a key were read a second time');
    if (this.#state === 'closed') throw this.#late();
    this.#state = 'reading';
    return this;
  }

  next(): IteratorResult<unknown, undefined> {
    if (this.#state === 'closed') throw this.#late();
    const value = this.#pull();
    return value === NO_VALUE ? { done: true, value: undefined } : { done: false, value };
  }

  /** Called by the engine when the user's function has returned. */
  close(): void {
    this.#state = 'closed';
  }

  #late(): LispingError {
    return this.#twice('the values of a key were read after the function had returned');
  }

  #twice(message: string): LispingError {
    return this.#blame.failed(new LispingError('LISPING_E_VALUES_TWICE', message));
  }
}
