/** The memory of a checker: the first thing it found wrong. What comes after that is aftermath. */
import type { Microseconds } from '@lisping/core';
import type { CheckContext, Checker, Verdict } from './checker.ts';

const KEPT: Verdict = { ok: true };

export class Breach {
  private first: Verdict | null = null;
  private readonly context: CheckContext;
  private readonly checker: Checker;

  constructor(context: CheckContext, checker: Checker) {
    this.context = context;
    this.checker = checker;
  }

  get found(): boolean {
    return this.first !== null;
  }

  /** The promise is broken. */
  report(at: Microseconds, detail: string): void {
    if (this.first !== null) return;
    this.first = { ok: false, detail, at };
    this.context.broken(this.checker);
  }

  /** `detail` is for the case that nothing was found. */
  verdict(detail?: string): Verdict {
    return this.first ?? (detail === undefined ? KEPT : { ok: true, detail });
  }
}
