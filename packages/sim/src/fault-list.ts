/**
 * Fault schedules that come from outside: a file, a replay id. Every entry is checked, and the first
 * that makes no sense is named.
 */
import { LispingError, nearestName } from '@lisping/core';
import { FAULT_KINDS } from './fault.ts';
import type { Fault, FaultKind } from './fault.ts';
import { problemOfTarget } from './fault-target.ts';

type Fields = Readonly<Record<string, unknown>>;
type Fail = (what: string) => never;
/** Checks the field of that name. */
type Rule = (fields: Fields, name: string, fail: Fail) => void;

/** The longest that anything may be: more than a hundred days, and sums of a thousand stay exact. */
const LONGEST = 2 ** 53 / 1024;
/** Everything waits for the next multiple: of hours, a run would be told to have no end. */
const GRAIN_MAX = 1_000_000;
/** Further apart than the protocol's clocks may run: what would be shown by it is no fault of the protocol. */
const DRIFT_MAX = 250;

const until: Rule = (fields, name, fail) => {
  const at = whole(fields, 'at', fail);
  if (whole(fields, name, fail) <= at) fail(`${name} is not after at (${at})`);
};
const anyNumber: Rule = (fields, name, fail) => void whole(fields, name, fail);
const fromOne: Rule = (fields, name, fail) => {
  if (whole(fields, name, fail) < 1) fail(`${name} is at least 1`);
};
const grain: Rule = (fields, name, fail) => {
  fromOne(fields, name, fail);
  if (whole(fields, name, fail) > GRAIN_MAX) fail(`${name} is at most ${GRAIN_MAX}, a second`);
};
const perMille: Rule = (fields, name, fail) => {
  if (whole(fields, name, fail) > 1000) fail(`${name} is at most 1000`);
};
const signed: Rule = (fields, name, fail) => void integer(fields, name, fail);
const drift: Rule = (fields, name, fail) => {
  if (Math.abs(integer(fields, name, fail)) > DRIFT_MAX) {
    fail(`${name} is between -${DRIFT_MAX} and ${DRIFT_MAX}, so that two clocks stay in the bound`);
  }
};

function orNull(rule: Rule): Rule {
  return (fields, name, fail) => {
    if (fields[name] !== null) rule(fields, name, fail);
  };
}

function orAbsent(rule: Rule): Rule {
  return (fields, name, fail) => {
    if (name in fields) rule(fields, name, fail);
  };
}

function oneOf(...words: readonly string[]): Rule {
  return (fields, name, fail) => {
    const value = fields[name];
    if (typeof value === 'string' && words.includes(value)) return;
    const near = typeof value === 'string' ? hint(value, words) : '';
    fail(`${name} is ${listed(words)}, not ${JSON.stringify(value) ?? 'missing'}${near}`);
  };
}

const packet = orAbsent(fromOne);

const taskName: Rule = (fields, name, fail) => {
  const value = fields[name];
  if (typeof value === 'string' && /^(\*|(map|reduce)-(0|[1-9]\d{0,8}))$/.test(value)) return;
  fail(`${name} is map-3, reduce-0 or the like, or *, not ${JSON.stringify(value) ?? 'missing'}`);
};

/** Which fields a kind has beside `at`, `kind` and `target`. */
const FIELDS: Readonly<Record<FaultKind, Readonly<Record<string, Rule>>>> = {
  crash: { disk: oneOf('kept', 'wiped', 'unsynced-lost', 'torn'), until: orNull(until) },
  'crash-at-write': {
    until,
    write: fromOne,
    when: oneOf('before', 'torn', 'after'),
    down: orNull(fromOne),
  },
  pause: { until },
  slow: { until, factor: fromOne },
  clock: { until, offset: signed, drift },
  cut: { until },
  loss: { until, perMille, packet },
  duplication: { until, perMille, packet, by: orAbsent(anyNumber) },
  delay: { until, by: anyNumber, perMille, packet },
  reorder: { until, by: fromOne },
  hold: { until },
  successor: {},
  damage: { partition: anyNumber },
  'disk-full': { until },
  'disk-slow': { until, factor: fromOne },
  'journal-slow': { until, by: anyNumber },
  'journal-cut': { until },
  'journal-full': { until },
  'store-full': { until },
  'store-slow': { until, by: anyNumber },
  tie: { until, grain, prefer: oneOf('last', 'shuffled') },
  task: {
    until,
    task: taskName,
    effect: oneOf('throws', 'hangs', 'killed'),
    record: orNull(anyNumber),
  },
  cancel: { job: orAbsent(anyNumber) },
};

