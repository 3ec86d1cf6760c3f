// Follows an application from the moment it was handed over to its end.
import { setTimeout as sleep } from 'node:timers/promises';
import { isLispingError, LispingError } from '@lisping/core';
import { jobIdOf, progressOf, runningJob, type JobProgress } from '../yarn/mapreduce-job.ts';
import type { Application, ResourceManager } from '../yarn/resource-manager.ts';

const POLL_MS = 300;
/** How long the ResourceManager may be silent, all questions in a row together. */
const SILENT_MS = 120_000;

export interface Following {
  readonly resourceManager: ResourceManager;
  readonly application: string;
  readonly onState: (application: Application) => void;
  readonly onProgress: (progress: JobProgress) => void;
}

/** Waits until YARN has taken it in; throws LISPING_E_YARN when it refuses, such as for a wrong queue. */
export async function untilAccepted(following: Following): Promise<void> {
  for (let pauseMs = 5; ; pauseMs = Math.min(2 * pauseMs, POLL_MS)) {
    const found = await following.resourceManager.application(following.application);
    if (found !== null) {
      switch (found.state) {
        case 'NEW':
        case 'NEW_SAVING':
        case 'SUBMITTED':
          break;
        case 'FAILED':
        case 'KILLED':
          throw ended(following.application, found);
        case 'ACCEPTED':
        case 'RUNNING':
        case 'FINISHED':
          following.onState(found);
          return;
      }
    }
    await sleep(pauseMs);
  }
}

/** Waits for the end; gives what YARN says of it, whatever it is. */
export async function untilEnded(following: Following): Promise<Application> {
  const { resourceManager, application, onState, onProgress } = following;
  let state = 'ACCEPTED';
  for (;;) {
    const found = await patiently(() => resourceManager.application(application));
    if (found === null) throw forgotten(application);
    if (found.state !== state) onState(found);
    state = found.state;
    if (found.state === 'FINISHED' || found.state === 'FAILED' || found.state === 'KILLED') {
      return found;
    }
    if (found.state === 'RUNNING') await tellProgress(following, onProgress);
    await sleep(POLL_MS);
  }
}

/** Best effort: the master may not answer yet, or not any more. */
async function tellProgress(
  { resourceManager, application }: Following,
  onProgress: (progress: JobProgress) => void,
): Promise<void> {
  try {
    const source = runningJob(resourceManager.service, application);
    const progress = await progressOf(source, jobIdOf(application));
    if (progress !== null) onProgress(progress);
  } catch (error) {
    if (!isLispingError(error)) throw error;
  }
}

/** A network that fails for a while must not lose sight of a job that runs on. */
async function patiently<T>(question: () => Promise<T>): Promise<T> {
  const began = performance.now();
  for (let pauseMs = POLL_MS; ; pauseMs = Math.min(2 * pauseMs, 10_000)) {
    try {
      return await question();
    } catch (error) {
      if (!isLispingError(error) || performance.now() - began > SILENT_MS) throw error;
    }
    await sleep(pauseMs);
  }
}

function ended(application: string, { state, diagnostics }: Application): LispingError {
  const why = diagnostics.trim() === '' ? '' : `: ${diagnostics.trim()}`;
  const said = state === 'KILLED' ? 'was killed' : 'failed';
  return new LispingError('LISPING_E_YARN', `${application} ${said}${why}`);
}

function forgotten(application: string): LispingError {
  return new LispingError('LISPING_E_YARN', `YARN does not know ${application} any more`, {
    hint: 'It may have ended while nobody looked: see the history server, and whether the output has _SUCCESS.',
  });
}
