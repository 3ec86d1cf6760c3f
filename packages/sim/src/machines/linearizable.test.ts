// Histories of a register that are as if one operation had followed the other, and such as are not.
import { expect, test } from 'vitest';
import { linearizable } from './linearizable.ts';
import type { ClientOperation, SequentialModel } from './linearizable.ts';

const register: SequentialModel<number, number | 'read', number> = {
  initial: 0,
  after: (state, input, output) =>
    input !== 'read' ? input : output === undefined || output === state ? state : null,
};

type Operation = ClientOperation<number | 'read', number>;

/** `write(1, 0, 10)`: from 0 to 10. Null: never answered. */
const write = (value: number, began: number, ended: number | null): Operation => ({
  client: 'writer',
  input: value,
  output: ended === null ? undefined : value,
  began,
  ended,
});
const read = (output: number, began: number, ended: number): Operation => ({
  client: 'reader',
  input: 'read',
  output,
  began,
  ended,
});

test.each<[string, boolean, Operation[]]>([
  ['nothing happened', true, []],
  ['a read sees the write before it', true, [write(1, 0, 10), read(1, 20, 30)]],
  ['a read does not see the write before it', false, [write(1, 0, 10), read(0, 20, 30)]],
  ['a read beside a write sees either', true, [write(1, 0, 30), read(0, 5, 10), read(1, 15, 20)]],
  ['the new value, then the old one', false, [write(1, 0, 30), read(1, 5, 10), read(0, 15, 20)]],
  [
    'a write without an answer happened late',
    true,
    [write(1, 0, null), read(0, 5, 10), read(1, 90, 99)],
  ],
  ['a write without an answer never happened', true, [write(1, 0, null), read(0, 5, 10)]],
  ['a value out of nowhere', false, [write(1, 0, 10), read(2, 20, 30)]],
])('%s: %s', (_what, expected, history) => {
  expect(linearizable(history, register)).toBe(expected);
});
