// What runs in a Hadoop task: the job that it was bundled with, as mapper or as reducer. It ends with 0
// only if everything that Hadoop gave was read and everything that the job emitted was written; otherwise
// its last words on standard error say why.
import { readFileSync } from 'node:fs';
import {
  isJob,
  isLispingError,
  isPipeline,
  LispingError,
  type AnyJob,
  type ErrorCode,
  type RecordRef,
  type TaskSetting,
} from '@lisping/core';
import { createDecoder } from '@lisping/formats';
import { taskEnvironment } from './environment.ts';
import { startHeartbeat } from './heartbeat.ts';
import { runMapChild, type ChildResult } from './map-child.ts';
import { placeOf } from './places.ts';
import { SETTINGS_NAME, type ChildSettings } from './plan.ts';
import { runReduceChild } from './reduce-child.ts';
import { createStatus, reportCounters, reportFailure } from './reporter.ts';
import { readStream } from './standard-input.ts';
import { ByteOutput } from './standard-output.ts';

/** A host that promises equal bytes keys `context.random()` with the same seed: `lisping run` with none. */
const TASK_SEED = '';
const KINDS = ['map', 'reduce'] as const;
const environment = taskEnvironment(process.env);
const kind = KINDS.find((known) => known === process.argv[2]) ?? 'map';
let phase: 'loading' | 'running' | 'ended' = 'loading';
let jobName = 'job';
let recordAtWork = (): RecordRef | undefined => undefined;

/** Called before the job is loaded, so that what it throws then is told as well. */
export function prepareChild(): void {
  process.on('uncaughtException', (cause) => fail(lateError(cause)));
  process.on('exit', (code) => {
    if (phase === 'ended') return;
    fail(endedEarly(code));
  });
  // What a job prints must not become output: on Hadoop standard output is that.
  process.stdout.write = process.stderr.write.bind(process.stderr);
}

/** Runs the default export of the job file; `bundle` is the URL of this module. */
export async function runChild(exported: unknown): Promise<void> {
  try {
    const settings = readSettings();
    const job = jobOf(exported, settings.pass);
    jobName = job.name;
    phase = 'running';
    const { counters, recordsRead } = runTask(job, settings);
    await dueWork();
    reportCounters(counters, recordsRead);
    phase = 'ended';
    process.exit(0); // timers that the job left running hold nobody up
  } catch (error) {
    fail(isLispingError(error) ? error : defect(error));
  }
}

function runTask(job: AnyJob, settings: ChildSettings): ChildResult {
  const { task, attempt, inputFile, inputLength, timeoutMs } = environment;
  const heart = startHeartbeat({ timeoutMs, stuckAfterMs: settings.stuckAfterMs });
  const showStatus = createStatus();
  const setting: TaskSetting = {
    job,
    task,
    attempt,
    reduces: settings.reduces,
    inputs: [],
    parameters: settings.parameters,
    seed: TASK_SEED,
    decode: createDecoder(),
    onStatus(text) {
      heart.status(text);
      showStatus(text);
    },
  };
  const common = { settings, input: readStream(), output: new ByteOutput(), begin: heart.begin };
  switch (kind) {
    case 'map': {
      const file = settings.input === 'source' ? 'source' : inputFile;
      return runMapChild({
        ...common,
        setting: { ...setting, file },
        inputLength,
        working: (where) => void (recordAtWork = where),
      });
    }
    case 'reduce':
      return runReduceChild({ ...common, setting });
  }
}

function readSettings(): ChildSettings {
  const settings = JSON.parse(readFileSync(SETTINGS_NAME, 'utf8')) as ChildSettings; // made by planStreaming
  if (settings.version !== 1) throw new Error(`${SETTINGS_NAME} is of another version`);
  return settings;
}

function jobOf(exported: unknown, pass: number): AnyJob {
  const jobs = isPipeline(exported) ? exported.jobs : [exported];
  const job = jobs[pass];
  if (isJob(job)) return job;
  throw new LispingError('LISPING_E_NOT_A_JOB', 'the job file exports by default what is no job');
}

/** Lets timers of the job run that are due, so that what they throw is heard. */
async function dueWork(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setImmediate(resolve));
}

/** Says what went wrong and ends the process, from wherever it is called. */
function fail(error: LispingError): never {
  phase = 'ended';
  const where = error.where ?? placeOf(error, import.meta.url);
  const { task, attempt } = environment;
  const report = error.with({ where }).toJSON();
  reportFailure({ version: 1, job: jobName, kind, task, attempt, error: report });
  process.exitCode = 1; // in a handler of 'exit' this is what counts
  process.exit(1);
}

/** What nobody caught: while the job was loaded, or later by a timer or a promise. */
function lateError(cause: unknown): LispingError {
  if (isLispingError(cause)) return cause;
  const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const [code, what]: [ErrorCode, string] =
    phase === 'loading'
      ? ['LISPING_E_JOB_LOAD', 'the job file threw while it was loaded']
      : ['LISPING_E_ASYNC', 'a timer or a promise of the job threw'];
  return new LispingError(code, `${what}: ${said}`, { cause });
}

function endedEarly(code: number): LispingError {
  return new LispingError('LISPING_E_TASK_DIED', `the job ended its process (exit code ${code})`, {
    hint: 'A job must not call process.exit().',
    record: recordAtWork(),
  });
}

function defect(cause: unknown): LispingError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new LispingError('LISPING_E_INTERNAL', message, { cause });
}
