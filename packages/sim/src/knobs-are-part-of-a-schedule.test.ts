// What the swarm draws beside faults comes into play, is told, replays, and goes away when nothing needs it.
import { job, sum } from '@lisping/core';
import type { JobId, JournalEntry } from '@lisping/core';
import { expect, test } from 'vitest';
import { DEFAULT_TIMING } from '@lisping/core';
import type { Fault } from './fault.ts';
import { NO_KNOBS, timingUnder } from './knobs.ts';
import type { Knobs } from './knobs.ts';
import type { Observer } from './observe.ts';
import { reversed, uncombined } from './other-bytes.ts';
import { shrink } from './shrink/shrink.ts';
import { simulate } from './simulate.ts';
import type { SimulationOptions } from './simulate.ts';
import { swarmFaults } from './swarm.ts';
import { swarmKnobs } from './swarm-knobs.ts';
import { Workload } from './workload.ts';

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

const lines = Array.from({ length: 40 }, (_, i) => `the word ${i % 5} and ${i % 7} again`);
const common: SimulationOptions = {
  job: wordCount,
  jobName: 'word-count',
  inputs: [{ path: 'text', bytes: new Uint8Array(Buffer.from(lines.join('\n'))) }],
  replicas: 4,
  slots: 2,
  reduces: 3,
  splitBytes: 150,
  memo: true,
  failRate: 0,
  seed: 'knobs',
  schedules: 1,
  keepGoing: false,
  faults: [],
  parameters: {},
};

test('every knob is turned now and then, and mostly most of them are not', () => {
  const drawn = Array.from({ length: 300 }, (_, i) => swarmKnobs(`seed ${i}`, { makespan: 2e7 }));
  const names = new Set(drawn.flatMap((knobs) => Object.keys(knobs)));
  expect([...names].sort()).toEqual([
    'fetchesInFlight',
    'heartbeat',
    'jitter',
    'latency',
    'otherBytes',
    'page',
    'secondJob',
    'slots',
  ]);
  expect(drawn.filter((knobs) => Object.keys(knobs).length === 0).length).toBeGreaterThan(30);
  for (const knobs of drawn) {
    // A replica that misses one heartbeat keeps its lease, and is not taken for silent.
    const { heartbeat, lease, silence } = timingUnder(DEFAULT_TIMING, knobs);
    expect(2 * heartbeat).toBeLessThan(Math.min(lease, silence));
  }
  expect(swarmKnobs('again', { makespan: 2e7 })).toEqual(swarmKnobs('again', { makespan: 2e7 }));
});

test('a list, a seed and the knobs are all that a replay needs', () => {
  const hashes = new Set<string>();
  for (let i = 0; i < 12; i++) {
    const seed = `replay ${i}`;
    const { resolved } = simulate({ ...common, seed, faults: swarmFaults, knobs: swarmKnobs });
    const { faults, knobs, traceHash } = resolved;
    const again = simulate({ ...common, seed, faults: () => faults, knobs, makespan: 0 });
    expect(again.resolved.traceHash).toBe(traceHash);
    hashes.add(traceHash);
  }
  expect(hashes.size).toBe(12);
});

/** How each job ended, and the versions of canonical outputs that were journaled. */
function watched(knobs: Knobs, faults: readonly Fault[], seed = 'watched') {
  const ends: [job: JobId, status: string][] = [];
  const versions: number[] = [];
  const observer: Observer = {
    told: (_now, _node, told) => ends.push([told.job, told.status]),
    journalDurable: (_now, _node, _epoch, _first, entries: readonly JournalEntry[]) => {
      for (const entry of entries) if (entry.kind === 'map-won') versions.push(entry.version);
    },
  };
  const result = simulate({ ...common, seed, faults, knobs, observe: () => [observer] });
  return { ends, versions, result };
}

test('two jobs overlap, and a cancel hits the one it names', () => {
  const both = watched({ secondJob: 3_000_000 }, []);
  expect(both.result.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(both.ends.map(([, status]) => status)).toEqual(['succeeded', 'succeeded']);
  for (const place of [0, 1]) {
    const cancel: Fault = { at: 8_000_000, kind: 'cancel', target: 'client', job: place };
    const { ends, result } = watched({ secondJob: 3_000_000 }, [cancel]);
    expect(result.verdict).toBe('passed');
    const statuses = new Map(ends);
    const names = ['word-count', 'word-count-again'] as JobId[]; // as the simulator calls them
    expect(names.map((name) => statuses.get(name))).toEqual(
      place === 0 ? ['cancelled', 'succeeded'] : ['succeeded', 'cancelled'],
    );
  }
});

test('maps in other bytes give new versions, and the same answer', () => {
  const versions = new Set<number>();
  for (let i = 0; i < 20; i++) {
    const crash: Fault = {
      at: 9_000_000,
      kind: 'crash',
      target: `replica-${i % 4}`,
      disk: 'wiped',
      until: 11_000_000,
    };
    const run = watched({ otherBytes: true }, [crash], `other ${i}`);
    expect(run.result.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(run.result.verdict).toBe('passed');
    for (const version of run.versions) versions.add(version);
  }
  expect(Math.max(...versions)).toBeGreaterThan(1);
});

test('other bytes are other bytes of the same pairs', () => {
  const setting = { inputs: common.inputs, reduces: 3, splitBytes: 150, parameters: {} };
  const plain = job({
    name: 'plain',
    map(line: string, emit) {
      for (const word of line.split(' ')) emit(word, line);
    },
    reduce(word, all, emit) {
      for (const one of all) emit(word, one);
    },
  });
  for (const one of [wordCount, plain]) {
    const workload = new Workload({ ...setting, job: one, patience: 10_000 });
    const usual = workload.map(0, 0);
    const other = workload.map(0, 0, true);
    expect(other.checksums).not.toEqual(usual.checksums);
    expect(workload.map(0, 1, true).checksums).toEqual(other.checksums);
    const uncombinedAgain = new Workload({ ...setting, job: uncombined(one), patience: 10_000 });
    const back = other.segments.map(reversed);
    expect(back).toEqual(uncombinedAgain.map(0, 0).segments);
  }
});

test('what fails without a knob is told without it', () => {
  const hasty = job({
    name: 'hasty',
    map(line: string, emit) {
      emit('all', line);
    },
    reduce(word, all, emit) {
      for (const one of all) return emit(word, one);
    },
  });
  const options = {
    ...common,
    job: hasty,
    faults: swarmFaults,
    knobs: swarmKnobs,
    seed: 'hasty 1',
  };
  const { failing } = simulate(options);
  if (failing === undefined) throw new Error('it depends on the order of values');
  expect(shrink(options, { ...failing, knobs: { page: 2, slots: 1 } })?.knobs).toEqual(NO_KNOBS);
});
