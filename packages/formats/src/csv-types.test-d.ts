// The record of a format is the record that `map` gets.
import { job } from '@lisping/core';
import { bytes, csv, jsonLines, keyValue, wholeFiles } from './index.ts';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectSame<A, B>(_: Same<A, B>): void {}

job({
  input: csv(),
  map(row, emit) {
    expectSame<typeof row, string[]>(true);
    emit(row[0] ?? '');
  },
});
job({
  input: csv({ header: true }),
  map(row) {
    expectSame<typeof row, Record<string, string>>(true);
  },
});
job({
  input: csv({ columns: ['route', 'stop'], quotedNewlines: false }),
  map({ route, stop }, emit) {
    emit(route, stop.length);
  },
});
job({
  input: csv({ columns: ['route'] }),
  // @ts-expect-error no such column
  map({ stop }, emit) {
    emit(String(stop));
  },
});
job({
  input: jsonLines<{ user: string }>(),
  map(event, emit) {
    emit(event.user);
  },
});
job({
  input: keyValue(),
  map([key, value], emit) {
    emit(key.trim(), value.trim());
  },
});
job({
  input: bytes(),
  key: bytes(),
  map(line, emit) {
    expectSame<typeof line, Uint8Array>(true);
    emit(line, 1);
    // @ts-expect-error keys are bytes
    emit('line', 1);
  },
});
job({
  input: wholeFiles(),
  map(text, emit, { input }) {
    emit(input.file, text.length);
  },
});
