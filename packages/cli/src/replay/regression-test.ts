// `--as-test FILE`: a schedule as a test of vitest. It holds job, input and faults, and asserts what
// must hold, never a hash: it goes on to say something when the protocol or the job has changed.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { LispingError } from '@lisping/core';
import type { Check, Fault, InputBytes, Knobs } from '@lisping/sim';
import { namingFile } from '../threads/whole-file.ts';

/** What a test has to hold. */
export interface RegressionTest {
  /** Where the job lies; null: the reference workload. */
  readonly job: string | null;
  /** Which job of a pipeline; null: the file holds only one. */
  readonly pass: number | null;
  readonly inputs: readonly InputBytes[];
  readonly options: Readonly<{
    replicas: number;
    slots: number;
    reduces: number;
    splitBytes: number;
    parameters: Readonly<Record<string, string>>;
    memo: boolean;
  }>;
  readonly knobs: Knobs;
  readonly seed: string;
  readonly faults: readonly Fault[];
  readonly checks: readonly Check[];
  readonly error: string | null;
}

/** Throws LISPING_E_FILE for a file that is there. */
export function refuseToOverwrite(file: string): void {
  if (!existsSync(file)) return;
  throw new LispingError('LISPING_E_FILE', `--as-test writes over nothing, and ${file} is there`, {
    hint: 'Choose another file, or remove this one.',
  });
}

/** Writes the file whole, or leaves none: throws LISPING_E_FILE and LISPING_E_DISK_FULL. */
export function writeRegressionTest(file: string, test: RegressionTest): void {
  const source = sourceOf(file, test);
  namingFile(`the test ${file}`, () => {
    mkdirSync(dirname(file), { recursive: true });
    const fd = openSync(file, 'wx');
    try {
      writeFileSync(fd, source);
    } catch (error) {
      // Half a test would be in the way of the next try.
      rmSync(file, { force: true });
      throw error;
    } finally {
      closeSync(fd);
    }
  });
}

function sourceOf(file: string, test: RegressionTest): string {
  const { seed, faults, knobs, options } = test;
  const { replicas, slots, reduces, splitBytes, parameters, memo } = options;
  const inputs = test.inputs.map((input) => inputSource(file, input));
  const readsFiles = inputs.some((input) => input.includes('readFileSync'));
  return `// Written by lisping replay --as-test: a schedule that once failed, and must not fail again.
${readsFiles ? "import { readFileSync } from 'node:fs';\n" : ''}import { expect, test } from 'vitest';
${importsOf(file, test)}

test(${quoted(titleOf(test))}, () => {
  const { verdict, checks, error, failing } = simulate({
    job,
    jobName: job.name,
    inputs: ${listOf(inputs)},
    replicas: ${replicas},
    slots: ${slots},
    reduces: ${reduces},
    splitBytes: ${splitBytes},
    parameters: ${JSON.stringify(parameters)},
    memo: ${memo},
    failRate: 0,
    seed: ${quoted(seed)},
    schedules: 1,
    keepGoing: false,
    faults: ${listOf(faults.map(literal))},
${Object.keys(knobs).length === 0 ? '' : `    knobs: ${literal(knobs)},\n`}  });
  const story = failing?.story.map(({ at, node, text }) => \`\${at / 1e6}s \${node}: \${text}\`);
  expect(error).toBeUndefined();
  expect(checks.filter((check) => !check.ok), story?.join('\\n')).toEqual([]);
  expect(verdict).toBe('passed');
});
`;
}

function titleOf({ checks, error }: RegressionTest): string {
  const broken = checks.find((check) => !check.ok);
  if (broken !== undefined) return broken.title;
  return error === null ? 'the job succeeds in spite of these faults' : `no ${error}`;
}

function importsOf(file: string, { job, pass }: RegressionTest): string {
  if (job === null) {
    return `import { referenceWorkload, simulate } from 'lisping';

const { job } = referenceWorkload();`;
  }
  const from = quoted(relativeTo(file, jobFileOf(job)));
  if (pass === null) return `import { simulate } from 'lisping';\nimport job from ${from};`;
  return `import { simulate } from 'lisping';
import pipeline from ${from};

const [job] = pipeline.jobs.slice(${pass});`;
}

/** A directory stands for the job file in it. */
function jobFileOf(job: string): string {
  return existsSync(job) && statSync(job).isDirectory() ? join(job, 'job.ts') : job;
}

function relativeTo(file: string, target: string): string {
  const path = relative(dirname(resolve(file)), resolve(target)).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** Longer inputs stay where they are. */
const INLINE_BYTES_MAX = 65_536;

function inputSource(file: string, { path, bytes }: InputBytes): string {
  const isThere = existsSync(path) && readFileSync(path).equals(bytes);
  if (bytes.length > INLINE_BYTES_MAX && isThere) {
    const from = `new URL(${quoted(relativeTo(file, path))}, import.meta.url)`;
    return `{ path: ${quoted(path)}, bytes: readFileSync(${from}) }`;
  }
  return `{ path: ${quoted(path)}, bytes: ${bytesSource(bytes)} }`;
}

function bytesSource(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) {
    return `Buffer.from(${quoted(Buffer.from(bytes).toString('base64'))}, 'base64')`;
  }
  const lines = text.split('\n');
  if (lines.length <= 2) return `Buffer.from(${quoted(text)})`;
  const shown = lines.map((line) => `        ${quoted(line)},\n`).join('');
  return `Buffer.from([\n${shown}      ].join('\\n'))`;
}

function listOf(items: readonly string[]): string {
  if (items.length === 0) return '[]';
  return `[\n${items.map((item) => `      ${item},\n`).join('')}    ]`;
}

/** A record as people write one. */
function literal(record: object): string {
  const fields = Object.entries(record).map(([name, value]) => {
    return `${name}: ${typeof value === 'string' ? quoted(value) : JSON.stringify(value)}`;
  });
  return `{ ${fields.join(', ')} }`;
}

function quoted(text: string): string {
  const json = JSON.stringify(text);
  return json.includes("'") || json.includes('\\"') ? json : `'${json.slice(1, -1)}'`;
}
