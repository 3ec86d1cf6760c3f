/**
 * Puts mutants through the exhaustive search of the small world, and prints which checker killed
 * each, with how many faults, after how many schedules:
 *
 *   npm run -s mutants:exhaustive [-- NAME...] [--json] [--max-faults N] [--seconds N]
 *   npm run -s mutants:exhaustive -- --report FILE... [--run FILE]
 *
 * Every mutant has a process of its own, which may use `--seconds` of one core for each variant. With `--json` every
 * mutant is a line; `--report` makes docs/exhaustive.md of such lines, and of what
 * `lisping sim --exhaustive --json` has printed, `--run`.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from './build-mutant.ts';
import { mutantNames } from './corpus.ts';
import type { ExhaustedTask } from './exhaustion.ts';
import { exhaustiveReport } from './exhaustive-report.ts';
import type { Exhausted, TrueRun } from './exhaustive-report.ts';

/** Real milliseconds that a second of one core may take where others work too. */
const SLOW_MACHINE = 20_000;
const GRACE = 120_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    'max-faults': { type: 'string', default: '2' },
    seconds: { type: 'string', default: '60' },
    report: { type: 'boolean', default: false },
    run: { type: 'string' },
  },
});

/** One fault is tried before two are. */
async function searched(name: string, depth: number, seconds: number): Promise<Exhausted> {
  const first = await inProcess({ name, depth: Math.min(depth, 1), seconds });
  if (first.kill !== null || depth < 2 || !first.isWhole) return first;
  return await inProcess({ name, depth, seconds });
}

function inProcess(task: ExhaustedTask): Promise<Exhausted> {
  const program = fileURLToPath(new URL('./exhaustion.js', import.meta.url));
  return new Promise((resolve) => {
    const timeout = task.seconds * SLOW_MACHINE + GRACE;
    const options = { timeout, killSignal: 'SIGKILL' } as const;
    execFile(process.execPath, [program, JSON.stringify(task)], options, (error, out, errors) => {
      // The program that is started prints one such line.
      if (error === null) return resolve(JSON.parse(out) as Exhausted);
      process.stderr.write(`${task.name}: ${error.message}\n${errors}\n`);
      const { name, depth, seconds } = task;
      resolve({ name, depth, kill: null, isWhole: false, schedules: 0, states: 0, seconds });
    });
  });
}

async function searchAll(names: string[]): Promise<void> {
  const rows: Exhausted[] = [];
  const next = async (): Promise<void> => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const row = await searched(name, Number(values['max-faults']), Number(values.seconds));
      rows.push(row);
      process.stdout.write(`${values.json ? JSON.stringify(row) : line(row)}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  const killed = rows.filter(({ kill }) => kill !== null);
  process.stderr.write(`${killed.length} of ${rows.length} killed\n`);
}

function line({ name, kill, isWhole, schedules, seconds }: Exhausted): string {
  const much = `${String(schedules).padStart(8)} ${`${seconds.toFixed(1)} s`.padStart(8)}`;
  if (kill === null) return `alive  ${name.padEnd(34)} ${much}${isWhole ? '' : ' (given up)'}`;
  const kinds = kill.faults.map(({ kind }) => kind).join(', ');
  return `${kill.faults.length} fault ${name.padEnd(34)} ${much} ${kill.checker} (${kill.variant}): ${kinds}`;
}

function writeReport(files: readonly string[]): void {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  // This program wrote them, one row a line; of two about one mutant the later counts.
  const rows = lines.map((text) => JSON.parse(text) as Exhausted);
  const last = new Map(rows.map((row) => [row.name, row]));
  const { run: file } = values;
  const run = file === undefined ? null : (JSON.parse(readFileSync(file, 'utf8')) as TrueRun);
  writeFileSync(join(root, 'docs/exhaustive.md'), exhaustiveReport([...last.values()], run));
}

if (values.report) writeReport(positionals);
else await searchAll(positionals.length > 0 ? positionals : mutantNames());
