// The public surface of the runtime: loading jobs, local files, and the local engine.
export { findJobFile } from './load/job-file.ts';
export { loadJob, type LoadedJob } from './load/load-job.ts';
export type { RunningCopy } from './load/bundle.ts';
export type { Places } from './load/places.ts';
export type { InputPort, OpenInput } from './input/input-port.ts';
export { localFiles } from './input/local-files.ts';
export { planOutput, type OutputPlan } from './output/output-plan.ts';
export { commitOutput, discardOutput, prepareOutput } from './output/output-directory.ts';
export { createPart, partName, type Part } from './output/part-file.ts';
export { run, type RunOptions } from './engine/run.ts';
export { reducesOf, SPLIT_BYTES_DEFAULT, type RunResult } from './engine/run-jobs.ts';
export { refuseWrongInputs } from './engine/wrong-inputs.ts';
export { answerAsThread } from './thread/answer.ts';
export { supervise, type Supervised, type SupervisorOptions } from './thread/supervise.ts';
export { runInThread } from './thread/run-in-thread.ts';
export type { RunProgress, RunTask } from './thread/run-thread.ts';
