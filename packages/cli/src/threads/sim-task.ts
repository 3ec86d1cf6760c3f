// What the thread behind `lisping sim` and `lisping replay` is told, and what it answers.
import type { OutputPlan, Part, RunningCopy } from '@lisping/runtime';
import type { SimulationResult } from '@lisping/sim';
import type { ErrorReport } from '@lisping/core';
import type { ReplayRecord } from '../replay/record.ts';

/** What the user asked for, the same for a new simulation and for a replay. */
export interface SimTask {
  readonly running: RunningCopy;
  /** Null: the reference workload. */
  readonly job: string | null;
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
  /** A file with a list of faults. */
  readonly faultsFile: string | null;
  readonly trace: string | null;
  readonly plan: OutputPlan | null;
  /** For a replay: what the id holds, and whether to go on when the world has changed. */
  readonly replay: { readonly record: ReplayRecord; readonly anyway: boolean } | null;
}

export type SimProgress =
  | { readonly kind: 'started'; readonly title: SimTitle }
  | { readonly kind: 'schedules'; readonly done: number };

/** What is known before the first event. */
export interface SimTitle {
  readonly job: string;
  readonly seed: string;
  readonly replicas: number;
  readonly failRate: number;
  readonly faults: number | null;
  /** One per pass of a pipeline. */
  readonly passes: readonly { readonly job: string; readonly reduces: number }[];
}

/** A result with what the CLI adds and without the bytes of the parts. */
export interface SimReply extends Omit<SimulationResult, 'output' | 'error' | 'resolved'> {
  readonly title: SimTitle;
  readonly passes: readonly { readonly maps: number }[];
  /** The simulation alone, without starting, loading and bundling. */
  readonly simulationMilliseconds: number;
  readonly output: { readonly records: number; readonly sha256: string };
  readonly parts: readonly Part[];
  readonly error: ErrorReport | null;
  /** Stack traces, for LISPING_DEBUG. */
  readonly stack: string;
  readonly replay: string;
  /** False: nothing but a run over nothing was proven. */
  readonly hasInput: boolean;
}
