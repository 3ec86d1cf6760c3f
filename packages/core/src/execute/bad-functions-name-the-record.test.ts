// Whatever a user's function does wrong is one clear error that names the record, and it cannot be
// swallowed by the user's own catch.
import { describe, expect, test } from 'vitest';
import { runMap, runRecords, settingOf } from '../../testing/run-records.ts';
import { int } from '../codec/int.ts';
import { max } from '../fold/extremes.ts';
import { sum } from '../fold/sum.ts';
import type { Emit, MapFunction } from '../job/functions.ts';
import { job } from '../job/job.ts';
import { createMapTask } from './map-task.ts';

const RECORD = { input: 'in.txt', offset: 10, text: 'bad' };

/** Runs `map` over a good record and a bad one. */
function mapping(map: MapFunction<string, never, never>, more: object = {}): () => unknown {
  const definition = { map, reduce() {}, ...more };
  return () => runMap((job as (d: unknown) => ReturnType<typeof job>)(definition), ['good', 'bad']);
}

const onBad =
  (act: (emit: Emit<unknown, unknown>) => unknown) =>
  (record: unknown, emit: unknown): unknown =>
    record === 'bad' ? act(emit as Emit<unknown, unknown>) : undefined;

describe('map', () => {
  test.each<[string, unknown, object, string, RegExp]>([
    [
      'throws',
      onBad(() => {
        throw new TypeError('oops');
      }),
      {},
      'LISPING_E_MAP_THREW',
      /map threw TypeError: oops/,
    ],
    [
      'throws a string',
      onBad(() => {
        throw 'oops';
      }),
      {},
      'LISPING_E_MAP_THREW',
      /map threw "oops"/,
    ], // oxlint-disable-line no-throw-literal
    ['returns a promise', onBad(() => Promise.resolve()), {}, 'LISPING_E_ASYNC', /a Promise/],
    ['emits NaN', onBad((emit) => emit('k', NaN)), {}, 'LISPING_E_VALUE', /a value is NaN/],
    [
      'emits a Date',
      onBad((emit) => emit('k', new Date(0))),
      {},
      'LISPING_E_VALUE',
      /a value is a Date/,
    ],
    ['emits a number as a key', onBad((emit) => emit(5, 1)), {}, 'LISPING_E_KEY', /a key is 5/],
    [
      'emits no key',
      onBad((emit) => emit(undefined, 1)),
      {},
      'LISPING_E_KEY',
      /a key is undefined/,
    ],
    [
      'emits a fraction into sum',
      onBad((emit) => emit('k', 0.5)),
      { combine: sum },
      'LISPING_E_SUM_FRACTION',
      /0\.5/,
    ],
    [
      'emits NaN into sum',
      onBad((emit) => emit('k', NaN)),
      { combine: sum },
      'LISPING_E_VALUE',
      /NaN/,
    ],
    [
      'emits a string into max',
      onBad((emit) => emit('k', 'x')),
      { combine: max },
      'LISPING_E_VALUE',
      /"x"/,
    ],
    [
      'emits a number key into sum',
      onBad((emit) => emit(5, 1)),
      { combine: sum },
      'LISPING_E_KEY',
      /a key is 5/,
    ],
    [
      'emits half a pair',
      onBad((emit) => emit('\ud800', 1)),
      { combine: sum },
      'LISPING_E_KEY',
      /lone surrogate/,
    ],
    [
      'emits a fraction to int()',
      onBad((emit) => emit(0.5, 1)),
      { key: int() },
      'LISPING_E_KEY',
      /0\.5/,
    ],
  ])('that %s', (_what, map, more, code, message) => {
    const record = RECORD;
    const error = { code, message: expect.stringMatching(message), record };
    expect(mapping(map as never, more)).toThrow(expect.objectContaining(error));
  });

  test('that swallows the error of emit fails all the same', () => {
    const swallowing = onBad((emit) => {
      try {
        emit('k', NaN);
      } catch {
        // a user's own carelessness
      }
    });
    expect(mapping(swallowing as never)).toThrow(
      expect.objectContaining({ code: 'LISPING_E_VALUE', record: RECORD }),
    );
  });

  test('keeps the cause, so that a host can find the line', () => {
    const cause = new Error('oops');
    const throwing = onBad(() => {
      throw cause;
    });
    expect(mapping(throwing as never)).toThrow(expect.objectContaining({ cause }));
  });

  test('an accumulator that cannot be encoded names its key and where the key came from', () => {
    const combine = { start: () => 0, add: () => NaN, merge: () => NaN };
    const failing = job({
      map(line, emit) {
        if (line !== 'fine') emit(line, 1);
      },
      combine,
      reduce() {},
    });
    expect(() => runMap(failing, ['fine', 'key', 'fine'])).toThrow(
      expect.objectContaining({
        code: 'LISPING_E_VALUE',
        record: { input: 'in.txt', offset: 10, text: 'key' },
      }),
    );
  });
});

