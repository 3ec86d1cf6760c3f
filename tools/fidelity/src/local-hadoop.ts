// Hadoop's LocalJobRunner: the map, sort and reduce code of a cluster in one JVM, one job after the other.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hadoopLibrary } from '../../hadoop/dist/index.js';

/** What Hadoop says of a job. */
interface HadoopAnswer {
  readonly code: number;
  readonly counters: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A JVM that waits for jobs. */
export interface LocalHadoop {
  /** The working directory of the children. */
  readonly directory: string;
  /** Runs a job given by the arguments of Hadoop Streaming; jobs run one at a time. */
  run(args: readonly string[]): Promise<HadoopAnswer>;
  /** The last of what was logged. */
  log(): string;
  stop(): Promise<void>;
}

const TOOL = fileURLToPath(new URL('..', import.meta.url));
const LOG_MAX = 20_000;

/** What makes small jobs quick. */
const QUICK: Readonly<Record<string, string>> = {
  'mapreduce.framework.name': 'local',
  'fs.defaultFS': 'file:///',
  'fs.file.impl.disable.cache': 'true', // else the block size of the first job is that of all
  'mapreduce.client.progressmonitor.pollinterval': '10',
  'mapreduce.task.io.sort.mb': '1',
};

/** Starts a JVM whose files all lie in `scratch`. */
export async function startLocalHadoop(scratch: string): Promise<LocalHadoop> {
  const classPath = `${TOOL}:${await hadoopLibrary()}/*`;
  const directory = join(scratch, 'work');
  mkdirSync(directory, { recursive: true });
  const flags = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const java = spawn('java', [...flags, '-cp', classPath, join(TOOL, 'Runner.java')], {
    cwd: directory,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  java.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-LOG_MAX);
  });
  const waiting: { resolve: (answer: HadoopAnswer) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: java.stdout }).on('line', (line) => {
    waiting.shift()?.resolve(JSON.parse(line) as HadoopAnswer); // what Runner.java prints
  });
  const ended = new Promise<void>((resolve) => java.once('close', () => resolve()));
  void ended.then(() => {
    for (const { reject } of waiting) reject(new Error(`the JVM ended:\n${log}`));
  });
  const properties = { ...QUICK, 'hadoop.tmp.dir': join(scratch, 'tmp') };
  return {
    directory,
    run: (args) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        java.stdin.write(`${JSON.stringify([...propertyFlags(properties), ...args])}\n`);
      }),
    log: () => log,
    async stop() {
      java.stdin.end();
      await ended;
    },
  };
}

/** Properties as the generic options of a Hadoop tool. */
export function propertyFlags(properties: Readonly<Record<string, string>>): string[] {
  return Object.entries(properties).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
}
