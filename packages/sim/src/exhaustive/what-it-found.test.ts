/** Schedules that the exhaustive search has found, and that were mended: they stay mended. */
import { describe, expect, test } from 'vitest';
import { parseFaults } from '../fault-list.ts';
import { findingOf, SmallWorld } from './small-run.ts';
import { SMALL_REPLICAS, VARIANTS } from './small-world.ts';

function finding(variant: string, json: readonly object[]): string | null {
  const found = VARIANTS.find(({ name }) => name === variant);
  if (found === undefined) throw new Error(`no variant ${variant}`);
  const run = new SmallWorld(found).prepare(parseFaults(json, SMALL_REPLICAS));
  return findingOf(run, run.schedule.run(run.checks.observers));
}

const copy = { kind: 'duplication', until: 22_001, perMille: 1000, packet: 1, by: 460_000 };
const gone = { kind: 'crash', disk: 'wiped', until: null };

describe('found by trying every placement of faults, and mended', () => {
  test('a second copy of a request makes _temporary again when the job has ended', () => {
    expect(finding('steady', [{ ...copy, at: 22_000, target: 'primary->store' }])).toBeNull();
  });

  test('a reduce keeps the only slot from a map that was lost while its replica was not heard', () => {
    const faults = [
      { ...gone, at: 169_000, target: 'replica-0' },
      { kind: 'pause', at: 208_000, target: 'primary', until: 668_000 },
    ];
    expect(finding('moody', faults)).toBeNull();
  });

  test('a task is tried again and again at a full disk when there is no other, and not in vain', () => {
    const faults = [
      { kind: 'crash', disk: 'unsynced-lost', at: 12_000, target: 'replica-0', until: 472_000 },
      { kind: 'disk-full', at: 24_000, target: 'replica-1', until: 304_000 },
    ];
    expect(finding('steady', faults)).toBeNull();
  });

  test('a part is made again and again while the store is full, and not in vain', () => {
    const full = { kind: 'store-full', target: 'store', at: 79_000, until: 359_000 };
    expect(finding('map-only', [full])).toBeNull();
  });
});
