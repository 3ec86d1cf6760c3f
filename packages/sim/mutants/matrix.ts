/**
 * Hunts mutants and prints which checker killed each, after how many schedules and seconds:
 *
 *   npm run -s mutants [-- NAME... | --rotate PART/PARTS] [--json] [--seconds N] [--seed TEXT]
 *   npm run -s mutants -- --report FILE...
 *
 * `--rotate today/PARTS` takes another part each day. With `--json` every mutant is a line; `--report`
 * makes docs/mutants.md of such lines.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { coreSeconds } from './hunt.ts';
import type { HuntOptions, Kill } from './hunt.ts';
import { root } from './build-mutant.ts';
import { loadMutant, mutantNames } from './corpus.ts';
import { median, reportOf } from './report.ts';
import type { Row } from './report.ts';

/** Beyond the patience of the search itself: what a schedule without end may take. */
const GRACE = 60_000;

/** Real milliseconds that a second of one core may take where others work too. */
const SLOW_MACHINE = 10_000;

async function huntOne(name: string, options: HuntOptions): Promise<Row> {
  const { rule, standsFor, row, survives } = await loadMutant(name);
  const started = coreSeconds();
  const kill = await inThread(name, options);
  const seconds = coreSeconds() - started - (kill?.shrunk?.seconds ?? 0);
  return {
    name,
    rule,
    ...(standsFor === undefined ? {} : { standsFor }),
    ...(row === undefined ? {} : { row }),
    ...(survives === undefined ? {} : { survives }),
    kill,
    seconds,
  };
}

function inThread(name: string, options: HuntOptions): Promise<Kill | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hunter.js', import.meta.url), {
      workerData: { name, options },
    });
    const timer = setTimeout(
      () => void worker.terminate(),
      (options.patience ?? 0) * SLOW_MACHINE + GRACE,
    );
    // The hunter sends one message, and what is in it is a kill or null.
    worker.once('message', (kill) => resolve(kill as Kill | null));
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve(null);
    });
  });
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rotate: { type: 'string' },
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: 'hunt' },
    report: { type: 'boolean', default: false },
  },
});

const DAY = 86_400_000;

function chosen(): string[] {
  const all = mutantNames();
  if (positionals.length > 0) return positionals;
  if (values.rotate === undefined) return all;
  const [which = '0', parts = '1'] = values.rotate.split('/');
  const part = which === 'today' ? Math.floor(Date.now() / DAY) : Number(which);
  return all.filter((_, i) => i % Number(parts) === part % Number(parts));
}

async function huntAll(): Promise<void> {
  const rows: Row[] = [];
  for (const name of chosen()) {
    const patience = Number(values.seconds);
    const options = { seed: values.seed, schedules: 1_000_000, patience, shrink: true };
    const row = await huntOne(name, options);
    rows.push(row);
    print(values.json ? JSON.stringify(row) : line(row));
  }
  const killed = rows.flatMap(({ kill }) => (kill === null ? [] : [kill]));
  const half = median(killed.map(({ schedules }) => schedules));
  process.stderr.write(`${killed.length} of ${rows.length} killed, median ${half} schedules\n`);
  // What is known to survive is written down with the reason; anything else is a failure.
  const missed = rows.filter(({ kill, survives }) => kill === null && survives === undefined);
  if (missed.length > 0) process.exitCode = 1;
}

function writeReport(files: readonly string[]): void {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  // This program wrote them, one row a line.
  const rows = lines.map((text) => JSON.parse(text) as Row);
  writeFileSync(join(root, 'docs/mutants.md'), reportOf(rows, mutantNames().length));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function line({ name, kill, seconds }: Row): string {
  const time = `${seconds.toFixed(1)} s`.padStart(7);
  if (kill === null) return `alive ${name.padEnd(34)} ${time}`;
  const count = String(kill.schedules).padStart(6);
  const { shrunk } = kill;
  const small = shrunk
    ? `${shrunk.faults.length}${shrunk.minimal ? '' : '?'} ${shrunk.seconds.toFixed(1)}s`
    : '-';
  return `${count} ${small} ${name.padEnd(34)} ${time} ${kill.checkers.join(', ')} (${kill.ground}): ${kill.detail.slice(0, 150)}`;
}

if (values.report) writeReport(positionals);
else await huntAll();
