// What the page decodes is what the simulator told, and what it says of a node is what the trace says.
import { endWords, faultWords, parseFaults, type TraceEvent } from '@lisping/sim';
import { describe, expect, test } from 'vitest';
import { tracedRun } from '../../test-support/traced.ts';
import { decodeRun, nodeName, shapeOf, textOf } from '../page/model.ts';
import { NodeStates } from '../page/node-state.ts';
import { search } from '../page/search.ts';
import { spansOf } from '../page/spans.ts';
import { firstRun, firstView } from '../page/view.ts';
import { recordText } from '../page/words.ts';
import { taskBars } from '../seeing/bars.ts';
import { encodeRun } from './encode-run.ts';

const second = 1_000_000;
const faults = parseFaults(
  [
    { at: 4 * second, kind: 'crash', target: 'replica-1', disk: 'wiped', until: 12 * second },
    { at: 5 * second, kind: 'crash', target: 'replica-2', disk: 'kept', until: 14 * second },
    { at: 3 * second, kind: 'cut', target: 'replica-3<->primary', until: 11 * second },
    { at: 6 * second, kind: 'pause', target: 'replica-4', until: 9 * second },
    { at: 15 * second, kind: 'crash', target: 'primary', disk: 'kept', until: 18 * second },
  ],
  6,
);
const { events, result } = tracedRun({ replicas: 6, faults });
const encoded = encodeRun({
  role: 'original',
  title: 'a run',
  command: null,
  slots: 2,
  events,
  checks: result.checks,
  story: result.resolved.story,
});
const run = decodeRun(JSON.parse(JSON.stringify(encoded)));
const last = run.count - 1;
const nodeOf = (name: string): number => run.nodes.indexOf(name);

test('every event is there: its time, its node, its kind and its other end', () => {
  expect(run.count).toBe(events.length);
  const decoded = events.map((_, i) => [run.at[i], nodeName(run, run.node[i]), shapeOf(run, i)[0]]);
  expect(decoded).toEqual(events.map(({ at, node, event }) => [at, node, event]));
  events.forEach((event, i) => {
    if (event.event !== 'sent') return;
    expect(nodeName(run, run.peer[i])).toBe(event.to);
    expect(textOf(run, run.about[i])).toBe(event.about);
    const end = events[run.link[i] ?? -1];
    if (end?.event === 'delivered') expect([end.node, end.from]).toEqual([event.to, event.node]);
  });
});

test('every bar is there', () => {
  const bars = taskBars(events);
  const { count, node, attempt, start, end } = run.bars;
  const decoded = Array.from({ length: count }, (_, i) => [
    nodeName(run, node[i]),
    textOf(run, attempt[i]),
    start[i],
    end[i],
  ]);
  expect(decoded).toEqual(bars.map((bar) => [bar.node, bar.attempt, bar.start, bar.end]));
});

test('faults are told in the words of the story', () => {
  const told = run.faults.map(({ text }) => text).sort();
  expect(told).toEqual(faults.map(faultWords).sort());
  expect(told).toContain('replica-1: crashes, and its disk is lost');
  expect(told).toContain('✂ replica-3 ⇹ primary');
  events.forEach((event, i) => {
    if (event.event === 'fault') expect(recordText(run, i)).toBe(faultWords(event.fault));
    if (event.event === 'repaired') expect(recordText(run, i)).toBe(endWords(event.fault));
  });
});

test('where several jobs run, every bar and every record names its job', () => {
  const two = tracedRun({ replicas: 6, knobs: { secondJob: 2 * second } });
  const bars = taskBars(two.events);
  const { map, reduce } = two.result.tasks;
  for (const job of ['word-count', 'word-count-again']) {
    const won = bars.filter(
      ({ ending, attempt }) => ending === 'won' && attempt.endsWith(` of ${job}`),
    );
    expect(won).toHaveLength(map.total + reduce.total);
  }
  const both = decodeRun(encodeRun({ ...encoded, ...two, checks: [], story: [] }));
  const found = search(both, 'map-7 word-count-again').matches ?? [];
  expect(recordText(both, found[0] ?? 0)).toMatch(/assign map-7\/1\.0 of word-count-again/);
  const primary = new NodeStates(both, 3 * second).after(both.nodes.indexOf('primary'), both.count);
  expect(primary.mapsWon.size).toBe(2 * map.total);
});

describe('a report opens', () => {
  const minimal = { ...run, role: 'minimal' } as const;

  test.each([
    ['on its only run', [run], 'failed', 0],
    ['on the pass that failed, which is the last that was run', [run, run], 'failed', 1],
    ['on the first pass when all passed', [run, run], 'passed', 0],
    ['on the smallest schedule where there is one', [run, run, minimal], 'no-convergence', 2],
  ] as const)('%s', (_, runs, verdict, place) => {
    expect(firstRun(runs, verdict)).toBe(place);
  });

  test('where the user hears that the job failed, if no promise was broken', () => {
    const full = parseFaults(
      [{ at: 0, kind: 'store-full', target: 'store', until: 900 * second }],
      6,
    );
    const failed = tracedRun({ replicas: 6, faults: full });
    expect(failed.result.verdict).toBe('failed');
    const shown = decodeRun(
      encodeRun({ ...encoded, events: failed.events, checks: [], story: [] }),
    );
    expect(recordText(shown, firstView(shown).record)).toBe('told failed');
  });
});

