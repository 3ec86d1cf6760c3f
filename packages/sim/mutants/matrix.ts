/**
 * Hunts mutants and prints which checker killed each, after how many schedules and seconds:
 *
 *   npm run -s mutants [-- NAME... | --rotate PART/PARTS] [--json] [--seconds N]
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { coreSeconds } from './hunt.ts';
import type { HuntOptions, Kill } from './hunt.ts';
import { loadMutant, mutantNames } from './corpus.ts';

export interface Row {
  readonly name: string;
  readonly rule: string;
  readonly standsFor?: string;
  readonly row?: number;
  readonly kill: Kill | null;
  readonly seconds: number;
}

/** Beyond the patience of the search itself: what a schedule without end may take. */
const GRACE = 60_000;

/** Real milliseconds that a second of one core may take where others work too. */
const SLOW_MACHINE = 10_000;

async function huntOne(name: string, options: HuntOptions): Promise<Row> {
  const { rule, standsFor, row } = await loadMutant(name);
  const started = coreSeconds();
  const kill = await inThread(name, options);
  const seconds = coreSeconds() - started - (kill?.shrunk?.seconds ?? 0);
  return {
    name,
    rule,
    ...(standsFor === undefined ? {} : { standsFor }),
    ...(row === undefined ? {} : { row }),
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

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rotate: { type: 'string' },
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: 'hunt' },
  },
});

function chosen(): string[] {
  const all = mutantNames();
  if (positionals.length > 0) return positionals;
  if (values.rotate === undefined) return all;
  const [part = 0, parts = 1] = values.rotate.split('/').map(Number);
  return all.filter((_, i) => i % parts === part % parts);
}

const rows: Row[] = [];
for (const name of chosen()) {
  const patience = Number(values.seconds);
  const row = await huntOne(name, {
    seed: values.seed,
    schedules: 1_000_000,
    patience,
    shrink: true,
  });
  rows.push(row);
  if (!values.json) print(line(row));
}
if (values.json) print(JSON.stringify(rows));
const alive = rows.filter(({ kill }) => kill === null);
const schedules = median(rows.flatMap(({ kill }) => (kill === null ? [] : [kill.schedules])));
process.stderr.write(
  `${rows.length - alive.length} of ${rows.length} killed, median ${schedules} schedules\n`,
);
if (alive.length > 0) process.exitCode = 1;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function line({ name, kill, seconds }: Row): string {
  const time = `${seconds.toFixed(1)} s`.padStart(7);
  if (kill === null) return `ALIVE ${name.padEnd(34)} ${time}`;
  const count = String(kill.schedules).padStart(6);
  const { shrunk } = kill;
  const small = shrunk
    ? `${shrunk.faults.length}${shrunk.minimal ? '' : '?'} ${shrunk.seconds.toFixed(1)}s`
    : '-';
  return `${count} ${small} ${name.padEnd(34)} ${time} ${kill.checkers.join(', ')} (${kill.ground}): ${kill.detail.slice(0, 150)}`;
}