/**
 * The schedule that a parsed JSON value holds, in order of time.
 *
 * @throws LISPING_E_FAULTS_FILE, naming the entry.
 */
export function parseFaults(json: unknown, replicas: number): Fault[] {
  return parseFaultsFor(json, (kind, target, wiped) =>
    problemOfTarget(kind, target, replicas, wiped),
  );
}

/** Why a fault of the kind cannot strike what the text names, or null when it can. */
export type ProblemOf = (kind: FaultKind, target: string, wiped: boolean) => string | null;

/** The same for a world in which other things can be struck. */
export function parseFaultsFor(json: unknown, problemOf: ProblemOf): Fault[] {
  if (!Array.isArray(json)) throw refused('a fault schedule is a JSON array of records');
  const entries: readonly unknown[] = json;
  const faults = entries.map((entry, place) => parseFault(entry, place, problemOf));
  return faults.sort((a, b) => a.at - b.at);
}

function parseFault(entry: unknown, place: number, problemOf: ProblemOf): Fault {
  const fail = (what: string): never => {
    throw refused(`fault ${place}: ${what}`);
  };
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return fail('is no record');
  }
  const fields: Fields = { ...entry };
  const kind = kindOf(fields, fail);
  const rules = Object.entries(FIELDS[kind]).filter(([name]) => isNeeded(fields, kind, name));
  const known = ['at', 'kind', 'target', ...rules.map(([name]) => name)];
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) fail(`${kind} has no ${JSON.stringify(name)}${hint(name, known)}`);
  }
  whole(fields, 'at', fail);
  checkTarget(fields, kind, problemOf, fail);
  for (const [name, rule] of rules) rule(fields, name, fail);
  return fields as unknown as Fault; // every field of the kind has just been checked
}

/** Only who is killed is killed in a record. */
function isNeeded(fields: Fields, kind: FaultKind, name: string): boolean {
  return kind !== 'task' || name !== 'record' || fields['effect'] === 'killed';
}

function kindOf(fields: Fields, fail: Fail): FaultKind {
  const { kind } = fields;
  if (typeof kind !== 'string') return fail('has no kind');
  const known = FAULT_KINDS.find((candidate) => candidate === kind);
  return known ?? fail(`unknown kind ${JSON.stringify(kind)}${hint(kind, FAULT_KINDS)}`);
}

function hint(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function integer(fields: Fields, name: string, fail: Fail): number {
  const value = fields[name];
  if (typeof value !== 'number') return fail(`${name} is missing or no number`);
  if (!Number.isSafeInteger(value)) return fail(`${name} is ${value}, not a whole number`);
  return Math.abs(value) > LONGEST ? fail(`${name} is too large: ${value}`) : value;
}

function whole(fields: Fields, name: string, fail: Fail): number {
  const value = integer(fields, name, fail);
  return value < 0 ? fail(`${name} is negative: ${value}`) : value;
}

function checkTarget(fields: Fields, kind: FaultKind, problemOf: ProblemOf, fail: Fail): void {
  const { target, disk } = fields;
  if (typeof target !== 'string') return void fail('has no target');
  const problem = problemOf(kind, target, disk === 'wiped');
  if (problem !== null) fail(problem);
}

function listed(words: readonly string[]): string {
  const quoted = words.map((word) => JSON.stringify(word));
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function refused(message: string): LispingError {
  return new LispingError('LISPING_E_FAULTS_FILE', message);
}
