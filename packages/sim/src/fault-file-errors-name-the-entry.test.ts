import { describe, expect, test } from 'vitest';
import { parseFaults } from './fault-list.ts';
import { mixedFaults } from './fault-mix.ts';

const refusals: readonly [what: string, json: unknown, message: RegExp][] = [
  ['no array', {}, /JSON array/],
  ['no record', [3], /fault 0: is no record/],
  ['no kind', [{ at: 1, target: 'primary' }], /fault 0: has no kind/],
  ['an unknown kind', [{ at: 1, kind: 'crush', target: 'primary' }], /"crush".*did you mean crash/],
  ['a negative time', [{ at: -5, kind: 'cancel', target: 'client' }], /at is negative: -5/],
  ['a fraction of a time', [{ at: 0.5, kind: 'cancel', target: 'client' }], /0\.5, not a whole/],
  ['no time', [{ kind: 'cancel', target: 'client' }], /at is missing/],
  [
    'a target that is not there',
    [
      { at: 1, kind: 'cancel', target: 'client' },
      { at: 1, kind: 'pause', target: 'replica-5', until: 9 },
    ],
    /fault 1: target "replica-5" is not there.*replica-0 to replica-4/,
  ],
  [
    'an end before the beginning',
    [{ at: 9, kind: 'pause', target: 'primary', until: 9 }],
    /until is not after at/,
  ],
  [
    'a link to nowhere',
    [{ at: 1, kind: 'cut', target: 'primary->moon', until: 9 }],
    /no link between two nodes/,
  ],
  [
    'a link of a node to itself',
    [{ at: 1, kind: 'cut', target: 'replica-0->replica-0', until: 9 }],
    /"replica-0->replica-0" is no link between two nodes/,
  ],
  [
    'a wiped primary',
    [{ at: 1, kind: 'crash', target: 'primary', disk: 'wiped', until: 9 }],
    /outside the promise/,
  ],
  [
    'a packet before the first',
    [{ at: 1, kind: 'loss', target: '*->*', until: 9, perMille: 1000, packet: 0 }],
    /fault 0: packet is at least 1/,
  ],
  [
    'more than always',
    [{ at: 1, kind: 'loss', target: '*->*', until: 9, perMille: 1001 }],
    /at most 1000/,
  ],
  [
    'a misspelt field',
    [{ at: 1, kind: 'loss', target: '*->*', until: 9, permille: 1 }],
    /"permille"; did you mean perMille/,
  ],
];

describe('a fault schedule from outside', () => {
  test.each(refusals)('with %s is refused, and the entry named', (_what, json, message) => {
    expect(() => parseFaults(json, 5)).toThrow(message);
    expect(() => parseFaults(json, 5)).toThrow(
      expect.objectContaining({ code: 'LISPING_E_FAULTS_FILE' }),
    );
  });

  test('is what a generator made, after a trip through JSON', () => {
    for (let i = 0; i < 200; i++) {
      const faults = mixedFaults(`trip ${i}`, { replicas: 5, makespan: 1e7, lease: 3e6 });
      expect(parseFaults(JSON.parse(JSON.stringify(faults)), 5)).toEqual(faults);
    }
  });

  test('comes in order of time', () => {
    const late = { at: 9, kind: 'cancel', target: 'client' };
    const early = { at: 1, kind: 'successor', target: 'successor' };
    expect(parseFaults([late, early], 5)).toEqual([early, late]);
  });
});
