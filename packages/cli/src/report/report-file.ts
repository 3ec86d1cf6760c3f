// Collects what a report shows while the simulation runs, and writes it at the end.
import { DEFAULT_TIMING } from '@lisping/core';
import {
  simulate,
  type Shrunk,
  type SimulationOptions,
  type SimulationResult,
  type TraceEvent,
} from '@lisping/sim';
import { shellWord } from '../print/shell-word.ts';
import type { SimReply, SimWork } from '../threads/sim-task.ts';
import { createWholeFile, type WholeFile } from '../threads/whole-file.ts';
import { versionText } from '../version.ts';
import { encodeRun, type ShownRun } from './encode-run.ts';
import { reportPage } from './write-report.ts';

export class ReportFile {
  private readonly file: WholeFile;
  private readonly passes: TraceEvent[][] = [];
  private minimal: ShownRun | null = null;

  /** Opens the file at once. Throws LISPING_E_FILE and LISPING_E_DISK_FULL. */
  constructor(path: string) {
    this.file = createWholeFile(path, 'report');
  }

  /** What comes is of the next pass. */
  nextPass(): void {
    this.passes.push([]);
  }

  write(event: TraceEvent): void {
    this.passes.at(-1)?.push(event);
  }

  /** Runs the smallest schedule once more, to see it too. `options` are those of what it was shrunk from. */
  addMinimal(options: SimulationOptions, small: Shrunk, replay: string): void {
    const events: TraceEvent[] = [];
    const { seed, faults, replicas, reduces, splitBytes, inputs } = small;
    simulate({
      ...options,
      seed,
      faults,
      replicas,
      reduces,
      splitBytes,
      inputs,
      schedules: 1,
      makespan: 0,
      trace: (event) => events.push(event),
    });
    this.minimal = {
      role: 'minimal',
      title: small.minimal ? 'The smallest schedule that fails so' : 'A smaller schedule',
      command: `lisping replay ${shellWord(replay)}`,
      slots: options.slots,
      events,
      checks: small.checks,
      story: small.story,
    };
  }

  finish(work: SimWork, reply: SimReply, results: readonly SimulationResult[]): void {
    const runs = results.map((result, pass): ShownRun => ({
      role: 'original',
      title: titleOf(reply, pass, results.length),
      command: null,
      slots: SLOTS,
      events: this.passes[pass] ?? [],
      checks: result.checks,
      story: result.resolved.story,
    }));
    if (this.minimal !== null) runs.push(this.minimal);
    const { title, verdict, error } = reply;
    // One schedule of many is repeated by its replay id alone.
    const isAlone = verdict === 'passed' && work.schedules === 1;
    this.file.write(
      reportPage({
        version: versionText(),
        job: title.job,
        seed: title.seed,
        replicas: title.replicas,
        verdict,
        command: isAlone ? work.again : `lisping replay ${shellWord(reply.replay)}`,
        figures: this.figures(work, reply),
        error:
          error === null
            ? null
            : { code: error.code, message: error.message, hint: error.hint ?? '' },
        lease: DEFAULT_TIMING.lease,
        runs: runs.map(encodeRun),
      }),
    );
    this.file.finish();
  }

  private figures(work: SimWork, { failing, schedules }: SimReply): string[] {
    const figures: string[] = [];
    if (work.schedules > 1) {
      figures.push(`schedule ${(failing?.schedule ?? schedules - 1) + 1} of ${schedules} run`);
    }
    const simulated = this.passes.reduce((sum, events) => sum + (events.at(-1)?.at ?? 0), 0);
    figures.push(`${(simulated / 1e6).toFixed(1)} s simulated`);
    return figures;
  }
}

export const SLOTS = 2; // tasks that a replica runs at once

function titleOf({ title, shrunk }: SimReply, pass: number, passes: number): string {
  if (passes > 1) return `Pass ${pass + 1} of ${passes}: ${title.passes[pass]?.job ?? ''}`;
  return shrunk === null ? 'The schedule' : 'The schedule as it was found';
}
