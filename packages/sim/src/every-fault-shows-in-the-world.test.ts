// Each kind of fault does in the world what its record says, and the job ends as it must.
import type { Microseconds } from '@lisping/core';
import { describe, expect, test } from 'vitest';
import { replicaIndex, replicaNode } from './address.ts';
import { Output } from './disk.ts';
import { FAULT_KINDS } from './fault.ts';
import type { Fault } from './fault.ts';
import type { Observer, WorldView } from './observe.ts';
import { referenceWorkload } from './reference/workload.ts';
import { simulate } from './simulate.ts';
import type { SimulationResult } from './simulate.ts';
import { swarmFaults } from './swarm.ts';

const reference = referenceWorkload();
const MAPS = 6;
const FOREVER = 600_000_000;

function run(faults: readonly Fault[], observer: Observer = {}): SimulationResult {
  return simulate({
    ...reference,
    inputs: reference.inputs.map(({ path, bytes }) => ({
      path,
      bytes: bytes.subarray(0, MAPS * 1000),
    })),
    reduces: 2,
    jobName: 'word-count',
    replicas: 4,
    slots: 2,
    failRate: 0,
    seed: 'shows',
    schedules: 1,
    keepGoing: false,
    faults,
    parameters: {},
    memo: true,
    observe: () => [observer],
  });
}

