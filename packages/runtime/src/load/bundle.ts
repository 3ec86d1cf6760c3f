// A job file and whatever it imports, made one module by esbuild. `lisping` itself stays outside: it
// resolves to the copy that runs, so that there is one copy of it wherever the job file lies.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LispingError } from '@lisping/core';
import { shown } from './shown.ts';
import type { BuildFailure, BuildResult, Plugin } from 'esbuild';

/** The file URLs of the running copy, by the names under which a job imports it. */
export type RunningCopy = Readonly<Record<'lisping' | 'lisping/job', string>>;

/** One module of JavaScript, and where its lines came from. */
export interface Bundle {
  /** Absolute path of the job file. */
  readonly file: string;
  /** JavaScript with an inline source map. */
  readonly code: string;
  /** The source map alone, as JSON; its `sources` are relative to the directory of the job file. */
  readonly sourceMap: string;
  /** SHA-256 over the contents of every source file in the bundle, whatever their paths. */
  readonly hash: string;
}

/**
 * Bundles the job file.
 *
 * Throws LISPING_E_JOB_COMPILE with file, line and column when it is no valid TypeScript.
 */
export async function bundleJob(file: string, running: RunningCopy): Promise<Bundle> {
  const result = await build(file, running);
  const [map, code] = result.outputFiles;
  if (map === undefined || code === undefined) throw new Error('esbuild gave no output');
  return { file, code: code.text, sourceMap: map.text, hash: hashOfSources(result) };
}

type Built = BuildResult<{ metafile: true; write: false }>;

async function build(file: string, running: RunningCopy): Promise<Built> {
  const esbuild = await import('esbuild');
  try {
    return await esbuild.build({
      entryPoints: [file],
      outfile: `${file}.bundle.mjs`,
      bundle: true,
      write: false,
      metafile: true,
      // 'both': inline for debuggers, and apart for naming the user's line in an error.
      sourcemap: 'both',
      sourcesContent: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      charset: 'utf8',
      logLevel: 'silent',
      // What a job means must not depend on a tsconfig.json that happens to lie above it.
      tsconfigRaw: '{}',
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
      plugins: [runningCopyPlugin(running)],
    });
  } catch (failure) {
    throw compileError(file, failure);
  }
}

function runningCopyPlugin(running: RunningCopy): Plugin {
  return {
    name: 'lisping-running-copy',
    setup(build) {
      build.onResolve({ filter: /^lisping(\/.*)?$/ }, ({ path }) =>
        path === 'lisping' || path === 'lisping/job'
          ? { path: running[path], external: true }
          : { errors: [{ text: `there is no ${path}: jobs import 'lisping' or 'lisping/job'` }] },
      );
    },
  };
}

/** esbuild's first message is the one worth reading; the others often follow from it. */
function compileError(file: string, failure: unknown): unknown {
  if (!isBuildFailure(failure)) return failure;
  const first = failure.errors[0];
  if (first === undefined) return failure;
  const { location } = first;
  const more = failure.errors.length - 1;
  const suffix = more === 0 ? '' : ` (and ${more} more)`;
  const where =
    location === null
      ? { file: shown(file), line: 1, column: 1 }
      : { file: shown(resolve(location.file)), line: location.line, column: location.column + 1 };
  return new LispingError('LISPING_E_JOB_COMPILE', `${first.text}${suffix}`, { where });
}

function isBuildFailure(failure: unknown): failure is BuildFailure {
  return failure instanceof Error && 'errors' in failure && Array.isArray(failure.errors);
}

/** Of contents only, sorted: a job that was moved is the same job. */
function hashOfSources(result: Built): string {
  const hashes = Object.keys(result.metafile.inputs).map((path) =>
    createHash('sha256').update(readFileSync(path)).digest('hex'),
  );
  hashes.sort((a, b) => (a < b ? -1 : 1));
  return createHash('sha256').update(hashes.join('\n')).digest('hex');
}
