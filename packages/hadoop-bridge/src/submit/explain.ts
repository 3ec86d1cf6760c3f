// Why a job failed: of the attempts that failed at tasks which nobody else did later, the first that can be
// explained. Best is what the job's own process said last; then what Hadoop says of the attempt; then what
// YARN says of the application. Who was killed is not to blame: somebody else's failure ended the job.
import { setTimeout as sleep } from 'node:timers/promises';
import { isLispingError, LispingError, type ErrorCode } from '@lisping/core';
import { failureIn, type TaskFailure } from '../streaming/reporter.ts';
import { standardErrorOf } from '../yarn/container-log.ts';
import { endedJob, jobIdOf, type JobSource } from '../yarn/mapreduce-job.ts';
import { attemptsOf, tasksOf, type Task, type TaskAttempt } from '../yarn/task-attempts.ts';
import { symptomIn } from './symptoms.ts';

/** The history server learns of a job when its application master has ended. */
const KNOWN_WITHIN_MS = 10_000;
const POLL_MS = 200;
/** Thousands of tasks may have failed, and for one reason. */
const TASKS_MOST = 5;
const LINES_SHOWN = 3;
const LINE_MAX = 300;

/** A job that failed, with what is known without asking anybody. */
export interface Failed {
  readonly application: string;
  /** `http://host:port` */
  readonly historyServer: string;
  /** What was said when it ended. */
  readonly said: LispingError;
}

interface FailedTask {
  readonly task: Task;
  /** In the order in which they were made. */
  readonly attempts: readonly TaskAttempt[];
}

/** The same failure in terms of the job, as far as the cluster tells; at worst what was said. */
export async function explained({
  application,
  historyServer,
  said,
}: Failed): Promise<LispingError> {
  try {
    const source = endedJob(historyServer);
    for (const failed of await failedTasks(source, jobIdOf(application))) {
      const error = await explainedTask(source, application, failed);
      if (error !== null) return error;
    }
  } catch (error) {
    if (!isLispingError(error)) throw error; // who cannot be asked cannot explain
  }
  return withoutTasks(said);
}

/** Tasks that nobody did in the end, with their attempts that failed; maps first, as they come first. */
async function failedTasks(source: JobSource, job: string): Promise<FailedTask[]> {
  const tasks = await patiently(async () => await tasksOf(source, job));
  const undone = tasks.filter(({ succeeded }) => !succeeded);
  const found: FailedTask[] = [];
  for (const task of undone) {
    const attempts = await attemptsOf(source, job, task.id);
    const failed = attempts.filter(({ state }) => state === 'FAILED');
    if (failed.length > 0) found.push({ task, attempts: failed });
    if (found.length === TASKS_MOST) break;
  }
  return found;
}

async function patiently<T>(question: () => Promise<T[] | null>): Promise<T[]> {
  const until = performance.now() + KNOWN_WITHIN_MS;
  for (;;) {
    const answer = await question();
    if (answer !== null) return answer;
    if (performance.now() > until) return [];
    await sleep(POLL_MS);
  }
}

async function explainedTask(
  { service }: JobSource,
  application: string,
  { task, attempts }: FailedTask,
): Promise<LispingError | null> {
  const place = `${task.kind} task ${task.number} of ${application}`;
  const where = `${place} failed in ${countOf(attempts.length)}`;
  let log: readonly string[] = [];
  for (const attempt of attempts) {
    log = await standardErrorOf(attempt, service);
    const failure = log.map(failureIn).find((each) => each !== undefined);
    if (failure !== undefined) return ofJob(failure, where);
  }
  const last = attempts.at(-1);
  const diagnostics = last?.diagnostics ?? '';
  const symptom = symptomIn([diagnostics, ...log].join('\n'));
  const quoted = quote(diagnostics === '' ? log : diagnostics.split('\n'));
  if (symptom === null) return quoted === '' ? null : ofHadoop(`${where}: ${quoted}`);
  const { code, meaning, hint } = symptom;
  return new LispingError(
    code,
    `${meaning}; ${where}: ${quoted}`,
    hint === undefined ? {} : { hint },
  );
}

/** The job's own process has said it. */
function ofJob({ error }: TaskFailure, where: string): LispingError {
  const { code, message, hint, where: at, record } = error;
  return new LispingError(code, `${message}; ${where}`, {
    hint,
    ...(at === undefined ? {} : { where: at }),
    ...(record === undefined ? {} : { record }),
  });
}

function ofHadoop(message: string, code: ErrorCode = 'LISPING_E_HADOOP_JOB'): LispingError {
  return new LispingError(code, message, {
    hint: 'The logs of the attempt say more: see the history server, or yarn logs -applicationId ID.',
  });
}

/** Nothing is known of tasks: the application master itself may have failed. */
function withoutTasks(said: LispingError): LispingError {
  const symptom = symptomIn(said.message);
  if (symptom === null) return said;
  const { code, meaning, hint } = symptom;
  return new LispingError(code, `${meaning}; ${said.message}`, hint === undefined ? {} : { hint });
}

/** The lines that say something: no stack of Java's, and no advertisement of its logging. */
function quote(lines: readonly string[]): string {
  const telling = lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^at |^\.\.\. \d+ more|^log4j:|^WARNING: /.test(line));
  const text = telling.slice(0, LINES_SHOWN).join(' / ');
  return text.length > LINE_MAX ? `${text.slice(0, LINE_MAX - 1)}…` : text;
}

function countOf(attempts: number): string {
  return attempts === 1 ? 'one attempt' : `${attempts} attempts`;
}
