/**
 * Copies of the simulator into which something leaks that no seed decides: a clock, a random number,
 * the machine it runs on, what ran before. Each is a mistake that one line makes, and none of them
 * breaks a promise of the protocol, so that no checker ever sees it; two runs of one schedule do.
 */
import type { Mutant } from '../build-mutant.ts';

export interface Leak extends Mutant {
  /** The event at which two runs part, as far as it is the same each time. */
  readonly partsAt: RegExp;
  /** For what is the same as long as a process lives: the surroundings of two processes. */
  readonly surroundings?: readonly [Surroundings, Surroundings];
}

type Surroundings = Readonly<Record<string, string>>;

const HEARTBEATS = 'core/src/protocol/replica/membership.ts';
const PLACING = 'core/src/protocol/primary/placing.ts';
const BEAT = 'setTimer(state, HEARTBEAT_TIMER, heartbeat);';
/** The first of them is set when a replica starts. */
const TIMER = /^(replica-\d+) (started|timer)/;

/** So many microseconds are added to the time until the next heartbeat. */
function lateBy(rule: string, microseconds: string, partsAt: RegExp = TIMER): Leak {
  return {
    rule,
    partsAt,
    edits: [
      { file: HEARTBEATS, anchor: BEAT, replacement: BEAT.replace(');', ` + ${microseconds});`) },
    ],
  };
}

/** The same with something that lives as long as the module. */
function lateByState(rule: string, state: string, microseconds: string): Leak {
  const leak = lateBy(rule, microseconds);
  const anchor = 'export function onHeartbeatTimer(';
  return {
    ...leak,
    edits: [...leak.edits, { file: HEARTBEATS, anchor, replacement: `${state}\n${anchor}` }],
  };
}

/** Which task is placed next follows an order that schedules share. */
function placedInOrderOf(rule: string, state: string, first: string, again: string): Leak {
  return {
    rule,
    partsAt: /^(primary|replica-\d+) /,
    edits: [
      {
        file: PLACING,
        anchor: '    const task = queue.shift();\n    if (task === undefined) return undefined;',
        replacement: `    const tasks: Task[] = [];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) tasks.push(next);
    const nameOf = (task) => task.kind + task.index;
    const place = (name) => ${first};
    tasks.sort((a, b) => place(nameOf(a)) - place(nameOf(b)));
    const task = tasks.shift();
    for (const rest of tasks) queue.push(rest);
    if (task === undefined) return undefined;
    const name = nameOf(task);
    ${again}`,
      },
      { file: PLACING, anchor: 'function takeFrom(', replacement: `${state}\nfunction takeFrom(` },
    ],
  };
}

export const LEAKS: readonly Leak[] = [
  lateBy('Time is an input: Date', '(Date.now() % 1000)'),
  lateBy(
    'Time is an input: the performance clock',
    '(Math.floor(performance.now() * 1000) % 1000)',
  ),
  lateBy('Every draw has a key: Math.random', 'Math.floor(Math.random() * 1000)'),
  lateBy('Nothing depends on memory', '(process.memoryUsage().heapUsed % 1000)'),
  lateByState('Schedules share no state', 'let beats = 0;', '(++beats % 1000)'),
  lateByState(
    'No await below the hosts',
    'let turns = 0;\nconst turn = async () => {\n  await null;\n  turns++;\n};',
    '(void turn(), turns)',
  ),
  placedInOrderOf(
    'No order is that of who came first: a Map',
    'const arrived = new Map();',
    '[...arrived.keys()].indexOf(name)',
    'arrived.delete(name);\n    arrived.set(name, true);',
  ),
  placedInOrderOf(
    'No order is that of who came first: a Set',
    'const arrived = new Set();',
    '[...arrived].indexOf(name)',
    'arrived.delete(name);\n    arrived.add(name);',
  ),
  placedInOrderOf(
    'No order is that of the keys of an object',
    'const arrived = {};',
    'Object.keys(arrived).indexOf(name)',
    'delete arrived[name];\n    arrived[name] = true;',
  ),
  {
    ...lateBy('Nothing depends on the environment', 'Object.keys(process.env).length'),
    surroundings: [{}, { LISPING_LEAK: 'yes' }],
  },
  {
    ...lateBy('Nothing depends on the process', '(process.pid % 1000)'),
    surroundings: [{}, {}],
  },
  {
    ...lateBy('Nothing depends on the time zone', '(new Date(0).getTimezoneOffset() + 1000)'),
    surroundings: [{ TZ: 'UTC' }, { TZ: 'Asia/Kolkata' }],
  },
  {
    rule: 'Order is that of bytes, not of a language',
    partsAt: /^replica-\d+ executed (map|reduce)-\d+/,
    edits: [
      {
        file: 'core/src/execute/counters.ts',
        anchor: '.sort((a, b) => (a < b ? -1 : 1))',
        replacement: '.sort((a, b) => a.localeCompare(b))',
      },
    ],
    // In Swedish ä comes after z.
    surroundings: [{ LC_ALL: 'en_US.UTF-8' }, { LC_ALL: 'sv_SE.UTF-8' }],
  },
];
