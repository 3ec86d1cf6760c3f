// The rules of the trace event format, as its viewers rely on them.
import { parseFaults } from '@lisping/sim';
import { expect, test } from 'vitest';
import { tracedRun } from '../../test-support/traced.ts';
import { arrowEnds } from './arrows.ts';
import { taskBars } from './bars.ts';
import { chromeEvents, type ChromeEvent } from './chrome-trace.ts';

const second = 1_000_000;
const FAULTS = parseFaults(
  [
    { at: 2 * second, kind: 'crash', target: 'replica-1', disk: 'wiped', until: 9 * second },
    { at: 3 * second, kind: 'crash', target: 'replica-2', disk: 'kept', until: null },
    { at: 4 * second, kind: 'cut', target: 'replica-3<->primary', until: 8 * second },
    { at: 1 * second, kind: 'loss', target: '*->primary', perMille: 200, until: 20 * second },
    { at: 1 * second, kind: 'duplication', target: 'primary->*', perMille: 300, until: 9 * second },
    { at: 5 * second, kind: 'pause', target: 'replica-4', until: 12 * second },
    { at: 6 * second, kind: 'damage', target: 'replica-5', partition: 0 },
    { at: 15 * second, kind: 'pause', target: 'primary', until: 22 * second },
    { at: 16 * second, kind: 'successor', target: 'successor' },
  ],
  8,
);

const { events, result } = tracedRun({ faults: FAULTS });
const chrome = chromeEvents([events, events]);
const of = (...kinds: ChromeEvent['ph'][]): ChromeEvent[] =>
  chrome.filter(({ ph }) => kinds.includes(ph));
const thread = ({ pid, tid }: ChromeEvent): string => `${pid}/${tid}`;

test('the run that is looked at has everything that a trace can hold', () => {
  expect(result.verdict).toBe('passed');
  expect(Object.keys(result.faults)).toHaveLength(7);
  for (const ph of ['M', 'X', 's', 'f', 'b', 'e', 'i', 'C'] as const) {
    expect(of(ph).length, ph).toBeGreaterThan(0);
  }
});

test('it is plain JSON; times are whole and never negative', () => {
  expect(JSON.parse(JSON.stringify(chrome))).toEqual(chrome);
  for (const { ts, dur, pid, tid, name } of chrome) {
    for (const figure of [ts, dur ?? 0, pid, tid]) {
      expect(Number.isSafeInteger(figure) && figure >= 0).toBe(true);
    }
    expect(name).not.toBe('');
  }
  const times = chrome.filter(({ ph }) => ph !== 'M').map(({ ts }) => ts);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('every process and thread that is used has a name of its own', () => {
  const names = of('M').filter(({ name }) => name === 'process_name');
  expect(new Set(names.map(({ args }) => args?.['name'])).size).toBe(names.length);
  const processes = new Set(names.map(({ pid }) => pid));
  const threads = new Set(
    of('M').flatMap((event) => (event.name === 'thread_name' ? [thread(event)] : [])),
  );
  for (const event of chrome) expect(processes.has(event.pid)).toBe(true);
  for (const event of of('X', 's', 'f')) expect(threads.has(thread(event))).toBe(true);
});

test('slices of one thread lie beside or within each other', () => {
  const stacks = new Map<string, number[]>();
  for (const event of of('X').sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    const stack = stacks.get(thread(event)) ?? [];
    stacks.set(thread(event), stack);
    const end = event.ts + (event.dur ?? Number.NaN);
    while ((stack.at(-1) ?? Infinity) <= event.ts) stack.pop();
    expect(end).toBeLessThanOrEqual(stack.at(-1) ?? Infinity);
    stack.push(end);
  }
});

test('a flow has one start and one end, both within a slice, and does not go back in time', () => {
  const starts = new Map(of('s').map((event) => [event.id, event]));
  expect(starts.size).toBe(of('s').length);
  expect(of('f').length).toBe(starts.size);
  const slices = new Set(of('X').map((event) => `${thread(event)} ${event.ts}`));
  for (const end of of('f')) {
    const start = starts.get(end.id);
    expect(start?.name).toBe(end.name);
    expect(start?.ts ?? Infinity).toBeLessThanOrEqual(end.ts);
    expect(end.bp).toBe('e');
    for (const one of [start, end])
      expect(slices.has(`${one && thread(one)} ${one?.ts}`)).toBe(true);
  }
});

test('asynchronous slices begin and end, and instants have a scope', () => {
  const open = new Map<unknown, number>();
  for (const { ph, id, ts } of of('b', 'e')) {
    if (ph === 'b') open.set(id, ts);
    else {
      expect(open.get(id) ?? Infinity).toBeLessThanOrEqual(ts);
      open.delete(id);
    }
  }
  expect(open.size).toBe(0);
  for (const { s } of of('i')) expect(['t', 'p', 'g']).toContain(s);
});

test('the counter is never negative, and ends at nothing', () => {
  for (const { args } of of('C')) {
    for (const value of Object.values(args ?? {})) expect(Number(value)).toBeGreaterThanOrEqual(0);
  }
  expect(of('C').at(-1)?.args).toEqual({ map: 0, shuffle: 0, reduce: 0 });
});

test('every message that was handled has its arrow, and lost ones have none', () => {
  const ends = arrowEnds(events);
  events.forEach((event, index) => {
    const other = ends[index] ?? -1;
    if (event.event === 'delivered' || event.event === 'undelivered') {
      const start = events[other];
      expect(start?.event).toBe('sent');
      expect(start?.at ?? Infinity).toBeLessThanOrEqual(event.at);
    } else if (
      event.event === 'sent' &&
      event.fate !== 'on-its-way' &&
      event.fate !== 'duplicate'
    ) {
      expect(other).toBe(-1);
    }
  });
});

test('every task has won once on some bar, and bars keep to the slots', () => {
  const bars = taskBars(events);
  const won = bars
    .filter(({ ending }) => ending === 'won')
    .map(({ attempt }) => attempt.split('/')[0]);
  // A map whose output is lost runs again, and wins again.
  expect(new Set(won).size).toBe(result.tasks.map.total + result.tasks.reduce.total);
  for (const { slot, start, end } of bars) {
    expect(slot).toBeLessThan(2);
    expect(start).toBeLessThanOrEqual(end);
  }
  expect(bars.some(({ ending }) => ending === 'lost')).toBe(true);
});
