// Brings a job to a cluster through the `hadoop` command of this machine, which knows the way where the
// web interfaces are closed. What it prints is read, and its exit code believed.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { LispingError } from '@lisping/core';
import { jobIdOf } from '../yarn/mapreduce-job.ts';
import { readCommandOutput } from './command-output.ts';
import type { HadoopCounter } from './job-counters.ts';
import type { Properties } from './job-xml.ts';
import type { StreamingJob } from './streaming-job.ts';

export interface CommandSubmission {
  readonly job: StreamingJob;
  /** Paths and patterns in HDFS, one to an entry. */
  readonly inputs: readonly string[];
  /** Bytes in all files that these mean. */
  readonly inputBytes: number;
  /** As many map tasks as there are when splits are cut as we cut them. */
  readonly maps: number;
  readonly onAccepted: (application: string) => void;
  /** Percent. */
  readonly onProgress: (map: number, reduce: number) => void;
}

export interface CommandJob {
  /** The job's counters once it has succeeded. Throws LISPING_E_HADOOP_JOB, LISPING_E_YARN. */
  readonly counters: Promise<HadoopCounter[]>;
  /** Kills the job, or the command as long as there is none. */
  kill(): Promise<void>;
}

/** The path of the `hadoop` command; null without one. */
export function findHadoopCommand(environment: NodeJS.ProcessEnv): string | null {
  const home = environment['HADOOP_HOME'];
  const directories = (environment['PATH'] ?? '').split(delimiter);
  if (home !== undefined && home !== '') directories.unshift(join(home, 'bin'));
  return directories.map((each) => join(each, 'hadoop')).find(isExecutable) ?? null;
}

/** Starts the job; `command` is the path of `hadoop`. */
export function submitThroughCommand(command: string, submission: CommandSubmission): CommandJob {
  const running = new RunningCommand(command, submission);
  return { counters: running.run(), kill: () => running.kill() };
}

class RunningCommand {
  readonly #command: string;
  readonly #submission: CommandSubmission;
  #child: ChildProcess | null = null;
  #application: string | null = null;
  #splits: number | null = null;
  #killed: Promise<void> | null = null;

  constructor(command: string, submission: CommandSubmission) {
    this.#command = command;
    this.#submission = submission;
  }

  async run(): Promise<HadoopCounter[]> {
    const { job } = this.#submission;
    const directory = await mkdtemp(join(tmpdir(), 'lisping-submit-'));
    try {
      const files = job.files.map(({ name, bytes }) => writeFile(join(directory, name), bytes));
      const [jar] = await Promise.all([streamingJar(this.#command), ...files]);
      return await this.#runToItsEnd(['jar', jar, ...argumentsOf(this.#submission, directory)]);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  kill(): Promise<void> {
    this.#killed ??= this.#application === null ? this.#end() : this.#killJob(this.#application);
    return this.#killed;
  }

  async #runToItsEnd(args: readonly string[]): Promise<HadoopCounter[]> {
    const { onAccepted, onProgress } = this.#submission;
    const output = readCommandOutput({
      onSplits: (count) => void (this.#splits = count),
      onAccepted: (application) => {
        this.#application = application;
        onAccepted(application);
        if (this.#wrongSplits() !== null) void this.kill();
      },
      onProgress,
    });
    const child = spawn(this.#command, args, {
      env: { ...process.env, HADOOP_ROOT_LOGGER: 'INFO,console' }, // the lines that we read
      detached: true, // Ctrl-C is for us: we kill the job, and the command sees it end
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const [exit] = await Promise.all([
      ended(child, this.#command),
      eachLine(child.stdout, (line) => output.line(line)),
      eachLine(child.stderr, (line) => output.line(line)),
    ]);
    await this.#killed;
    const wrong = this.#wrongSplits();
    if (wrong !== null) throw wrong;
    if (exit === 0) return output.counters();
    throw this.#failure(exit, output.complaint());
  }

  #wrongSplits(): LispingError | null {
    const { maps } = this.#submission;
    if (this.#splits === null || this.#splits === maps) return null;
    const said = `hadoop cut ${this.#splits} splits instead of ${maps}`;
    return new LispingError('LISPING_E_HADOOP_JOB', said, {
      hint: 'The input changed meanwhile, or this Hadoop cuts by other rules. Try --via http, or another --split-bytes.',
    });
  }

  #failure(exit: number | null, complaint: string | null): LispingError {
    const why = complaint ?? `exit code ${exit}`;
    // Before there is an application the cluster has refused it; afterwards the job has failed.
    return this.#application === null
      ? new LispingError('LISPING_E_YARN', `hadoop did not submit the job: ${why}`)
      : new LispingError('LISPING_E_HADOOP_JOB', `${this.#application}: ${why}`);
  }

  #end(): Promise<void> {
    this.#child?.kill();
    return Promise.resolve();
  }

  async #killJob(application: string): Promise<void> {
    const args = ['org.apache.hadoop.mapred.JobClient', '-kill', jobIdOf(application)];
    await promisify(execFile)(this.#command, args);
  }
}

function argumentsOf({ job, inputs, inputBytes }: CommandSubmission, directory: string): string[] {
  const properties: Properties = {
    'mapreduce.job.name': job.name,
    ...(job.queue === null ? {} : { 'mapreduce.job.queuename': job.queue }),
    // Just so many maps that the least size of a split decides, which is the one that we want.
    'mapreduce.job.maps': String(Math.max(1, Math.ceil(inputBytes / job.splitBytes))),
    'mapreduce.input.fileinputformat.split.minsize': String(job.splitBytes),
    ...job.properties,
  };
  const archives = job.archives.map(({ name, path }) => `${path}#${name}`);
  return [
    ...Object.entries(properties).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
    '-files',
    job.files.map(({ name }) => join(directory, name)).join(','),
    ...(archives.length === 0 ? [] : ['-archives', archives.join(',')]),
    ...inputs.flatMap((input) => ['-input', input]),
    '-output',
    job.output,
    '-mapper',
    job.mapper,
    '-reducer',
    job.reducer ?? 'NONE',
  ];
}

/** Distributions keep it in share/hadoop/tools/lib, which is not in the class path. */
async function streamingJar(command: string): Promise<string> {
  const given = process.env['HADOOP_STREAMING_JAR'];
  if (given !== undefined && given !== '') return given;
  const { stdout } = await promisify(execFile)(command, ['classpath']);
  const directories = stdout
    .trim()
    .split(':')
    .map((entry) => entry.replace(/\/\*?$/, ''));
  const tools = directories.flatMap((each) => {
    const share = /^(.*\/share\/hadoop)\//.exec(each)?.[1];
    return share === undefined ? [] : [join(share, 'tools', 'lib')];
  });
  for (const directory of new Set([...directories, ...tools])) {
    const name = namesIn(directory).find((each) => /^hadoop-streaming[-\d.\w]*\.jar$/.test(each));
    if (name !== undefined) return join(directory, name);
  }
  throw new LispingError('LISPING_E_CONFIG', 'the jar of Hadoop Streaming was not found', {
    hint: 'Give its path in HADOOP_STREAMING_JAR.',
  });
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort((a, b) => (a < b ? -1 : 1));
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function eachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream })) take(line);
}

function ended(child: ChildProcess, command: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', (cause) => {
      const said = `${command} cannot be started (${cause.message})`;
      reject(new LispingError('LISPING_E_YARN', said, { cause }));
    });
  });
}
