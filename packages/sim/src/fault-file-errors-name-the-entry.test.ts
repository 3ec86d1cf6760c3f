import { describe, expect, test } from 'vitest';
import { parseFaults } from './fault-list.ts';
import { swarmFaults } from './swarm.ts';

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
    'a write before the first',
    [
      {
        at: 1,
        kind: 'crash-at-write',
        target: 'primary',
        until: 9,
        write: 0,
        when: 'torn',
        down: 1,
      },
    ],
    /write is at least 1/,
  ],
  [
    'a moment that no write has',
    [
      {
        at: 1,
        kind: 'crash-at-write',
        target: 'primary',
        until: 9,
        write: 1,
        when: 'tron',
        down: 1,
      },
    ],
    /when is "before", "torn" or "after", not "tron"; did you mean torn/,
  ],
  [
    'a crash at a write of the client',
    [
      {
        at: 1,
        kind: 'crash-at-write',
        target: 'client',
        until: 9,
        write: 1,
        when: 'torn',
        down: 1,
      },
    ],
    /a primary or a replica, not "client"/,
  ],
  [
    'a clock that drifts too far',
    [{ at: 1, kind: 'clock', target: 'replica-0', until: 9, offset: -5, drift: 251 }],
    /drift is between -250 and 250/,
  ],
  [
    'a full disk of a primary',
    [{ at: 1, kind: 'disk-full', target: 'primary', until: 9 }],
    /target of disk-full is a replica, not "primary"/,
  ],
  [
    'a journal of a replica',
    [{ at: 1, kind: 'journal-cut', target: 'replica-0', until: 9 }],
    /target of journal-cut is "journal"/,
  ],
  [
    'ties at one place',
    [{ at: 1, kind: 'tie', target: 'primary', until: 9, grain: 1, prefer: 'last' }],
    /target of tie is "\*", not "primary"/,
  ],
  [
    'ties an hour apart',
    [{ at: 1, kind: 'tie', target: '*', until: 9, grain: 3_600_000_000, prefer: 'last' }],
    /fault 0: grain is at most 1000000, a second/,
  ],
  [
    'a task without a number',
    [{ at: 1, kind: 'task', target: '*', until: 9, task: 'map', effect: 'throws' }],
    /task is map-3, reduce-0 or the like, or \*, not "map"/,
  ],
  [
    'a record for who is not killed',
    [{ at: 1, kind: 'task', target: '*', until: 9, task: '*', effect: 'throws', record: 3 }],
    /task has no "record"/,
  ],
  [
    'a death in no record',
    [{ at: 1, kind: 'task', target: '*', until: 9, task: '*', effect: 'killed' }],
    /record is missing/,
  ],
  ['a time beyond all times', [{ at: 9e15, kind: 'cancel', target: 'client' }], /at is too large/],
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
      const faults = swarmFaults(`trip ${i}`, { replicas: 5, makespan: 1e7 });
      expect(parseFaults(JSON.parse(JSON.stringify(faults)), 5)).toEqual(faults);
    }
  });

  test('comes in order of time', () => {
    const late = { at: 9, kind: 'cancel', target: 'client' };
    const early = { at: 1, kind: 'successor', target: 'successor' };
    expect(parseFaults([late, early], 5)).toEqual([early, late]);
  });
});
