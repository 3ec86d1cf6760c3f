// Shares the exhaustive search out to threads, and adds up what they say. What comes out does not
// depend on how many they are, nor on who is done first.
import { supervise, type Supervised } from '@lisping/runtime';
import {
  SIMULATION_LIMITS,
  smallVariants,
  type ExhaustFailing,
  type ExhaustStep,
  type OpenBranches,
} from '@lisping/sim';
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

/**
 * Searches with so many threads: first what has one fault at most, a variant in each thread, and then
 * every thread its share of what can be continued.
 */
export function exhaustInThreads(
  depth: number,
  threads: number,
  onProgress: (progress: Progress) => void,
): Supervised<ExhaustReply> {
  const search = new ThreadedSearch(threads, onProgress);
  return { result: search.run(depth), stop: () => search.stop() };
}

class ThreadedSearch {
  private readonly sums = new Sums();
  private readonly threads: number;
  private readonly onProgress: (progress: Progress) => void;
  private works: Supervised<OpenBranches | null>[] = [];

  constructor(threads: number, onProgress: (progress: Progress) => void) {
    this.threads = threads;
    this.onProgress = onProgress;
  }

  async run(depth: number): Promise<ExhaustReply> {
    const { threads } = this;
    const names = smallVariants().map(({ name }) => name);
    const shares = Array.from({ length: threads }, (_, part) =>
      names.filter((_name, i) => i % threads === part),
    ).filter((variants) => variants.length > 0);
    const open = await this.all(
      shares.map((variants): ExhaustiveTask => ({ stage: 'first', depth, variants })),
    );
    if (this.sums.failing === null && depth > 1) await this.rest(depth, joined(open));
    return this.sums.reply();
  }

  private async rest(depth: number, open: OpenBranches): Promise<void> {
    const of = this.threads;
    const tasks = Array.from({ length: of }, (_, part): ExhaustiveTask => {
      return { stage: 'rest', depth, part, of, open };
    });
    await this.all(tasks);
  }

  async stop(): Promise<void> {
    await Promise.all(this.works.map((work) => work.stop()));
  }

  /** Runs them side by side, to their end or until the first failing schedule is known. */
  private async all(tasks: readonly ExhaustiveTask[]): Promise<(OpenBranches | null)[]> {
    const { sums } = this;
    sums.begin();
    const settled = new Promise<[]>((resolve, reject) => {
      const hear = (task: ExhaustiveTask, part: number, step: ExhaustStep): void => {
        sums.add(part, step);
        this.onProgress(sums.progressOf(step));
        if (task.stage !== 'rest' || !sums.isSettled(task.of)) return;
        this.stop().then(() => resolve([]), reject);
      };
      this.works = tasks.map((task, part) => this.start(task, (step) => hear(task, part, step)));
    });
    const ended = Promise.all(this.works.map((work) => work.result));
    try {
      return await Promise.race([ended, settled]);
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      // Who is stopped has no result.
      ended.catch(() => undefined);
    }
  }

  private start(
    task: ExhaustiveTask,
    onProgress: (step: ExhaustStep) => void,
  ): Supervised<OpenBranches | null> {
    const entry = new URL('exhaustive-thread.js', import.meta.url);
    const limits = { jobOutput: process.stderr, resourceLimits: SIMULATION_LIMITS };
    return supervise(entry, task, { onProgress, ...limits });
  }
}

function joined(shares: readonly (OpenBranches | null)[]): OpenBranches {
  return Object.fromEntries(shares.flatMap((share) => Object.entries(share ?? {})));
}

/** Everything that was said, by variant and branch. */
class Sums {
  private readonly variants = new Map<string, Map<number, ExhaustStep>>(
    smallVariants().map(({ name }) => [name, new Map<number, ExhaustStep>()]),
  );
  /** The step of each thread of this stage that was heard last. */
  private last: (ExhaustStep | undefined)[] = [];

  /** A stage begins. */
  begin(): void {
    this.last = [];
  }

  add(part: number, step: ExhaustStep): void {
    this.variants.get(step.variant)?.set(step.branch, step);
    this.last[part] = step;
  }

  progressOf({ variant, branches }: ExhaustStep): Progress {
    const steps = [...(this.variants.get(variant)?.values() ?? [])];
    const schedules = this.steps().reduce((sum, step) => sum + step.schedules, 0);
    const branchesDone = steps.filter(({ branch }) => branch >= 0).length;
    return { variant, schedules, branchesDone, branches };
  }

  private steps(): ExhaustStep[] {
    return [...this.variants.values()].flatMap((steps) => [...steps.values()]);
  }

  /** The first failing step is known: every thread is beyond it, or stopped at one. */
  isSettled(threads: number): boolean {
    const { failing } = this;
    if (failing === null) return false;
    for (let part = 0; part < threads; part++) {
      const step = this.last[part];
      if (step === undefined) return false;
      if (step.failing === null && this.place(step) + threads <= this.place(failing)) return false;
    }
    return true;
  }

  /** In the order of a single thread: all variants with one fault at most, then each with two. */
  private place({ variant, branch }: ExhaustStep): number {
    const order = [...this.variants.keys()].indexOf(variant);
    return branch < 0 ? order : (order + 1) * 1e9 + branch;
  }

  /** The first that breaks a promise. */
  get failing(): ExhaustStep | null {
    const failing = this.steps().filter((step) => step.failing !== null);
    const [first] = failing.sort((a, b) => this.place(a) - this.place(b));
    return first ?? null;
  }

  /** Counts up to the first failing schedule, which others may have gone beyond. */
  reply(): ExhaustReply {
    const { failing: first } = this;
    const end = first === null ? Number.POSITIVE_INFINITY : this.place(first);
    const variants: VariantCounts[] = [];
    for (const [variant, steps] of this.variants) {
      const counted = [...steps.values()].filter((step) => this.place(step) <= end);
      if (counted.length === 0) continue;
      variants.push({
        variant,
        schedules: sum(counted, (step) => step.schedules),
        states: sum(counted, (step) => step.states),
        left: sum(counted, (step) => step.left),
        events: sum(counted, (step) => step.events),
      });
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