describe('emit after the function returned, as a timer would call it', () => {
  const late = expect.objectContaining({
    code: 'LISPING_E_ASYNC',
    message: expect.stringMatching(/had returned/),
  });

  test('in map: refused, and the task fails even if nobody hears it', () => {
    let kept: Emit<string, unknown> | undefined;
    const one = job({
      map(_line, emit) {
        kept = emit;
      },
      reduce() {},
    });
    const task = createMapTask({ ...settingOf(one), task: 0, file: 'in.txt' });
    task.record('x', 0);
    expect(() => kept!('k', 1)).toThrow(late);
    expect(() => task.finish()).toThrow(late);
  });

  test('in reduce', () => {
    const kept: Emit<unknown, unknown>[] = [];
    const one = job({
      map(line, emit) {
        emit(line, 1);
      },
      reduce(_key, _values, emit) {
        kept.push(emit);
      },
    });
    runRecords(one, [['x']]);
    expect(() => kept[0]!('k', 1)).toThrow(late);
  });
});

describe('partition', () => {
  test.each([NaN, 1.5, -1, 4, '1', undefined, null, Infinity])(
    'that returns %s of 4',
    (returned) => {
      const one = job({
        map(line, emit) {
          emit(line, 1);
        },
        partition: (key) => (key === 'bad' ? (returned as number) : 0),
        reduce() {},
      });
      expect(() => runMap(one, ['good', 'bad'], { reduces: 4 })).toThrow(
        expect.objectContaining({ code: 'LISPING_E_PARTITION', record: RECORD }),
      );
    },
  );

  test('is held to its contract under one reduce task as well, and may throw', () => {
    const one = (partition: () => number): (() => unknown) => {
      const bad = job({
        map: (line: string, emit) => emit(line, 1),
        combine: sum,
        partition,
        reduce() {},
      });
      return () => runMap(bad, ['bad']);
    };
    expect(one(() => 1)).toThrow(/partition returned 1 of 1 for the key "bad"/);
    expect(
      one(() => {
        throw new Error('x');
      }),
    ).toThrow(expect.objectContaining({ code: 'LISPING_E_PARTITION_THREW' }));
  });
});

describe('combine', () => {
  const combining = (
    combine: (key: string, values: Iterable<number>, emit: Emit<string, number>) => void,
  ) => {
    const one = job({
      map(line, emit: Emit<string, number>) {
        emit(line, 1);
      },
      combine: (key, values, emit) => combine(key, values, emit),
      reduce() {},
    });
    return () => runMap(one, ['good', 'bad']);
  };

  test('that emits another key', () => {
    expect(combining((key, _values, emit) => emit(`${key}!`, 1))).toThrow(
      expect.objectContaining({
        code: 'LISPING_E_COMBINE_KEY',
        record: { input: 'map-0', offset: 0, text: 'bad' },
      }),
    );
  });

  test('that throws', () => {
    expect(
      combining(() => {
        throw new Error('no');
      }),
    ).toThrow(expect.objectContaining({ code: 'LISPING_E_COMBINE_THREW' }));
  });

  test('that reads the values twice', () => {
    expect(combining((_key, values) => [...values, ...values])).toThrow(
      expect.objectContaining({ code: 'LISPING_E_VALUES_TWICE' }),
    );
  });
});

test('a fold called in reduce says what it met', () => {
  const one = job({
    map(line, emit: Emit<string, number>) {
      emit(line, 0.5);
    },
    reduce(key, values, emit) {
      emit(key, sum(values));
    },
  });
  expect(() => runRecords(one, [['x']])).toThrow(
    expect.objectContaining({
      code: 'LISPING_E_SUM_FRACTION',
      message: expect.stringMatching(/^reduce met 0\.5/),
    }),
  );
});

test('a message that quotes a huge record is cut', () => {
  const huge = 'x'.repeat(100_000);
  const thrown = mapping((line) => {
    throw new Error(line + huge);
  });
  let message = '';
  try {
    thrown();
  } catch (error) {
    message = String(error);
  }
  expect(message.length).toBeLessThan(1200);
});

test('reduce that throws names the key and the number of its group', () => {
  const one = job({
    map(line, emit) {
      emit(line, 1);
    },
    reduce(key) {
      if (key === 'good') throw new RangeError('no');
    },
  });
  expect(() => runRecords(one, [['bad', 'good']])).toThrow(
    expect.objectContaining({
      code: 'LISPING_E_REDUCE_THREW',
      message: 'reduce threw RangeError: no',
      record: { input: 'reduce-0', offset: 1, text: 'good' },
    }),
  );
});

test('reduce that swallows the error of emit fails all the same', () => {
  const one = job({
    map(line, emit) {
      emit(line, 1);
    },
    reduce(key, _values, emit) {
      try {
        emit(key, NaN);
      } catch {
        // a user's own carelessness
      }
    },
  });
  expect(() => runRecords(one, [['x']])).toThrow(
    expect.objectContaining({
      code: 'LISPING_E_VALUE',
      record: expect.objectContaining({ text: 'x' }),
    }),
  );
});

test('a long record is shortened in the error', () => {
  const one = job({
    map() {
      throw new Error('no');
    },
  });
  let length = 0;
  try {
    runMap(one, ['x'.repeat(5000)]);
  } catch (error) {
    length = (error as { record: { text: string } }).record.text.length;
  }
  expect(length).toBe(200);
});
