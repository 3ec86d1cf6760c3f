// Types are tested like behaviour: the four ways in which K and V are found, and wrong types in each.
// Checked by `npm run types`; a line that should fail and does not is an error there.
import { int } from '../codec/int.ts';
import { json } from '../codec/json.ts';
import { sortableInt } from '../codec/sortable-int.ts';
import { exactSum, type ExactTotal } from '../fold/exact-sum.ts';
import { count } from '../fold/count.ts';
import { sum } from '../fold/sum.ts';
import type { InputFormat } from '../input/format.ts';
import type { Emit } from './functions.ts';
import { job, type Job } from './job.ts';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectSame<A, B>(_: Same<A, B>): void {}
declare const pairs: InputFormat<[string, string]>;

// First way: the fold in `combine`.
const byFold = job({
  map(line, emit, context) {
    expectSame<typeof line, string>(true);
    emit(line, 1);
    context.input.offset.toFixed();
    // @ts-expect-error sum takes numbers
    emit(line, 'one');
    // @ts-expect-error a value is missing
    emit(line);
    // @ts-expect-error keys are strings
    emit(1, 1);
  },
  combine: sum,
  reduce(key, values, emit) {
    expectSame<typeof key, string>(true);
    expectSame<typeof values, Iterable<number>>(true);
    emit(key, sum(values));
    emit(key);
  },
});
expectSame<typeof byFold, Job<string, string, number>>(true);

job({
  map(line, emit) {
    emit(line, 0.5);
  },
  combine: exactSum,
  reduce(key, values, emit) {
    expectSame<typeof values, Iterable<ExactTotal>>(true);
    emit(key, exactSum(values));
  },
});

job({
  key: int(),
  map(line, emit) {
    emit(line.length, line);
    // @ts-expect-error the key codec takes numbers
    emit(line, line);
  },
  combine: {
    start: () => ({ longest: '' }),
    add: (best, word: string) => (word.length > best.longest.length ? { longest: word } : best),
    merge: (a, b) => (a.longest.length > b.longest.length ? a : b),
  },
  reduce(length, values, emit) {
    expectSame<typeof length, number>(true);
    for (const { longest } of values) emit(length, longest.toUpperCase());
  },
});

// Second way: the codecs.
const byCodec = job({
  input: pairs,
  key: int(),
  value: json<{ stop: string }>(),
  map([route, stop], emit) {
    expectSame<typeof route, string>(true);
    emit(route.length, { stop });
    // @ts-expect-error the value codec takes objects with a stop
    emit(route.length, { halt: stop });
  },
  combine(key, values, emit) {
    for (const { stop } of values) emit(key, { stop });
    // @ts-expect-error a combine function emits values of V
    emit(key, 'stop');
  },
  reduce(key, values, emit) {
    expectSame<typeof values, Iterable<{ stop: string }>>(true);
    emit(key, count(values));
  },
});
expectSame<typeof byCodec, Job<[string, string], number, { stop: string }>>(true);

// Third way: an annotated emit.
const byAnnotation = job({
  map(line, emit: Emit<string, boolean>) {
    expectSame<typeof line, string>(true);
    emit(line, true);
    // @ts-expect-error V is boolean
    emit(line, 1);
  },
  reduce(key, values, emit) {
    expectSame<typeof values, Iterable<boolean>>(true);
    for (const value of values) emit(key, value);
  },
});
expectSame<typeof byAnnotation, Job<string, string, boolean>>(true);

// Fourth way: none of these.
const byDefault = job({
  map(line, emit) {
    emit(line, line.length);
    emit(line);
    // @ts-expect-error keys are strings
    emit(line.length, line);
  },
  reduce(key, values, emit) {
    expectSame<typeof key, string>(true);
    expectSame<typeof values, Iterable<unknown>>(true);
    emit(key, count(values));
  },
});
expectSame<typeof byDefault, Job<string, string, unknown>>(true);

// Records come from the format or from the source.
job({
  source: [1, 2, 3],
  map(record, emit) {
    expectSame<typeof record, number>(true);
    emit('sum', record);
  },
  combine: sum,
  reduce(key, values, emit) {
    emit(key, sum(values));
  },
});

// Map-only.
const mapOnly = job({
  map(line, emit) {
    emit(line);
  },
});
expectSame<typeof mapOnly, Job<string, string, unknown>>(true);

// Sorted values are text, unless a codec says otherwise.
const sorted = job({
  sortValues: true,
  map(line, emit) {
    emit(line, 'text');
  },
  reduce(key, values, emit) {
    for (const value of values) expectSame<typeof value, string>(true);
    emit(key);
  },
});
expectSame<typeof sorted, Job<string, string, string>>(true);
job({
  sortValues: true,
  map(line, emit) {
    // @ts-expect-error a number needs a codec that says how it sorts
    emit(line, 1);
  },
  reduce() {},
});
const numbers = job({
  sortValues: true,
  value: sortableInt(),
  map(line, emit) {
    emit(line, 1);
  },
  reduce() {},
});
expectSame<typeof numbers, Job<string, string, number>>(true);

// What is no job.
// @ts-expect-error a job without map
job({ reduce() {} });
// @ts-expect-error count is no fold: it would count accumulators
job({ map() {}, combine: count, reduce() {} });
// @ts-expect-error a combiner without a reducer
job({ map() {}, combine: sum });
// @ts-expect-error a property that no job has
job({ map() {}, reducer() {} });
// @ts-expect-error a partition is a number
job({ map() {}, reduce() {}, partition: (key) => key });
// @ts-expect-error a map-only job has no reduces
job({ map() {}, reduces: 3 });
