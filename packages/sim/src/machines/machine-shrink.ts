/** From a list of faults that breaks something to the smallest that breaks it too. */
import type { Fault } from '../fault.ts';
import { parseFaultsFor } from '../fault-list.ts';
import type { ProblemOf } from '../fault-list.ts';
import { fewerFaults, otherSeeds, plainerFaults } from '../shrink/list-passes.ts';
import type { Trials } from '../shrink/list-passes.ts';
import type { MachineOutcome } from './machine-run.ts';

interface Tried {
  readonly seed: string;
  readonly faults: readonly Fault[];
}

/** What the search may cost, in events: the same comes out on every machine. */
const BUDGET = 3_000_000;
/** What a run costs beside its events. */
const COST_OF_RUN = 500;
const ROUNDS_MAX = 4;

class MachineTrials implements Trials {
  best: Tried;
  private spent = 0;
  private readonly check: string;
  private readonly runs: (tried: Tried) => MachineOutcome;
  private readonly problemOf: ProblemOf;

  constructor(
    first: Tried,
    check: string,
    runs: (tried: Tried) => MachineOutcome,
    problemOf: ProblemOf,
  ) {
    this.best = first;
    this.check = check;
    this.runs = runs;
    this.problemOf = problemOf;
  }

  get exhausted(): boolean {
    return this.spent >= BUDGET;
  }

  improves(change: Partial<Tried>): boolean {
    const tried = { ...this.best, ...change };
    if (this.exhausted || !this.fails(tried)) return false;
    this.best = tried;
    return true;
  }

  /** It is the same failure when the same check is broken. */
  fails(tried: Tried): boolean {
    return this.eventsOf(tried) !== null;
  }

  /** After how many events it fails; null: it does not. */
  eventsOf(tried: Tried): number | null {
    const { broken, events } = this.runs(tried);
    this.spent += COST_OF_RUN + events;
    return broken?.name === this.check ? events : null;
  }

  readonly valid = (fields: Readonly<Record<string, unknown>>): Fault | null => {
    try {
      return parseFaultsFor([fields], this.problemOf)[0] ?? null;
    } catch {
      return null;
    }
  };
}

/** A list of which nothing can be left out, with the seed under which that is so. */
export function smallest(
  first: Tried,
  check: string,
  runs: (tried: Tried) => MachineOutcome,
  problemOf: ProblemOf,
): Tried {
  const trials = new MachineTrials(first, check, runs, problemOf);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { best } = trials;
    fewerFaults(trials, round === 0 ? 0 : 4);
    plainerFaults(trials);
    if (trials.best === best) break;
  }
  soonest(trials);
  plainerFaults(trials);
  return onlyWhatIsNeeded(trials);
}

/** Under how many other seeds the same faults are tried. */
const SEEDS = 200;

/** The same faults under the seed with which it breaks after the fewest events: a shorter story. */
function soonest(trials: MachineTrials): void {
  const { best } = trials;
  let least = trials.eventsOf(best) ?? Infinity;
  for (const seed of otherSeeds(best.seed, SEEDS)) {
    if (trials.exhausted) return;
    const tried = { ...best, seed };
    const events = trials.eventsOf(tried);
    if (events === null || events >= least) continue;
    least = events;
    trials.best = tried;
  }
}

/** Leaving out one was tried for each, whatever had been spent. */
function onlyWhatIsNeeded(trials: MachineTrials): Tried {
  for (;;) {
    const { seed, faults } = trials.best;
    const shorter = faults.map((_, place) => ({ seed, faults: faults.toSpliced(place, 1) }));
    const needless = shorter.find((tried) => trials.fails(tried));
    if (needless === undefined) return trials.best;
    trials.best = needless;
  }
}
