// Machines that are not ours live in the same world: what it promises them, and what it refuses.
import { describe, expect, test } from 'vitest';
import type { Fault } from '../fault.ts';
import type { Machine, MachineEffect, MachinePlace } from './machine.ts';
import { simulateMachines } from './simulate-machines.ts';

type Say = MachineEffect<{ readonly words: string[] }, string, number>;
type Speaker = Machine<{ readonly words: string[] }, string, number>;

/** Says a word to `other` every second, and changes what it said before that is heard. */
function speaker(other: string, word: () => string): () => Speaker {
  return () => {
    const effects: Say[] = [];
    let words: string[] = [];
    const start = (): void => void effects.push({ kind: 'set-timer', timer: 'tick', after: 100 });
    return {
      effects,
      start,
      timer() {
        words.push('never sent');
        words = [word()];
        effects.push({ kind: 'send', to: other, message: { words } });
        start();
      },
    };
  };
}

function listener(): Speaker & { readonly heard: readonly string[] } {
  const effects: Say[] = [];
  const heard: string[] = [];
  return {
    effects,
    heard,
    receive: (_now, _from, { words }) => {
      heard.push(...words);
      effects.push({ kind: 'output', value: words.join(' ') });
    },
  };
}

const talk = (
  word: () => string,
  more: { readonly faults?: readonly Fault[]; readonly seed?: string } = {},
) =>
  simulateMachines({
    nodes: { speaker: speaker('listener', word), listener },
    seed: 'talk',
    duration: 10_000,
    patience: 10_000,
    always: {
      'only what was sent is heard': ({ machine }) =>
        machine('listener')?.heard.includes('never sent') !== true,
    },
    eventually: { 'somebody was heard': ({ outputs }) => outputs.length > 0 },
    ...more,
  });

describe('a world of other machines', () => {
  test('is a function of its seed', () => {
    const hello = (): string => 'hello';
    expect(talk(hello).traceHash).toBe(talk(hello).traceHash);
    expect(talk(hello, { seed: 'another' }).traceHash).not.toBe(talk(hello).traceHash);
    expect(talk(hello).verdict).toBe('passed');
  });

  test('says when a machine is no function of what it was told, and where it shows', () => {
    let shared = 0;
    const { failure } = talk(() => `word ${shared++}`);
    expect(failure?.check).toBe('the same seed runs alike');
    expect(failure?.detail).toMatch(/once "speaker timer tick .*word \d+.*", once ".*word \d+/);
  });

  test('says what is missing when the end does not come', () => {
    const cut = { at: 0, kind: 'crash', target: 'speaker', disk: 'kept', until: null } as const;
    const { verdict, failure } = talk(() => 'hello', { faults: [cut] });
    expect(verdict).toBe('no-convergence');
    expect(failure).toMatchObject({ check: 'somebody was heard', faults: [cut] });
    expect(failure?.detail).toContain('up: listener');
  });

  test.each<[string, Fault]>([
    [
      'damage strikes clusters of Lisping alone',
      { at: 0, kind: 'damage', target: 'speaker', partition: 0 },
    ],
    [
      'target "speeker" is not there; nodes are speaker, listener; did you mean speaker?',
      { at: 0, kind: 'pause', target: 'speeker', until: 1 },
    ],
    ['no link between two nodes', { at: 0, kind: 'cut', target: 'speaker->nobody', until: 1 }],
    ['until is not after at', { at: 5, kind: 'pause', target: 'speaker', until: 5 }],
  ])('refuses: %s', (message, fault) => {
    expect(() => talk(() => 'hello', { faults: [fault] })).toThrow(message);
    expect(() => talk(() => 'hello', { faults: [fault] })).toThrow(
      expect.objectContaining({ code: 'LISPING_E_FAULTS_FILE' }),
    );
  });

  test.each([
    [
      'there is no node "nobody" to send to',
      (): Say => ({ kind: 'send', to: 'nobody', message: { words: [] } }),
    ],
    [
      'an object of class Date',
      (): Say => ({ kind: 'output', value: new Date(0) as unknown as string }),
    ],
    ['a whole number of microseconds', (): Say => ({ kind: 'set-timer', timer: 't', after: 0.5 })],
  ])('finds a machine that asks for nonsense: %s', (message, effect) => {
    const nodes = { node: (): Speaker => ({ effects: [effect()] }) };
    const { failure } = simulateMachines({ nodes, seed: 'a' });
    expect(failure).toMatchObject({ check: 'no machine throws', faults: [] });
    expect(failure?.detail).toContain(message);
  });
});

/** Writes 1 alone, then 2 under three names at once, and shows what it finds when it starts. */
function writer({ disk, life }: MachinePlace<number>): Speaker {
  const effects: Say[] = [];
  return {
    effects,
    start() {
      effects.push({ kind: 'output', value: `life ${life}: ${[...disk.entries()].join(' ')}` });
      if (life === 1) effects.push({ kind: 'write', effect: 1, values: { a: 1 } });
    },
    completed(_now, effect) {
      if (effect === 1) effects.push({ kind: 'write', effect: 2, values: { a: 2, b: 2, c: 2 } });
    },
  };
}

/** What the second life finds. Writes are counted from after the start, so that the first is the second. */
function found(fault: Fault, seed = 'disk'): string {
  let second = '';
  const { report } = simulateMachines({
    nodes: { node: writer },
    seed,
    faults: [fault],
    atEnd: {
      remembered: ({ outputs }) => {
        second = outputs[1]?.value ?? '';
        return true;
      },
    },
  });
  expect(report).toContain('PASSED');
  return second;
}

describe('a disk', () => {
  const at = { at: 0, kind: 'crash-at-write', target: 'node', until: 1_000_000, down: 1 } as const;
  const crash = { at: 1_000_000, kind: 'crash', target: 'node', until: 2_000_000 } as const;

  test('keeps what was answered', () => {
    expect(found({ ...at, write: 1, when: 'before' })).toBe('life 2: a,1');
    expect(found({ ...at, write: 1, when: 'after' })).toBe('life 2: a,2 b,2 c,2');
    expect(found({ ...crash, disk: 'unsynced-lost' })).toBe('life 2: a,2 b,2 c,2');
  });

  test('has the first values of a write that is torn, and never the last', () => {
    const seeds = Array.from({ length: 20 }, (_, i) => `torn ${i}`);
    const ends = new Set(seeds.map((seed) => found({ ...at, write: 1, when: 'torn' }, seed)));
    expect(ends).toEqual(new Set(['life 2: a,1', 'life 2: a,2', 'life 2: a,2 b,2']));
  });

  test('forgets what was under way, or everything', () => {
    const early = { ...crash, at: 1, until: 1_000 };
    expect(found({ ...early, disk: 'unsynced-lost' })).toBe('life 2: ');
    expect(found({ ...crash, disk: 'wiped' })).toBe('life 2: ');
  });
});
