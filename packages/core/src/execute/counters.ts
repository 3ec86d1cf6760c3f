// Counters of one attempt. They count towards the job only if the attempt wins.

/** Totals by name, in order of the names: the user's own, and the engine's `lisping.*`. */
export type Counters = Readonly<Record<string, number>>;

/** Adds up while a task runs. */
export class CounterSet {
  readonly #totals = new Map<string, number>();

  add(name: string, n: number): void {
    this.#totals.set(name, (this.#totals.get(name) ?? 0) + n);
  }

  /** The totals now; equal counters give equal objects, whatever the order of counting was. */
  snapshot(): Counters {
    const names = [...this.#totals.keys()].sort((a, b) => (a < b ? -1 : 1));
    return Object.fromEntries(names.map((name) => [name, this.#totals.get(name)!]));
  }
}
