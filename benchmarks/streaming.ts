// The child of Hadoop Streaming in a bare pipe: the map of a word count beside `cat`, a mapper written by hand
// in Node that looks at every byte once, and one in Python. All read the same lines; ours has their offsets
// before them, as Hadoop gives them, and its rate counts the lines only. Output goes to /dev/null.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { BUNDLE_NAME, bundleForHadoop, planStreaming, SETTINGS_NAME } from '@lisping/hadoop-bridge';
import { bytes, job, sum } from 'lisping/job';

const MEGABYTES = Number(process.argv[2] ?? 32);
const ROUNDS = Number(process.argv[3] ?? 3);

const BYTE_MAP = `map(line, emit: Emit<Uint8Array, number>) {
    let start = 0;
    for (let at = 0; at <= line.length; at++) {
      const byte = line[at];
      if (byte !== undefined && byte !== 0x20) continue;
      if (at > start) emit(line.subarray(start, at), 1);
      start = at + 1;
    }
  }`;
const BYTE_JOB = (combine: string): string => `import { bytes, job, sum, type Emit } from 'lisping';
export default job({ input: bytes(), key: bytes(), ${BYTE_MAP}, ${combine}
  reduce(word, counts, emit) { emit(word, sum(counts)); } });
`;
const TEXT_JOB = `import { job, sum } from 'lisping';
export default job({
  map(line, emit) { for (const word of line.split(' ')) if (word) emit(word, 1); }, combine: sum,
  reduce(word, counts, emit) { emit(word, sum(counts)); } });
`;
const BY_HAND = `import { readSync, writeSync } from 'node:fs';
const input = new Uint8Array(1 << 18), out = new Uint8Array(1 << 20), SAFE = (1 << 20) - (1 << 19);
let used = 0, carried = new Uint8Array(0);
for (let got = readSync(0, input); got > 0; got = readSync(0, input)) {
  const bytes = new Uint8Array(carried.length + got);
  bytes.set(carried);
  bytes.set(input.subarray(0, got), carried.length);
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x20 && bytes[at] !== 0x0a) continue;
    if (at > start) {
      for (let i = start; i < at; i++) out[used++] = bytes[i];
      out[used++] = 0x09; out[used++] = 0x31; out[used++] = 0x0a;
      if (used > SAFE) { writeSync(1, out, 0, used); used = 0; }
    }
    start = at + 1;
  }
  carried = bytes.slice(start);
}
writeSync(1, out, 0, used);
`;
const PYTHON = `import sys
for line in sys.stdin:
    for word in line.split():
        sys.stdout.write(word + '\\t1\\n')
`;

const scratch = mkdtempSync(join(tmpdir(), 'lisping-bench-'));
const jobApi = pathToFileURL(createRequire(import.meta.url).resolve('lisping/job')).href;

/** Lines of words of a vocabulary of 20,000, the first ones often; the same in every run. */
function writeLines(): void {
  let state = 12_345;
  const draw = (n: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
    return Math.floor((n * (state >>> 8)) / 0x100_0000);
  };
  const letters = (n: number): string =>
    Array.from({ length: n }, () => String.fromCharCode(0x61 + draw(26))).join('');
  const words = Array.from({ length: 20_000 }, () => letters(2 + draw(1 + draw(12))));
  const [plain, numbered]: [string[], string[]] = [[], []];
  for (let offset = 0; offset < MEGABYTES * 1e6;) {
    const count = 5 + draw(10);
    const line = Array.from({ length: count }, () => words[draw(1 + draw(20_000))]).join(' ');
    plain.push(`${line}\n`);
    numbered.push(`${offset}\t${line}\n`);
    offset += line.length + 1;
  }
  writeFileSync(join(scratch, 'plain'), plain.join(''));
  writeFileSync(join(scratch, 'numbered'), numbered.join(''));
}

/** The command that runs a job file as a mapper. */
async function child(name: string, source: string): Promise<string> {
  const directory = join(scratch, name);
  mkdirSync(directory);
  const file = join(directory, 'job.ts');
  writeFileSync(file, source);
  const { code } = await bundleForHadoop({ file, jobApi });
  const shape = job({ input: bytes(), key: bytes(), map() {}, combine: sum, reduce() {} });
  writeFileSync(join(directory, BUNDLE_NAME), code);
  writeFileSync(join(directory, SETTINGS_NAME), planStreaming({ job: shape, reduces: 4 }).settings);
  return `cd ${directory} && ${process.execPath} ${BUNDLE_NAME} map 2>/dev/null`;
}

/** Megabytes of lines in a second, processes and their start included. */
function rateOf(command: string, input: 'plain' | 'numbered'): number {
  const begin = performance.now();
  const pipe = `cat ${join(scratch, input)} | (${command}) >/dev/null`;
  const { status } = spawnSync('sh', ['-c', pipe], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return (MEGABYTES * 1000) / (performance.now() - begin);
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? 0;
}

try {
  writeLines();
  writeFileSync(join(scratch, 'hand.mjs'), BY_HAND);
  writeFileSync(join(scratch, 'map.py'), PYTHON);
  const entries: [name: string, command: string, input: 'plain' | 'numbered'][] = [
    ['cat', 'cat', 'plain'],
    ['byte loop by hand, Node', `${process.execPath} ${scratch}/hand.mjs`, 'plain'],
    ['child, byte API', await child('bytes', BYTE_JOB('')), 'numbered'],
    ['child, byte API, fold', await child('fold', BYTE_JOB('combine: sum,')), 'numbered'],
    ['child, string API, fold', await child('text', TEXT_JOB), 'numbered'],
    ['Python', `python3 ${scratch}/map.py`, 'plain'],
  ];
  const rates = entries.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    entries.forEach(([, command, input], i) => rates[i]!.push(rateOf(command, input)));
  }
  const byHand = median(rates[1]!);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`streaming mapper, word count, ${MEGABYTES} MB, median of ${ROUNDS} rounds`);
  say(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
  entries.forEach(([name], i) => {
    const rate = median(rates[i]!);
    say(
      `${name.padEnd(26)} ${rate.toFixed(1).padStart(8)} MB/s  ${(rate / byHand).toFixed(2)} × by hand`,
    );
  });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