function passed(result: SimulationResult): SimulationResult {
  expect(result.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(result.verdict).toBe('passed');
  return result;
}

/** The replica that stores the first output when nothing fails. */
function firstMapper(): number {
  let first = -1;
  run([], {
    executed: (_now, node, { kind }) => {
      if (first < 0 && kind === 'map') first = replicaIndex(node);
    },
  });
  expect(first).toBeGreaterThanOrEqual(0);
  return first;
}

const MAPPER = firstMapper();

/** The outputs on the disk of a replica when it is back in its second life, and the damaged ones. */
function diskAfter(fault: Fault): { held: number; torn: number } {
  let world: WorldView | null = null;
  const found = { held: -1, torn: 0 };
  passed(
    run([fault], {
      begin: (view) => void (world = view),
      processStarted(_now, node, life) {
        if (node !== replicaNode(MAPPER) || life !== 2 || world === null) return;
        const held = world.replica(MAPPER).held;
        found.held = held.length;
        found.torn = held.filter(
          (output) => output instanceof Output && output.damaged !== null,
        ).length;
      },
    }),
  );
  return found;
}

describe('a crash at the k-th durable write', () => {
  const trap = {
    at: 0,
    kind: 'crash-at-write',
    until: FOREVER,
    write: 1,
    down: 2_000_000,
  } as const;

  test('of a replica leaves nothing, a torn output, or a whole one', () => {
    const target = `replica-${MAPPER}`;
    expect(diskAfter({ ...trap, target, when: 'before' })).toEqual({ held: 0, torn: 0 });
    expect(diskAfter({ ...trap, target, when: 'torn' })).toEqual({ held: 1, torn: 1 });
    expect(diskAfter({ ...trap, target, when: 'after' })).toEqual({ held: 1, torn: 0 });
  });

  test.each(['before', 'torn', 'after'] as const)('of the primary, %s: its 3rd', (when) => {
    const durable: number[] = [];
    let crashedAt: Microseconds = 0;
    const result = run([{ ...trap, target: 'primary', write: 3, when }], {
      journalCreated: (now) => void durable.push(now),
      journalDurable: (now) => void durable.push(now),
      processStopped: (now) => void (crashedAt ||= now),
    });
    passed(result);
    expect(result.faults).toEqual({ 'crash-at-write': 1 });
    const before = durable.filter((at) => at <= crashedAt).length;
    expect(before).toBe(when === 'after' ? 3 : 2);
  });

  test('that never comes is no fault that struck', () => {
    const result = run([{ ...trap, target: 'replica-0', write: 1000, when: 'after' }]);
    expect(passed(result)).toMatchObject({ faults: {}, missedFaults: 1 });
  });
});

describe('the journal', () => {
  test.each(['journal-full', 'journal-cut'] as const)('%s ends lives of the primary', (kind) => {
    let resigned = 0;
    const result = run([{ at: 300_000, kind, target: 'primary', until: 9_000_000 }], {
      processStopped: (_now, _node, why) => void (resigned += why === 'resigned' ? 1 : 0),
    });
    passed(result);
    expect(resigned).toBeGreaterThan(0);
  });

  test('slower than a primary waits: what it gave up is done all the same', () => {
    let resignedAt: Microseconds = 0;
    let late = 0;
    const slow = { at: 3_000_000, kind: 'journal-slow', target: 'primary', by: 2_500_000 } as const;
    const result = run([{ ...slow, until: 6_000_000 }], {
      processStopped: (now) => void (resignedAt ||= now),
      // Nobody else can have written by then: a supervisor waits for longer than that.
      journalDurable: (now) =>
        void (late += resignedAt > 0 && now < resignedAt + 1_000_000 ? 1 : 0),
    });
    passed(result);
    expect([resignedAt > 0, late > 0]).toEqual([true, true]);
  });
});

describe('the disk of a replica', () => {
  test('that is full gives its maps to others, and counts no failure', () => {
    let failures = 0;
    let atFull = 0;
    passed(
      run([{ at: 0, kind: 'disk-full', target: `replica-${MAPPER}`, until: FOREVER }], {
        executed: (_now, node, { kind }) =>
          void (atFull += node === replicaNode(MAPPER) && kind === 'map' ? 1 : 0),
        journalDurable: (_now, _node, _epoch, _first, entries) =>
          void (failures += entries.filter(({ kind }) => kind === 'attempt-failed').length),
      }),
    );
    expect([atFull, failures]).toEqual([0, 0]);
  });

  test('that is slow makes a job last longer', () => {
    const slow = [0, 1, 2, 3].map((replica): Fault => ({
      at: 0,
      kind: 'disk-slow',
      target: `replica-${replica}`,
      factor: 100,
      until: 30_000_000,
    }));
    const told = (faults: readonly Fault[]): Microseconds => {
      let at: Microseconds = 0;
      passed(run(faults, { told: (now) => void (at = now) }));
      return at;
    };
    // Storing an output takes a hundred times 50 ms.
    expect(told(slow) - told([])).toBeGreaterThan(4_000_000);
  });
});

describe('the output store', () => {
  test('that is slow does what nobody waits for any more', () => {
    let applied = 0;
    const result = run(
      [{ at: 0, kind: 'store-slow', target: 'store', by: 6_000_000, until: 8_000_000 }],
      { storeApplied: (now) => void (applied += now > 6_000_000 && now < 14_000_000 ? 1 : 0) },
    );
    passed(result);
    expect(applied).toBeGreaterThan(1);
  });
});

describe('clocks', () => {
  test.each([
    ['drift', 0],
    ['jump ahead by a day', 86_400_000_000],
    ['stand still', -5_000_000],
  ])('that %s change the course and not the end', (_what, offset) => {
    const everybody = ['primary', 'client', 'replica-0', 'replica-1'].map((target, i): Fault => ({
      at: 1_000_000 * (i + 1),
      kind: 'clock',
      target,
      offset,
      drift: i % 2 === 0 ? 250 : -250,
      until: 30_000_000,
    }));
    expect(passed(run(everybody)).traceHash).not.toBe(run([]).traceHash);
  });
});

describe('user code', () => {
  const everywhere = { at: 0, kind: 'task', target: '*', until: FOREVER } as const;

  test('that throws everywhere fails the job after four failures of one task', () => {
    let failures = 0;
    const result = run([{ ...everywhere, task: 'map-2', effect: 'throws' }], {
      journalDurable: (_now, _node, _epoch, _first, entries) =>
        void (failures += entries.filter(({ kind }) => kind === 'attempt-failed').length),
    });
    expect(result.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(result.error).toMatchObject({ code: 'LISPING_E_TASK_FAILED' });
    expect(failures).toBe(4);
  });

  test('whose process is killed in one record everywhere fails the job with that record', () => {
    const result = run([{ ...everywhere, task: 'map-2', effect: 'killed', record: 7 }]);
    expect(result.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(result.error).toMatchObject({ code: 'LISPING_E_TASK_DIED', record: { offset: 7 } });
  });

  test('whose process is killed on the two replicas that are left fails the job, too', () => {
    const gone = ['replica-0', 'replica-1'].map((target): Fault => ({
      at: 1_000_000,
      kind: 'crash',
      target,
      disk: 'kept',
      until: null,
    }));
    const kills = { ...everywhere, task: 'map-2', effect: 'killed', record: 7 } as const;
    const result = run([...gone, kills]);
    expect(result.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(result.error).toMatchObject({ code: 'LISPING_E_TASK_DIED', record: { offset: 7 } });
  });

  test.each(['throws', 'hangs', 'killed'] as const)(
    'that %s on one node fails nothing',
    (effect) => {
      const here = { ...everywhere, target: 'replica-1', task: '*' };
      const until = 6_000_000;
      const fault: Fault =
        effect === 'killed' ? { ...here, until, effect, record: null } : { ...here, until, effect };
      passed(run([fault]));
    },
  );
});

describe('links', () => {
  test('what is held arrives when the hold ends, in the order of sending', () => {
    const sent: number[] = [];
    const heard: number[] = [];
    passed(
      run([{ at: 1_500_000, kind: 'hold', target: 'replica-0->primary', until: 5_000_000 }], {
        sent: (now, from, _to, message) => {
          if (from !== replicaNode(0) || message.kind !== 'heartbeat') return;
          if (now > 1_500_000 && now < 5_000_000) sent.push(message.number);
        },
        delivered: (now, _node, from, message) => {
          if (from !== replicaNode(0) || message.kind !== 'heartbeat') return;
          if (now === 5_000_000) heard.push(message.number);
        },
      }),
    );
    expect(heard.length).toBeGreaterThan(2);
    expect(heard).toEqual(sent);
  });

  test('what is reordered overtakes', () => {
    const arrivals: number[] = [];
    passed(
      run(
        [{ at: 0, kind: 'reorder', target: 'replica-0->primary', by: 4_000_000, until: 9_000_000 }],
        {
          delivered: (_now, _node, from, message) => {
            if (from === replicaNode(0) && message.kind === 'heartbeat')
              arrivals.push(message.number);
          },
        },
      ),
    );
    expect(arrivals).not.toEqual(arrivals.toSorted((a, b) => a - b));
  });
});

test.each(['last', 'shuffled'] as const)(
  'ties: events come at whole instants, %s first',
  (prefer) => {
    let odd = 0;
    const tie = {
      at: 0,
      kind: 'tie',
      target: '*',
      grain: 1_000,
      prefer,
      until: 40_000_000,
    } as const;
    passed(run([tie], { delivered: (now) => void (odd += now % 1_000 === 0 ? 0 : 1) }));
    expect(odd).toBe(0);
  },
);

test('the swarm draws every kind, and half of the runs know nothing of a given one', () => {
  const runs = Array.from({ length: 1000 }, (_, i) =>
    swarmFaults(`kinds ${i}`, { replicas: 5, makespan: 20_000_000, maps: 9, reduces: 3 }),
  );
  for (const kind of FAULT_KINDS) {
    const count = runs.filter((faults) => faults.some((fault) => fault.kind === kind)).length;
    expect([kind, count > 15 && count < 500]).toEqual([kind, true]);
  }
  const sizes = runs.map((faults) => faults.length);
  expect(sizes.filter((size) => size <= 2).length).toBeGreaterThan(500);
  expect(Math.max(...sizes)).toBeGreaterThan(15);
});

describe('what a fault is meant for may not be there', () => {
  const pause = { kind: 'pause', target: 'replica-1', at: 0 } as const;

  test('a replica that has not come yet is struck as soon as it has', () => {
    const crash: Fault = { ...pause, kind: 'crash', disk: 'kept', until: 20_000_000 };
    for (const fault of [crash, { ...pause, until: 20_000_000 }] satisfies Fault[]) {
      let struckAt = -1;
      const result = passed(run([fault], { faultApplied: (now) => void (struckAt = now) }));
      expect(struckAt).toBeGreaterThan(0);
      expect(result.faults).toEqual({ [fault.kind]: 1 });
      expect(result.missedFaults).toBe(0);
    }
  });

  test('and not at all when the fault is over by then', () => {
    const result = passed(run([{ ...pause, until: 1 }]));
    expect(result.faults).toEqual({});
    expect(result.missedFaults).toBe(1);
  });

  test('a task that no job has is not struck', () => {
    const task = { at: 0, kind: 'task', target: '*', until: 1_000_000, effect: 'throws' } as const;
    const faults: Fault[] = [
      { ...task, task: `map-${MAPS - 1}` },
      { ...task, task: `map-${MAPS}` },
      { ...task, task: 'reduce-1' },
      { ...task, task: 'reduce-2' },
    ];
    const result = passed(run(faults));
    expect(result.faults).toEqual({ task: 2 });
    expect(result.missedFaults).toBe(2);
  });
});
