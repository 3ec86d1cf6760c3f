// What the thread behind `lisping sim` and `lisping replay` is told, and what it answers.
import type { OutputPlan, Part, RunningCopy } from '@lisping/runtime';
import type { Fault, Knobs, ModelSummary, SimulationResult, StoryLine } from '@lisping/sim';
import type { ErrorReport } from '@lisping/core';
import type { ReplayRecord } from '../replay/record.ts';

/** What the user asked for, the same for a new simulation and for a replay. */
export interface SimTask {
  readonly running: RunningCopy;
  /** Null: the reference workload. */
  readonly job: string | null;
  /** A file with a workload model, which is then run instead of a job. */
  readonly workload: string | null;
  readonly inputs: readonly string[];
  readonly replicas: number;
  readonly failRate: number;
  /** Null: the job's own, else 1. */
  readonly reduces: number | null;
  /** Null: the default; the reference workload has one of its own. */
  readonly splitBytes: number | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly seed: string;
  readonly schedules: number;
  readonly keepGoing: boolean;
  readonly memo: boolean;
  /** The variant of the small world, for a schedule that the exhaustive search has found. */
  readonly small: string | null;
  /** Look for the smallest schedule that fails in the same way. */
  readonly shrink: boolean;
  /** Run the schedule of the result twice, and hold the runs against each other. */
  readonly checkDeterminism: boolean;
  /** Where to write the schedule as a test. */
  readonly asTest: string | null;
  /** Where faults come from: crashes at the rate, the swarm, or a file with a list. */
  readonly faults:
    | { readonly kind: 'rate' }
    | { readonly kind: 'swarm' }
    | { readonly kind: 'file'; readonly path: string };
  readonly trace: string | null;
  readonly report: string | null;
  readonly plan: OutputPlan | null;
  /** For a replay: what the id holds, and whether to go on when the world has changed. */
  readonly replay: { readonly record: ReplayRecord; readonly anyway: boolean } | null;
}

/** The same for the thread, which writes the report. */
export interface SimWork extends SimTask {
  /** The command that repeats a run that passed. */
  readonly again: string;
}

export type SimProgress =
  | { readonly kind: 'started'; readonly title: SimTitle }
  | { readonly kind: 'schedules'; readonly done: number }
  /** A schedule failed, and a smaller one is looked for; this is what is known so far. */
  | { readonly kind: 'failed'; readonly reply: SimReply }
  /** From 0 to 1. */
  | { readonly kind: 'shrinking'; readonly share: number };

/** What is known before the first event. */
export interface SimTitle {
  readonly job: string;
  readonly seed: string;
  readonly replicas: number;
  readonly failRate: number;
  readonly faults: number | 'swarm' | null;
  /** One per pass of a pipeline. */
  readonly passes: readonly { readonly job: string; readonly reduces: number }[];
}

/** A result with what the CLI adds and without the bytes of the parts. */
export interface SimReply extends Omit<SimulationResult, 'output' | 'error' | 'resolved'> {
  readonly title: SimTitle;
  readonly passes: readonly { readonly maps: number; readonly schedules: number }[];
  /** The simulation alone, without starting, loading and bundling. */
  readonly simulationMilliseconds: number;
  readonly output: { readonly records: number; readonly sha256: string };
  readonly parts: readonly Part[];
  readonly error: ErrorReport | null;
  readonly shrunk: ShrunkReply | null;
  /** Of a workload model; null for a job. */
  readonly model: ModelSummary | null;
  /** Where two runs of the schedule part, in a few lines. */
  readonly divergence?: readonly string[];
  /** Stack traces, for LISPING_DEBUG. */
  readonly stack: string;
  readonly replay: string;
  /** False: nothing but a run over nothing was proven. */
  readonly hasInput: boolean;
}

/** The smallest schedule found that fails in the same way. */
export interface ShrunkReply {
  /** How many are left. */
  readonly faults: number;
  readonly events: number;
  readonly replay: string;
  /** The list of faults. */
  readonly schedule: readonly Fault[];
  /** What else has to differ from the ordinary. */
  readonly knobs: Knobs;
  /** It was tried: without any one of the faults it does not fail so. */
  readonly minimal: boolean;
  /** What happens without each of the faults. */
  readonly without: readonly string[];
  readonly from: { readonly events: number; readonly faults: number };
  /** Schedules that were run for it. */
  readonly runs: number;
  readonly replicas: number;
  readonly maps: number;
  readonly reduces: number;
  /** The promise that is broken; null when the job itself fails. */
  readonly check: { readonly name: string; readonly title: string; readonly detail: string } | null;
  readonly story: readonly StoryLine[];
  /** Null: the input is all there. */
  readonly input: ShrunkInput | null;
}

/** What is left of the input. */
interface ShrunkInput {
  readonly lines: number;
  readonly linesBefore: number;
  readonly bytes: number;
  /** The first lines, for people. */
  readonly shown: readonly { readonly path: string; readonly text: string }[];
}
