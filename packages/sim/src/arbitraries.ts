/**
 * Fault schedules as fast-check arbitraries, which shrink: fewer faults, earlier, shorter, of a
 * plainer kind. An entry of its own, `@lisping/sim/arbitraries`, so that only who imports it needs
 * fast-check.
 */
import fc from 'fast-check';
import { FAULT_KINDS } from './fault.ts';
import type { Fault, FaultKind } from './fault.ts';
import type { FaultSetting } from './fault-generator.ts';

/** The longest that a fault lasts here, in microseconds. */
const LONGEST = 15_000_000;

/**
 * Schedules of up to twenty faults of every kind for a cluster like this, in order of time.
 *
 * @example
 * fc.assert(fc.property(faultsArbitrary({ replicas: 3, makespan: 20_000_000 }), (faults) =>
 *   simulate({ ...options, faults }).verdict === 'passed'));
 */
export function faultsArbitrary(setting: FaultSetting): fc.Arbitrary<Fault[]> {
  const kinds = FAULT_KINDS.filter((kind) => setting.without?.includes(kind) !== true);
  const one = fc.oneof(...kinds.map((kind) => faultArbitrary(kind, setting)));
  return fc
    .array(one, { maxLength: 20, size: 'medium' })
    .map((faults) => faults.toSorted((a, b) => a.at - b.at));
}

/** A fault of the kind. */
function faultArbitrary(kind: FaultKind, setting: FaultSetting): fc.Arbitrary<Fault> {
  const { replicas, makespan, maps = 1, reduces = 1 } = setting;
  const at = fc.nat({ max: makespan });
  const length = fc.integer({ min: 1, max: LONGEST });
  const replica = fc.nat({ max: replicas - 1 }).map((index) => `replica-${index}`);
  const primaries = fc.constantFrom('primary', 'successor');
  const process = fc.oneof(replica, primaries, fc.constant('client'));
  const perMille = fc.integer({ min: 1, max: 1000 });
  const when = fc.constantFrom('before' as const, 'torn' as const, 'after' as const);
  const task = fc.oneof(
    fc.constant('*'),
    fc.nat({ max: Math.max(0, maps - 1) }).map((map) => `map-${map}`),
    fc.nat({ max: Math.max(0, reduces - 1) }).map((reduce) => `reduce-${reduce}`),
  );
  const link = linkArbitrary(fc.oneof(process, fc.constant('store')));
  const journal = fc.constantFrom('journal', 'primary', 'successor');
  /** A fault that lasts, with these fields beside. */
  const lasting = <K extends FaultKind, F extends object>(
    name: K,
    fields: fc.Arbitrary<F>,
  ): fc.Arbitrary<{ at: number; kind: K; until: number } & F> =>
    fc
      .tuple(at, length, fields)
      .map(([from, time, rest]) => ({ at: from, kind: name, until: from + time, ...rest }));
  switch (kind) {
    case 'crash': {
      const kept = fc.constantFrom('kept' as const, 'unsynced-lost' as const, 'torn' as const);
      const ofReplica = fc.record({
        target: replica,
        disk: fc.oneof(kept, fc.constant('wiped' as const)),
      });
      return lasting(kind, fc.oneof(fc.record({ target: process, disk: kept }), ofReplica));
    }
    case 'crash-at-write':
      return lasting(
        kind,
        fc.record({
          target: fc.oneof(replica, primaries),
          write: fc.integer({ min: 1, max: 30 }),
          when,
          down: length,
        }),
      );
    case 'pause':
      return lasting(kind, fc.record({ target: fc.oneof(process, fc.constant('store')) }));
    case 'slow':
      return lasting(kind, fc.record({ target: replica, factor: fc.integer({ min: 1, max: 10 }) }));
    case 'clock': {
      const offset = fc.integer({ min: -LONGEST, max: LONGEST });
      const drift = fc.integer({ min: -250, max: 250 });
      return lasting(kind, fc.record({ target: process, offset, drift }));
    }
    case 'cut':
    case 'hold':
      return lasting(kind, fc.record({ target: link }));
    case 'loss':
    case 'duplication':
      return lasting(kind, fc.record({ target: link, perMille }));
    case 'delay':
      return lasting(kind, fc.record({ target: link, by: length, perMille }));
    case 'reorder':
      return lasting(kind, fc.record({ target: link, by: length }));
    case 'successor':
      return at.map((from) => ({ at: from, kind, target: 'successor' }));
    case 'cancel':
      return at.map((from) => ({ at: from, kind, target: 'client' }));
    case 'damage':
      return fc
        .record({ at, target: replica, partition: fc.nat({ max: 63 }) })
        .map((rest) => ({ ...rest, kind }));
    case 'disk-full':
      return lasting(kind, fc.record({ target: replica }));
    case 'disk-slow':
      return lasting(
        kind,
        fc.record({ target: replica, factor: fc.integer({ min: 1, max: 600 }) }),
      );
    case 'journal-slow':
      return lasting(kind, fc.record({ target: journal, by: length }));
    case 'journal-cut':
    case 'journal-full':
      return lasting(kind, fc.record({ target: journal }));
    case 'store-full':
      return lasting(kind, fc.constant({ target: 'store' as const }));
    case 'store-slow':
      return lasting(kind, fc.record({ target: fc.constant('store' as const), by: length }));
    case 'tie':
      return lasting(
        kind,
        fc.record({
          target: fc.constant('*' as const),
          grain: fc.integer({ min: 1, max: 100_000 }),
          prefer: fc.constantFrom('last' as const, 'shuffled' as const),
        }),
      );
    case 'task': {
      const target = fc.oneof(replica, fc.constant('*'));
      const record = fc.option(fc.nat({ max: 40 }));
      const effect = fc.constantFrom('throws' as const, 'hangs' as const);
      const killed = fc.record({ target, task, effect: fc.constant('killed' as const), record });
      return fc.oneof(lasting(kind, fc.record({ target, task, effect })), lasting(kind, killed));
    }
  }
}

/** Two nodes that are not the same, or one and everybody, in one direction or in both. */
function linkArbitrary(node: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const arrow = fc.constantFrom('->', '<->');
  return fc
    .tuple(node, fc.oneof(fc.constant('*'), node), arrow, fc.boolean())
    .map(([one, other, way, turned]) => {
      const to = one === other ? '*' : other;
      return turned ? `${to}${way}${one}` : `${one}${way}${to}`;
    });
}
