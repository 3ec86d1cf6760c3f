import { checksum, encodeUtf8, epoch, jobId } from '@lisping/core';
import type { AttemptId, PartIdentity, StoreOperation } from '@lisping/core';
import { describe, expect, test } from 'vitest';
import { OutputStore } from './store.ts';
import type { PartContent } from './made.ts';

const output = 'out';
const job = jobId('job');
const attempt = (number: number): AttemptId => ({
  job,
  kind: 'reduce',
  task: 0,
  epoch: epoch(1),
  number,
});
const content = (text: string): PartContent => {
  const bytes = encodeUtf8(text);
  return { bytes, checksum: checksum(bytes), records: 1 };
};
const identity = (text: string): PartIdentity => ({
  length: content(text).bytes.length,
  checksum: content(text).checksum,
});
const upload = (number: number, text: string): StoreOperation => ({
  kind: 'upload',
  output,
  attempt: attempt(number),
  part: identity(text),
});
const publish = (number: number, text: string): StoreOperation => ({
  kind: 'publish',
  output,
  attempt: attempt(number),
  part: identity(text),
});

function prepared(): OutputStore {
  const store = new OutputStore();
  expect(store.apply({ kind: 'make-output', output, job }, null)).toBe('ok');
  expect(store.apply({ kind: 'make-temporary', output, job }, null)).toBe('ok');
  return store;
}

describe('the output store', () => {
  test('makes a directory once, and recognises the job that made it', () => {
    const store = prepared();
    expect(store.apply({ kind: 'make-output', output, job }, null)).toBe('ok');
    expect(store.apply({ kind: 'make-output', output, job: jobId('other') }, null)).toBe('exists');
  });

  test('never makes parents', () => {
    const store = new OutputStore();
    expect(store.apply({ kind: 'make-temporary', output, job }, null)).toBe('no-parent');
    expect(store.apply(upload(0, 'a'), content('a'))).toBe('no-parent');
    expect(store.apply({ kind: 'make-output', output, job }, null)).toBe('ok');
    expect(store.apply(upload(0, 'a'), content('a'))).toBe('no-parent');
    expect(store.apply({ kind: 'make-success', output: 'elsewhere', job }, null)).toBe('no-parent');
  });

  test('publishes one part for a task, repeatably, and refuses another', () => {
    const store = prepared();
    store.apply(upload(0, 'a'), content('a'));
    store.apply(upload(1, 'b'), content('b'));
    expect(store.apply(publish(0, 'a'), null)).toBe('ok');
    expect(store.apply(publish(0, 'a'), null)).toBe('ok');
    expect(store.apply(publish(1, 'b'), null)).toBe('taken');
    expect(store.outputs()[0]?.parts.get(0)?.content.bytes).toEqual(encodeUtf8('a'));
  });

  test('lets no late upload or rename do anything once the temporary directory is gone', () => {
    const store = prepared();
    store.apply(upload(0, 'a'), content('a'));
    expect(store.apply({ kind: 'delete-temporary', output, job }, null)).toBe('ok');
    expect(store.apply(publish(0, 'a'), null)).toBe('no-source');
    expect(store.apply(upload(0, 'a'), content('a'))).toBe('no-parent');
    expect(store.outputs()[0]?.parts.size).toBe(0);
  });

  test('keeps a whole file when a repeat of its upload breaks off', () => {
    const store = prepared();
    const operation = upload(0, 'abcdef');
    store.apply(operation, content('abcdef'));
    if (operation.kind === 'upload') store.breakOff(operation, content('abcdef'));
    expect(store.apply(publish(0, 'abcdef'), null)).toBe('ok');
    expect(store.outputs()[0]?.parts.get(0)?.whole).toBe(true);
  });

  test('takes no upload while it is full, and everything else', () => {
    const store = prepared();
    store.full = true;
    expect(store.apply(upload(0, 'a'), content('a'))).toBe('full');
    expect(store.apply({ kind: 'make-success', output, job }, null)).toBe('ok');
  });

  test('deletes its own output only, and is content when there is none', () => {
    const store = prepared();
    const other = jobId('other');
    expect(store.apply({ kind: 'delete-output', output, job: other }, null)).toBe('ok');
    expect(store.outputs()).toHaveLength(1);
    expect(store.apply({ kind: 'delete-output', output, job }, null)).toBe('ok');
    expect(store.apply({ kind: 'delete-output', output, job }, null)).toBe('ok');
    expect(store.outputs()).toHaveLength(0);
  });
});
