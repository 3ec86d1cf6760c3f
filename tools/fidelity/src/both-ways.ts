// One job over one input, by `lisping run` and by Hadoop Streaming: parts and counters of both.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyJob } from '@lisping/core';
import {
  BUNDLE_NAME,
  bundleForHadoop,
  jobCounter,
  planStreaming,
  SETTINGS_NAME,
} from '@lisping/hadoop-bridge';
import { loadJob, run } from '@lisping/runtime';
import { propertyFlags, type LocalHadoop } from './local-hadoop.ts';

/** What is run on both sides. */
export interface Case {
  /** The name of a file in `jobs`, without its ending. */
  readonly job: string;
  /** Contents by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly splitBytes: number;
  /** Of no meaning for a job without `reduce`. */
  readonly reduces: number;
  /** How much a mapper may hold for its combiner. */
  readonly combineBytes?: number;
}

/** What one side gave. */
export interface Outcome {
  /** SHA-256 of every file of the output, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly counters: Readonly<Record<string, number>>;
  /** The parts themselves, to be looked at. */
  readonly parts: Readonly<Record<string, Buffer>>;
}

/** What both sides gave. */
export interface Both {
  readonly ours: Outcome;
  readonly hadoop: Outcome;
}

interface ReadyJob {
  readonly job: AnyJob;
  readonly bundle: Uint8Array;
}

const JOBS = fileURLToPath(new URL('../jobs/', import.meta.url));
const RUNNING = {
  lisping: resolved('lisping'),
  'lisping/job': resolved('lisping/job'),
};
const PARAMETERS = { greeting: 'grüß "dich"' };

/** Runs cases; jobs are loaded and bundled once. */
export class BothWays {
  readonly #hadoop: LocalHadoop;
  readonly #scratch: string;
  readonly #jobs = new Map<string, Promise<ReadyJob>>();

  constructor(hadoop: LocalHadoop, scratch: string) {
    this.#hadoop = hadoop;
    this.#scratch = scratch;
  }

  async run(given: Case): Promise<Both> {
    const directory = join(this.#scratch, 'case');
    rmSync(directory, { recursive: true, force: true });
    const input = join(directory, 'input');
    mkdirSync(input, { recursive: true });
    for (const [name, bytes] of Object.entries(given.files))
      writeFileSync(join(input, name), bytes);
    const ready = await this.#ready(given.job);
    const ours = await runHere(ready.job, given, input, join(directory, 'ours'));
    const hadoop = await this.#runThere(ready, given, input, join(directory, 'hadoop'));
    return { ours, hadoop };
  }

  #ready(name: string): Promise<ReadyJob> {
    const known = this.#jobs.get(name) ?? prepare(join(JOBS, `${name}.ts`));
    this.#jobs.set(name, known);
    return known;
  }

  async #runThere(
    { job, bundle }: ReadyJob,
    given: Case,
    input: string,
    output: string,
  ): Promise<Outcome> {
    const reduces = job.reduce === null ? 0 : given.reduces;
    const { combineBytes } = given;
    const plan = planStreaming({
      job,
      reduces,
      parameters: PARAMETERS,
      ...(combineBytes === undefined ? {} : { combineBytes }),
    });
    writeFileSync(join(this.#hadoop.directory, BUNDLE_NAME), bundle);
    writeFileSync(join(this.#hadoop.directory, SETTINGS_NAME), plan.settings);
    const answer = await this.#hadoop.run([
      ...propertyFlags({ ...plan.properties, 'fs.local.block.size': String(given.splitBytes) }),
      ...inputsFor(plan.input === 'source', input).flatMap((path) => ['-input', path]),
      '-output',
      output,
      '-mapper',
      plan.mapper,
      '-reducer',
      plan.reducer ?? 'NONE',
    ]);
    if (answer.code !== 0)
      throw new Error(`Hadoop ended with ${answer.code}:\n${this.#hadoop.log()}`);
    const counters: Record<string, number> = {};
    for (const [group, names] of Object.entries(answer.counters)) {
      for (const [name, n] of Object.entries(names)) {
        const counter = jobCounter(group, name);
        if (counter !== undefined) counters[counter] = n;
      }
    }
    return { ...partsIn(output), counters };
  }
}

/**
 * Files one by one: a local file system lists a directory in any order, HDFS in that of the names. A job with
 * a source reads one file with nothing in it.
 */
function inputsFor(isSource: boolean, input: string): string[] {
  if (!isSource) return filesIn(input);
  const empty = join(dirname(input), 'nothing');
  writeFileSync(empty, '');
  return [empty];
}

function filesIn(directory: string): string[] {
  const names = readdirSync(directory).map((name) => Buffer.from(name));
  return names.sort((a, b) => Buffer.compare(a, b)).map((name) => join(directory, name.toString()));
}

async function runHere(job: AnyJob, given: Case, input: string, output: string): Promise<Outcome> {
  const { counters } = await run(job, {
    input: job.source === null ? filesIn(input) : [],
    output,
    splitBytes: given.splitBytes,
    parameters: PARAMETERS,
    ...(job.reduce === null ? {} : { reduces: given.reduces }),
  });
  return { ...partsIn(output), counters };
}

async function prepare(file: string): Promise<ReadyJob> {
  const { jobs } = await loadJob(file, RUNNING);
  const { code } = await bundleForHadoop({ file, jobApi: RUNNING['lisping/job'] });
  return { job: jobs[0]!, bundle: code };
}

function resolved(name: string): string {
  return pathToFileURL(createRequire(import.meta.url).resolve(name)).href;
}

function partsIn(output: string): Pick<Outcome, 'files' | 'parts'> {
  const names = readdirSync(output).filter((name) => !name.startsWith('.')); // Hadoop's checksums
  const parts = Object.fromEntries(
    names.sort(byCode).map((name) => [name, readFileSync(join(output, name))]),
  );
  const files = Object.fromEntries(
    Object.entries(parts).map(([name, bytes]) => [
      name,
      createHash('sha256').update(bytes).digest('hex'),
    ]),
  );
  return { files, parts };
}

const byCode = (a: string, b: string): number => (a < b ? -1 : 1);
