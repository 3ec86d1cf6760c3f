import type { Microseconds, NodeId, StoreOperation } from '@lisping/core';
import { expect, test } from 'vitest';
import { PRIMARY, SUCCESSOR } from './address.ts';
import type { Fault } from './fault.ts';
import type { Observer } from './observe.ts';
import { referenceWorkload } from './reference/workload.ts';
import { simulate } from './simulate.ts';

/**
 * What the first primary still does after the second has made its marker. It may append to its own
 * file once more, before it sees that marker; what lies there was adopted by nobody.
 */
class OldPrimary implements Observer {
  readonly deeds: string[] = [];
  opened: Microseconds | null = null;
  resigned = false;

  journalCreated(now: Microseconds, node: NodeId): void {
    if (node === SUCCESSOR) this.opened ??= now;
  }
  storeApplied(now: Microseconds, node: NodeId, operation: StoreOperation): void {
    if (node === PRIMARY && this.opened !== null) this.deeds.push(`${now} ${operation.kind}`);
  }
  processStopped(_now: Microseconds, node: NodeId, why: string): void {
    if (node === PRIMARY && why === 'resigned') this.resigned = true;
  }
}

const { inputs, ...workload } = referenceWorkload();

test('a primary that slept while its successor opened the journal changes nothing when it wakes', () => {
  for (let at = 1_000_000; at < 22_000_000; at += 1_477_001) {
    const faults: Fault[] = [
      { at, kind: 'pause', target: 'primary', until: at + 6_000_000 },
      { at: at + 2_000_000, kind: 'successor', target: 'successor' },
    ];
    const old = new OldPrimary();
    const result = simulate({
      ...workload,
      inputs: inputs.map(({ path, bytes }) => ({ path, bytes: bytes.subarray(0, 50_000) })),
      jobName: 'word-count',
      replicas: 10,
      slots: 2,
      failRate: 0,
      seed: 'two held primaries',
      schedules: 1,
      keepGoing: true,
      faults,
      parameters: {},
      memo: true,
      makespan: 30_000_000,
      observe: () => [old],
    });
    expect([at, result.verdict]).toEqual([at, 'passed']);
    expect([at, old.resigned]).toEqual([at, true]);
    // Only what it had asked of the store before it slept may still be done.
    const awake = old.deeds.filter((deed) => Number.parseInt(deed, 10) >= at + 6_000_000);
    expect([at, awake]).toEqual([at, []]);
  }
});
