/**
 * The small world in which every placement of faults is tried: a primary (and, as a fault, its
 * successor), two replicas, two maps and a reduce.
 *
 * Nothing in it is drawn: latencies and steps are exact, so that things happen at one instant which
 * nearly do elsewhere, and both orders can be tried. Steps are short against leases and leases
 * against the run, so that a run has few events and none of them is idle.
 */
import { DEFAULT_TIMING, job, sum } from '@lisping/core';
import type { AnyJob, Microseconds, Timing } from '@lisping/core';
import type { WorldSetting } from '../setting.ts';
import type { InputBytes } from '../workload.ts';

export const SMALL_REPLICAS = 2;

/** A draw below this is always 0: the small world has no jitter. */
const EXACT = 1;

const SMALL_TIMING: Timing = {
  ...DEFAULT_TIMING,
  heartbeat: 100_000,
  lease: 250_000,
  silence: 220_000,
  detection: 320_000,
  fetchRetry: 30_000,
  fetchRetryMax: 120_000,
  storeRetry: 60_000,
  storeDelayMax: 700_000,
  speculationDelay: 200_000,
  tick: 100_000,
  clientRetry: 150_000,
};

export const SMALL_SETTING: WorldSetting = {
  network: { latency: 1_000, jitter: EXACT, bytesPerMicrosecond: 100 },
  map: { base: 50_000, jitter: EXACT, bytesPerMicrosecond: 1_000 },
  reduce: { base: 50_000, jitter: EXACT, bytesPerMicrosecond: 1_000 },
  attemptJitter: EXACT,
  syncWindow: 5_000,
  journal: { base: 2_000, jitter: EXACT, bytesPerMicrosecond: 1_000_000 },
  store: { base: 3_000, jitter: EXACT, bytesPerMicrosecond: 100 },
  journalPatience: 30_000,
  plan: 2_000,
  diskRead: 1_000,
  taskPatience: 300_000,
  fetchPatience: 40_000,
  storePatience: 50_000,
  supervisor: 40_000,
  primaryFirst: 10_000,
  arrival: EXACT,
};

/** How long faults last, each chosen to end on the other side of something the protocol waits for. */
export const LASTS: Readonly<Record<'moment' | 'short' | 'lease' | 'lost' | 'slow', Microseconds>> =
  {
    /** A process is restarted at once. */
    moment: 15_000,
    /** Longer than a fetch or the store is waited for, shorter than a heartbeat. */
    short: 70_000,
    /** Longer than the lease and than two ticks of the primary, and not yet taken for lost. */
    lease: 280_000,
    /** Taken for lost. */
    lost: 460_000,
    /** Until a step that takes ten times as long is done. */
    slow: 800_000,
  };

/** What runs in the small world. */
export interface Variant {
  readonly name: string;
  readonly title: string;
  readonly job: AnyJob;
  readonly reduces: number;
  readonly slots: number;
  readonly timing: Timing;
  /** How many faults are tried in it at most: what differs from the others shows with few. */
  readonly most: number;
}

/** Every word lies in both splits, so that the reduce merges. */
const wordCount = job({
  name: 'word-count',
  map(line: string, emit) {
    for (const word of line.split(' ')) emit(word, 1);
  },
  combine: sum,
  reduce(word, counts, emit) {
    emit(word, sum(counts));
  },
});

/** Gives other bytes in every attempt, though the same output: mixtures of versions show. */
const moodyCount = job({
  name: 'moody-count',
  map(line: string, emit, { attempt }) {
    for (const word of line.split(' ')) emit(word, `attempt ${attempt}`);
  },
  reduce(word, attempts, emit) {
    let count = 0;
    for (const _ of attempts) count++;
    emit(word, count);
  },
});

/** Fails at the second line, whenever and wherever it is run. */
const failingCount = job({
  name: 'failing-count',
  map(line: string, emit) {
    if (line === SECOND) throw new Error('this line is not for us');
    emit(line, 1);
  },
  combine: sum,
  reduce(line, counts, emit) {
    emit(line, sum(counts));
  },
});

const [FIRST, SECOND] = ['the word and the other', 'the other and the word'] as const;

const common = { reduces: 1, slots: 2, timing: SMALL_TIMING, most: 2 } as const;

export const VARIANTS: readonly Variant[] = [
  { name: 'steady', title: 'a word count', ...common, job: wordCount },
  {
    name: 'moody',
    title: 'a map that gives other bytes in every attempt, one slot, lists one entry a page',
    ...common,
    job: moodyCount,
    slots: 1,
    timing: { ...SMALL_TIMING, page: 1 },
  },
  {
    name: 'map-only',
    title: 'maps without a reduce, one fault at most',
    ...common,
    job: wordCount,
    reduces: 0,
    most: 1,
  },
  {
    name: 'failing',
    title: 'a map whose second failure fails the job, one fault at most',
    ...common,
    job: failingCount,
    timing: { ...SMALL_TIMING, attemptsPerTask: 2 },
    most: 1,
  },
];

/** Two lines, one for each map. */
export function smallInputs(): readonly InputBytes[] {
  return [{ path: 'text', bytes: new Uint8Array(Buffer.from(`${FIRST}\n${SECOND}\n`)) }];
}

export const SMALL_SPLIT_BYTES: number = FIRST.length + 1;