test('it is small: a tenth of the lines of JSON', () => {
  const lines = events.reduce((sum, event) => sum + JSON.stringify(event).length, 0);
  expect(JSON.stringify(encoded).length).toBeLessThan(lines / 7);
});

/** What lies on a replica's disk, by the plainest reading of the trace. */
function heldBy(name: string, upTo: number): Set<string> {
  const held = new Set<string>();
  for (const event of events.slice(0, upTo + 1)) {
    if (event.event === 'fault' && event.fault.kind === 'crash' && event.fault.target === name) {
      if (event.fault.disk === 'wiped') held.clear();
    }
    if (event.node !== name) continue;
    if (event.event === 'completed' && event.result === 'mapped') held.add(event.about);
    if (event.event === 'dropped' && event.effect === 'discard') held.delete(event.about);
  }
  return held;
}

describe('the state of a node', () => {
  const states = new NodeStates(run, 3 * second);

  test.each(['replica-0', 'replica-1', 'replica-2'])('%s: what it holds, at any event', (name) => {
    for (const part of [0.1, 0.35, 0.2, 0.7, 1]) {
      const record = Math.floor(last * part);
      expect(states.after(nodeOf(name), record).held).toEqual(heldBy(name, record));
    }
  });

  test('stepping on and jumping there give the same', () => {
    const node = nodeOf('primary');
    const stepped = new NodeStates(run, 3 * second);
    for (let record = 0; record < last; record += 50) {
      stepped.after(node, record);
      const jumped = new NodeStates(run, 3 * second).after(node, record);
      if (record % 1000 === 0) expect(stepped.after(node, record)).toEqual(jumped);
    }
  });

  test('in the end all parts are published and success is told', () => {
    const store = states.after(nodeOf('store'), last);
    expect(store.parts.size).toBe(result.tasks.reduce.total);
    expect(store.success).toBe(true);
    expect(states.after(nodeOf('client'), last).told).toBe('succeeded');
  });

  test('a crashed node is down, and a new life knows nothing of what ran', () => {
    const crash = events.findIndex(
      (event) => event.event === 'stopped' && event.node === 'replica-2',
    );
    expect(states.after(nodeOf('replica-2'), crash)).toMatchObject({
      up: false,
      running: new Map(),
    });
    expect(states.after(nodeOf('replica-2'), last)).toMatchObject({ up: true, life: 2 });
  });

  test('the scoreboard believes what the primary believed', () => {
    const beliefs = new Map<string, string>();
    const told = (event: TraceEvent): void => {
      if (event.event === 'started' && event.node === 'primary') beliefs.clear();
      if (event.event === 'scoreboard') beliefs.set(event.replica, event.state);
    };
    const half = Math.floor(last / 2);
    for (const event of events.slice(0, half + 1)) told(event);
    const { scoreboard } = states.after(nodeOf('primary'), half);
    expect(new Map([...scoreboard].map(([name, { state }]) => [name, state]))).toEqual(beliefs);
    expect([...beliefs.values()].length).toBe(6);
  });
});

test('a silent replica is seen as silent, and then as lost, while it is down', () => {
  const { beliefs, down } = spansOf(run);
  const node = nodeOf('replica-1');
  const [gone] = down[node]?.filter(({ from }) => from > 0) ?? [];
  const states = beliefs[0]?.of[node]?.filter(({ to }) => to > (gone?.from ?? Infinity));
  expect(states?.map(({ state }) => state)).toEqual(expect.arrayContaining(['silent', 'lost']));
});

describe('search', () => {
  const texts = events.map((event) => {
    const isFault = event.event === 'fault' || event.event === 'repaired';
    return `${JSON.stringify(event)} ${isFault ? recordText(run, events.indexOf(event)) : ''}`;
  });

  test.each(['map-3', 'reduce-1', 'replica-2', 'heartbeat', 'lost', 'fetch replica-0'])(
    '%s',
    (query) => {
      const isThere = (text: string): boolean =>
        query
          .split(' ')
          .every((word) => new RegExp(`${word}${/\d$/.test(word) ? '(?!\\d)' : ''}`).test(text));
      const found = [...(search(run, query).matches ?? [])];
      // The names of fields are no words, and neither are numbers that are no text.
      const wanted = texts.flatMap((text, i) => (isThere(text) ? [i] : []));
      expect(found.length).toBeGreaterThan(0);
      expect(found).toEqual(wanted);
    },
  );

  test('a time is a place', () => {
    const { record, matches } = search(run, '12.5s');
    expect(matches).toBeNull();
    expect(run.at[record ?? 0]).toBeGreaterThanOrEqual(12_500_000);
    expect(run.at[(record ?? 0) - 1]).toBeLessThan(12_500_000);
  });

  test('what is nowhere is not found, and no query is no search', () => {
    expect(search(run, 'no-such-thing').matches).toHaveLength(0);
    expect(search(run, '  ')).toEqual({ matches: null, record: null });
  });
});
