// The files in which a run can be seen, --trace and --report, for as long as the simulation runs.
import type { Shrunk, SimulationOptions, SimulationResult } from '@lisping/sim';
import { ReportFile } from '../report/report-file.ts';
import type { TraceOfPass } from './passes.ts';
import type { SimReply, SimWork } from './sim-task.ts';
import { createTraceFile, type TraceFile } from './trace-file.ts';
import { discardUnfinished } from './whole-file.ts';

export class Watching {
  private readonly work: SimWork;
  private readonly trace: TraceFile | null;
  private readonly report: ReportFile | null;

  /** Opens the files at once, so that nobody waits for a run whose files cannot be written. */
  constructor(work: SimWork) {
    this.work = work;
    this.trace = work.trace === null ? null : createTraceFile(work.trace);
    this.report = work.report === null ? null : new ReportFile(work.report);
  }

  readonly traceOf: TraceOfPass = (pass) => {
    const { trace, report } = this;
    if (trace === null && report === null) return null;
    if (pass > 0) trace?.nextPass();
    report?.nextPass();
    return (event) => {
      trace?.write(event);
      report?.write(event);
    };
  };

  /** The simulation is over. */
  finishTrace(): void {
    this.trace?.finish();
  }

  addMinimal(options: SimulationOptions, small: Shrunk, replay: string): void {
    this.report?.addMinimal(options, small, replay);
  }

  finishReport(reply: SimReply, results: readonly SimulationResult[]): void {
    this.report?.finish(this.work, reply, results);
  }
}

/** Removes what an interrupted run left of them. */
export function discardWatched({ trace, report }: Pick<SimWork, 'trace' | 'report'>): void {
  if (trace !== null) discardUnfinished(trace);
  if (report !== null) discardUnfinished(report);
}
