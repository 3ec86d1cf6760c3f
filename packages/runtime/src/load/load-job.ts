// From a path on the command line to a job that can run.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isJob, isLispingError, isPipeline, LispingError, type AnyJob } from '@lisping/core';
import { writing } from '../output/write-errors.ts';
import { bundleJob, type Bundle, type RunningCopy } from './bundle.ts';
import { makeJobDirectory } from './job-directory.ts';
import { findJobFile } from './job-file.ts';
import { placesIn, type Places } from './places.ts';
import { shown } from './shown.ts';

/** A job file after loading. */
export interface LoadedJob {
  /** Absolute path. */
  readonly file: string;
  /** One job, or those of a pipeline in their order. */
  readonly jobs: readonly AnyJob[];
  readonly places: Places;
  /** Of the sources' contents: equal for equal code, wherever it lies. */
  readonly hash: string;
}

/**
 * Bundles and imports the job file.
 *
 * Throws LISPING_E_NO_JOB, LISPING_E_JOB_COMPILE, LISPING_E_JOB_LOAD, LISPING_E_NOT_A_JOB and what
 * `job()` throws, with the place in the user's file.
 */
export async function loadJob(path: string, running: RunningCopy): Promise<LoadedJob> {
  const bundle = await bundleJob(findJobFile(path), running);
  const { exported, places } = await importBundle(bundle, running);
  return { file: bundle.file, jobs: jobsOf(exported, bundle.file), places, hash: bundle.hash };
}

interface Imported {
  readonly exported: unknown;
  readonly places: Places;
}

/** A module can only be imported from a file (or a data: URL, which would fill every stack trace). */
async function importBundle(bundle: Bundle, running: RunningCopy): Promise<Imported> {
  const directory = makeJobDirectory();
  try {
    const file = join(directory, 'job.mjs');
    writing(directory, () => writeFileSync(file, bundle.code));
    const url = pathToFileURL(file).href;
    const places = placesIn(bundle, url);
    return { exported: await importFrom(url, { file: bundle.file, places, running }), places };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Importing {
  readonly file: string;
  readonly places: Places;
  readonly running: RunningCopy;
}

async function importFrom(url: string, { file, places, running }: Importing): Promise<unknown> {
  try {
    const module: unknown = await import(url);
    return typeof module === 'object' && module !== null && 'default' in module
      ? module.default
      : undefined;
  } catch (error) {
    const where = places.find(error);
    if (isLispingError(error)) throw error.with({ where });
    const reason = error instanceof Error ? error.message : String(error);
    const missing = missingExport(reason, running);
    if (missing !== null) throw new LispingError('LISPING_E_JOB_COMPILE', missing, { where });
    throw new LispingError(
      'LISPING_E_JOB_LOAD',
      `${shown(file)} threw while it was loaded: ${reason}`,
      {
        where,
        cause: error,
      },
    );
  }
}

/** What esbuild cannot see: it bundles neither `lisping` nor the modules of Node. */
function missingExport(reason: string, running: RunningCopy): string | null {
  const match = /^The requested module '(.*)' does not provide an export named '(.*)'$/.exec(
    reason,
  );
  if (match === null) return null;
  const [, url, name] = match;
  const known = Object.entries(running).find(([, running]) => running === url);
  return `'${known?.[0] ?? url}' has no export named ${name}`;
}

function jobsOf(exported: unknown, file: string): readonly AnyJob[] {
  if (isJob(exported)) return [exported];
  if (isPipeline(exported)) return exported.jobs;
  const what =
    exported === undefined ? 'has no default export' : 'exports by default what is no job';
  throw new LispingError('LISPING_E_NOT_A_JOB', `${shown(file)} ${what}`);
}
