// Shares the exhaustive search out to threads, and adds up what they say. What comes out does not
// depend on how many they are, nor on who is done first.
import { supervise, type Supervised } from '@lisping/runtime';
import { SIMULATION_LIMITS, type ExhaustFailing, type ExhaustStep } from '@lisping/sim';
import type { ExhaustiveTask } from './exhaustive-thread.ts';

/** Counts of one variant. */
export interface VariantCounts {
  readonly variant: string;
  readonly schedules: number;
  /** Distinct states from which schedules were continued with one more fault. */
  readonly states: number;
  /** Schedules that came to such a state a second time, and were not continued from there on. */
  readonly left: number;
  readonly events: number;
}

export interface ExhaustReply {
  readonly variants: readonly VariantCounts[];
  readonly failing: (ExhaustFailing & { readonly variant: string }) | null;
}

interface Progress {
  readonly variant: string;
  readonly schedules: number;
  readonly branchesDone: number;
  readonly branches: number;
}

/** Searches with so many threads. */
export function exhaustInThreads(
  depth: number,
  threads: number,
  onProgress: (progress: Progress) => void,
): Supervised<ExhaustReply> {
  const sums = new Sums();
  const works: Supervised<null>[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(works.map((work) => work.stop()));
  };
  const result = new Promise<ExhaustReply>((resolve, reject) => {
    const hear = (part: number, step: ExhaustStep): void => {
      sums.add(part, step);
      onProgress(sums.progressOf(step));
      if (!sums.isSettled(threads)) return;
      void stop().then(() => resolve(sums.reply()));
    };
    for (let part = 0; part < threads; part++) {
      const task: ExhaustiveTask = { depth, part, of: threads };
      const entry = new URL('exhaustive-thread.js', import.meta.url);
      const onStep = (step: ExhaustStep): void => hear(part, step);
      const limits = { jobOutput: process.stderr, resourceLimits: SIMULATION_LIMITS };
      works.push(supervise(entry, task, { onProgress: onStep, ...limits }));
    }
    Promise.all(works.map((work) => work.result)).then(
      () => resolve(sums.reply()),
      (error: unknown) => void stop().then(() => reject(asError(error))),
    );
  });
  return { result, stop };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Everything that was said, by variant and branch. */
class Sums {
  private readonly variants = new Map<string, Map<number, ExhaustStep>>();
  /** The step of each thread that was heard last. */
  private readonly last: (ExhaustStep | undefined)[] = [];

  add(part: number, step: ExhaustStep): void {
    let steps = this.variants.get(step.variant);
    if (steps === undefined)
      this.variants.set(step.variant, (steps = new Map<number, ExhaustStep>()));
    steps.set(step.branch, step);
    this.last[part] = step;
  }

  progressOf({ variant, branches }: ExhaustStep): Progress {
    const steps = [...(this.variants.get(variant)?.values() ?? [])];
    const schedules = [...this.variants.values()]
      .flatMap((all) => [...all.values()])
      .reduce((sum, step) => sum + step.schedules, 0);
    const branchesDone = steps.filter(({ branch }) => branch >= 0).length;
    return { variant, schedules, branchesDone, branches };
  }

  /** The first failing step is known: every thread is beyond it, or stopped at one. */
  isSettled(threads: number): boolean {
    const first = this.firstFailing();
    if (first === null) return false;
    const order = [...this.variants.keys()];
    const place = (step: ExhaustStep): number =>
      order.indexOf(step.variant) * 1e9 + step.branch + 1;
    for (let part = 0; part < threads; part++) {
      const step = this.last[part];
      if (step === undefined) return false;
      if (step.failing === null && place(step) + threads <= place(first)) return false;
    }
    return true;
  }

  private firstFailing(): ExhaustStep | null {
    for (const steps of this.variants.values()) {
      const failing = [...steps.values()].filter((step) => step.failing !== null);
      const [first] = failing.sort((a, b) => a.branch - b.branch);
      if (first !== undefined) return first;
    }
    return null;
  }

  /** Counts up to the first failing schedule, which others may have gone beyond. */
  reply(): ExhaustReply {
    const first = this.firstFailing();
    const variants: VariantCounts[] = [];
    for (const [variant, steps] of this.variants) {
      const isLast = first?.variant === variant;
      const counted = [...steps.values()].filter(({ branch }) => !isLast || branch <= first.branch);
      variants.push({
        variant,
        schedules: sum(counted, (step) => step.schedules),
        states: sum(counted, (step) => step.states),
        left: sum(counted, (step) => step.left),
        events: sum(counted, (step) => step.events),
      });
      if (isLast) break;
    }
    const failing = first?.failing ?? null;
    return {
      variants,
      failing: first === null || failing === null ? null : { ...failing, variant: first.variant },
    };
  }
}

function sum(steps: readonly ExhaustStep[], of: (step: ExhaustStep) => number): number {
  return steps.reduce((total, step) => total + of(step), 0);
}
