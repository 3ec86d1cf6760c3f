import { expect, test } from 'vitest';
import { count } from '../fold/count.ts';
import { sum } from '../fold/sum.ts';
import { isJob } from './any-job.ts';
import { job } from './job.ts';
import { isPipeline, pipeline } from './pipeline.ts';

const load = job as (definition: unknown) => unknown; // as a JavaScript file would call it
const map = (): void => {};
const reduce = (): void => {};

const SHAPE: readonly [string, unknown, RegExp][] = [
  ['nothing', undefined, /not undefined/],
  ['no map', { reduce }, /no map/],
  ['a map that is no function', { map: 1 }, /map must be a function/],
  ['an async map', { map: async () => {} }, /neither async/],
  ['a generator', { map, *reduce() {} }, /neither async nor a generator/],
  ['a combiner without a reducer', { map, combine: sum }, /combine but no reduce/],
  ['a partition without a reducer', { map, partition: () => 0 }, /partition but no reduce/],
  ['a map-only job with reduces', { map, reduces: 2 }, /reduces but no reduce/],
  ['reduces that are no number', { map, reduce, reduces: '4' }, /whole number/],
  ['reduces below zero', { map, reduce, reduces: -1 }, /whole number/],
  ['a codec that is none', { map, reduce, key: 'int' }, /key must be a codec/],
  ['an input that is none', { map, reduce, input: 'csv' }, /input must be/],
  ['a source that cannot be iterated', { map, source: 5 }, /source must be/],
  ['input and source', { map, source: [], input: { open() {} } }, /both input and source/],
  ['an empty name', { map, name: '' }, /name must be/],
  ['a name of two lines', { map, name: 'a\nb' }, /name must be/],
];

test.each(SHAPE)('%s is LISPING_E_JOB_SHAPE', (_what, definition, message) => {
  expect(() => load(definition)).toThrow(
    expect.objectContaining({
      code: 'LISPING_E_JOB_SHAPE',
      message: expect.stringMatching(message),
      exit: 2,
    }),
  );
});

test('an unknown property is named with the nearest known one', () => {
  expect(() => load({ map, reducer: reduce })).toThrow(
    expect.objectContaining({
      message: 'a job has no property reducer',
      hint: 'Did you mean reduce?',
    }),
  );
});

test.each([
  ['a function of one parameter', (values: unknown) => values, /1 parameter$/],
  ['a function of two parameters', (_k: unknown, values: unknown) => values, /2 parameters$/],
  ['count, which is no fold', count, /1 parameter$/],
  ['half a fold', { start: () => 0 }, /an object/],
  ['a name', 'sum', /"sum"/],
])('combine: %s is LISPING_E_COMBINE_SHAPE', (_what, combine, message) => {
  expect(() => load({ map, reduce, combine })).toThrow(
    expect.objectContaining({
      code: 'LISPING_E_COMBINE_SHAPE',
      message: expect.stringMatching(message),
    }),
  );
});

test('a job is told by brand, a pipeline too; nothing else is either', () => {
  const good = job({ map() {}, reduce() {} });
  expect(isJob(good)).toBe(true);
  expect(isPipeline(pipeline([good]))).toBe(true);
  for (const other of [null, undefined, {}, { map, reduce }, () => 0, pipeline([good])]) {
    expect(isJob(other)).toBe(false);
  }
  expect(isPipeline(good)).toBe(false);
});

test('a pipeline needs jobs, and only the first may have a source', () => {
  const good = job({ map() {}, reduce() {} });
  const sourced = job({ source: ['a'], map() {}, reduce() {} });
  expect(() => pipeline([])).toThrow(/one or more jobs/);
  expect(() => pipeline([{} as never])).toThrow(/one or more jobs/);
  expect(() => pipeline([good, sourced])).toThrow(/source/);
  expect(pipeline([sourced, good]).jobs).toEqual([sourced, good]);
});

test('functions keep their job as this, and undefined properties are as if left out', () => {
  const seen: unknown[] = [];
  const definition = {
    map() {
      seen.push(this);
    },
    combine: undefined,
    reduces: undefined,
  };
  const loaded = job(definition as never) as ReturnType<typeof job>;
  loaded.map('', () => {}, {} as never);
  expect(seen).toEqual([definition]);
});
