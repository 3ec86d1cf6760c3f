import { epoch, nodeId } from '@lisping/core';
import type { JournalEntry } from '@lisping/core';
import { describe, expect, test } from 'vitest';
import { Journal } from './journal.ts';

const one = epoch(1);
const entries = (count: number): JournalEntry[] =>
  Array.from({ length: count }, (_, i) => ({ kind: 'replica-joined', replica: nodeId(i) }));

describe('the journal', () => {
  test('makes the marker of an epoch once', () => {
    const journal = new Journal();
    expect(journal.create(one)).toBe(true);
    expect(journal.create(one)).toBe(false);
    expect(journal.create(epoch(3))).toBe(true);
    expect(journal.epochs()).toEqual([1, 3]);
  });

  test('shows what was written when the write has ended, not before', () => {
    const journal = new Journal();
    journal.create(one);
    const write = journal.beginWrite(nodeId(2), one, entries(3));
    expect(journal.read(one).entries).toHaveLength(0);
    expect(journal.endWrite(one, write)).toHaveLength(3);
    expect(journal.read(one).entries).toEqual(entries(3));
  });

  test('keeps a prefix of whole entries when the writer dies, and nothing follows it', () => {
    const journal = new Journal();
    journal.create(one);
    const first = journal.beginWrite(nodeId(2), one, entries(3));
    const second = journal.beginWrite(nodeId(2), one, entries(2));
    expect(journal.tearWrite(one, first, 1)).toEqual(entries(1));
    expect(journal.tearWrite(one, second, 2)).toEqual([]);
    expect(journal.read(one).entries).toEqual(entries(1));
  });

  test('makes durable what a reader has seen: no crash takes it back', () => {
    const journal = new Journal();
    journal.create(one);
    const write = journal.beginWrite(nodeId(2), one, entries(3));
    expect(journal.syncVisible(one, write, 2)).toEqual(entries(2));
    const { prefix } = journal.read(one);
    expect(prefix.entries).toBe(2);
    expect(journal.tearWrite(one, write, 2)).toEqual([]);
    expect(journal.read(one).prefix).toEqual(prefix);
  });

  test('names what was read by a checksum that differs when an entry does', () => {
    const sums = [entries(1), entries(2), []].map((list) => {
      const journal = new Journal();
      journal.create(one);
      journal.endWrite(one, journal.beginWrite(nodeId(2), one, list));
      return journal.read(one).prefix.checksum;
    });
    expect(new Set(sums).size).toBe(3);
  });
});
