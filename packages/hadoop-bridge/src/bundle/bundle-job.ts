// The job and all of Lisping that it needs on a cluster, made one file by esbuild. The same sources give the
// same bytes, on any machine and in any directory, so that the file can be cached under its hash.
import { createHash } from 'node:crypto';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LispingError } from '@lisping/core';
import type { BuildFailure, BuildResult, Plugin } from 'esbuild';
import { LIBRARIES, OWN_SOURCES } from '../streaming/places.ts';

export interface BundleOptions {
  /** Absolute path of the job file. */
  readonly file: string;
  /** The file URL of `lisping/job`: what a job's `import ... from 'lisping'` becomes. */
  readonly jobApi: string;
}

/** One module of JavaScript that is mapper and reducer of a job. */
export interface StreamingBundle {
  /** JavaScript; its last line is the source map. Sources of the user's are named relative to the job file. */
  readonly code: Uint8Array;
  /** SHA-256 of `code`, in hex. */
  readonly hash: string;
}

/**
 * Bundles a job file for Hadoop.
 *
 * Throws LISPING_E_JOB_COMPILE with file, line and column.
 *
 * @example
 * const { code, hash } = await bundleForHadoop({ file: '/home/me/job.ts', jobApi });
 */
export async function bundleForHadoop(options: BundleOptions): Promise<StreamingBundle> {
  const result = await build(options);
  const [map, script] = result.outputFiles;
  if (map === undefined || script === undefined) throw new Error('esbuild gave no output');
  const directory = dirname(options.file);
  const inline = Buffer.from(portableMap(map.text, directory)).toString('base64');
  const code = Buffer.from(
    `${script.text}//# sourceMappingURL=data:application/json;base64,${inline}\n`,
  );
  return { code, hash: createHash('sha256').update(code).digest('hex') };
}

type Built = BuildResult<{ write: false }>;

// Beside this module lie the sources, or what was compiled of them.
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const own = (name: string): string =>
  fileURLToPath(new URL(`../streaming/${name}.${EXTENSION}`, import.meta.url));
/** Where the packages of Lisping lie. */
const OWN_ROOT = fileURLToPath(new URL('../../../', import.meta.url));

async function build({ file, jobApi }: BundleOptions): Promise<Built> {
  const esbuild = await import('esbuild');
  const directory = dirname(file);
  const entry = [
    `import ${JSON.stringify(own('entry'))};`,
    `import * as exported from ${JSON.stringify(`./${basename(file)}`)};`,
    `import { runChild } from ${JSON.stringify(own('child'))};`,
    'await runChild(exported.default);',
  ];
  try {
    return await esbuild.build({
      stdin: { contents: entry.join('\n'), resolveDir: directory, sourcefile: 'lisping:entry' },
      absWorkingDir: directory,
      outfile: `${directory}/lisping-job.mjs`,
      bundle: true,
      write: false,
      sourcemap: 'external',
      sourcesContent: false,
      minifyWhitespace: true, // and with it the comments that name paths
      legalComments: 'none',
      format: 'esm',
      platform: 'node',
      target: 'node20',
      charset: 'utf8',
      logLevel: 'silent',
      // What a job means must not depend on a tsconfig.json that happens to lie above it.
      tsconfigRaw: '{}',
      plugins: [jobApiPlugin(jobApi)],
    });
  } catch (failure) {
    throw compileError(directory, failure);
  }
}

function jobApiPlugin(jobApi: string): Plugin {
  return {
    name: 'lisping-job-api',
    setup(build) {
      build.onResolve({ filter: /^lisping(\/.*)?$/ }, ({ path }) =>
        path === 'lisping' || path === 'lisping/job'
          ? { path: fileURLToPath(jobApi) }
          : { errors: [{ text: `there is no ${path}: jobs import 'lisping' or 'lisping/job'` }] },
      );
    },
  };
}

/** The map without anything of this machine in its names. */
function portableMap(text: string, directory: string): string {
  const map = JSON.parse(text) as { sources: string[] }; // a source map of esbuild's making
  const sources = map.sources.map((source) =>
    nameOf(resolve(directory, decoded(source)), directory),
  );
  return JSON.stringify({ ...map, sources });
}

/** What the user wrote is named as seen from the job file, all else so that it can be told from that. */
function nameOf(path: string, directory: string): string {
  const slashes = (parts: string): string => parts.split(sep).join('/');
  const library = path.lastIndexOf(`${sep}${LIBRARIES}`);
  if (library >= 0) return slashes(path.slice(library + 1));
  const isOwn = path.startsWith(OWN_ROOT) && !path.startsWith(directory + sep);
  return isOwn
    ? OWN_SOURCES + slashes(path.slice(OWN_ROOT.length))
    : slashes(relative(directory, path));
}

/** esbuild escapes names as URLs do; one that was not, such as a bare %, is taken as it comes. */
function decoded(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    return source;
  }
}

/** esbuild's first message is the one worth reading; the others often follow from it. */
function compileError(directory: string, failure: unknown): unknown {
  const first = isBuildFailure(failure) ? failure.errors[0] : undefined;
  if (first === undefined) return failure;
  const { location, text } = first;
  const where =
    location === null
      ? undefined
      : {
          file: resolve(directory, location.file),
          line: location.line,
          column: location.column + 1,
        };
  return new LispingError('LISPING_E_JOB_COMPILE', text, { where });
}

function isBuildFailure(failure: unknown): failure is BuildFailure {
  return failure instanceof Error && 'errors' in failure && Array.isArray(failure.errors);
}
