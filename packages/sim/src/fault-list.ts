/**
 * Fault schedules that come from outside: a file, a replay id. Every entry is checked, and the first
 * that makes no sense is named.
 */
import { LispingError, nearestName } from '@lisping/core';
import { nodeOfName } from './address.ts';
import { FAULT_KINDS } from './fault.ts';
import type { Fault, FaultKind } from './fault.ts';
import { directionsOf } from './link-target.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Which fields a kind has beside `at`, `kind` and `target`. */
const FIELDS: Readonly<Record<FaultKind, readonly string[]>> = {
  crash: ['disk', 'until'],
  pause: ['until'],
  slow: ['until', 'factor'],
  cut: ['until'],
  loss: ['until', 'perMille', 'packet'],
  duplication: ['until', 'perMille', 'packet', 'by'],
  delay: ['until', 'by', 'perMille', 'packet'],
  successor: [],
  damage: ['partition'],
  cancel: [],
  'store-full': ['until'],
};

/**
 * The schedule that a parsed JSON value holds, in order of time.
 *
 * @throws LISPING_E_FAULTS_FILE, naming the entry.
 */
export function parseFaults(json: unknown, replicas: number): Fault[] {
  if (!Array.isArray(json)) throw refused('a fault schedule is a JSON array of records');
  const entries: readonly unknown[] = json;
  const faults = entries.map((entry, place) => parseFault(entry, place, replicas));
  return faults.sort((a, b) => a.at - b.at);
}

function parseFault(entry: unknown, place: number, replicas: number): Fault {
  const fail = (what: string): never => {
    throw refused(`fault ${place}: ${what}`);
  };
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return fail('is no record');
  }
  const fields: Fields = { ...entry };
  const kind = kindOf(fields, fail);
  const known = ['at', 'kind', 'target', ...FIELDS[kind]];
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) fail(`${kind} has no ${JSON.stringify(name)}${hint(name, known)}`);
  }
  const at = whole(fields, 'at', fail);
  checkTarget(fields, kind, replicas, fail);
  checkEnd(fields, kind, at, fail);
  if ('perMille' in fields || FIELDS[kind].includes('perMille')) {
    if (whole(fields, 'perMille', fail) > 1000) fail('perMille is at most 1000');
  }
  if (kind === 'delay' || 'by' in fields) whole(fields, 'by', fail);
  if ('packet' in fields && whole(fields, 'packet', fail) < 1) fail('packet is at least 1');
  if (kind === 'damage') whole(fields, 'partition', fail);
  if (kind === 'slow' && whole(fields, 'factor', fail) < 1) fail('factor is at least 1');
  return fields as unknown as Fault; // every field of the kind has just been checked
}

function kindOf(fields: Fields, fail: (what: string) => never): FaultKind {
  const { kind } = fields;
  if (typeof kind !== 'string') return fail('has no kind');
  const known = FAULT_KINDS.find((candidate) => candidate === kind);
  return known ?? fail(`unknown kind ${JSON.stringify(kind)}${hint(kind, FAULT_KINDS)}`);
}

function hint(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function whole(fields: Fields, name: string, fail: (what: string) => never): number {
  const value = fields[name];
  if (typeof value !== 'number') return fail(`${name} is missing or no number`);
  if (!Number.isSafeInteger(value)) return fail(`${name} is ${value}, not a whole number`);
  return value < 0 ? fail(`${name} is negative: ${value}`) : value;
}

function checkEnd(
  fields: Fields,
  kind: FaultKind,
  at: number,
  fail: (what: string) => never,
): void {
  if (!FIELDS[kind].includes('until')) return;
  if (kind === 'crash' && fields['until'] === null) return;
  if (whole(fields, 'until', fail) <= at) fail(`until is not after at (${at})`);
}

function checkTarget(
  fields: Fields,
  kind: FaultKind,
  replicas: number,
  fail: (what: string) => never,
): void {
  const { target, disk } = fields;
  if (typeof target !== 'string') return void fail('has no target');
  const named = JSON.stringify(target);
  switch (kind) {
    case 'cut':
    case 'loss':
    case 'duplication':
    case 'delay':
      if (directionsOf(target, replicas) === null) {
        fail(
          `target ${named} is no link between two nodes that are there; write a->b, a<->b or a->*`,
        );
      }
      return;
    case 'successor':
      if (target !== 'successor') fail(`the target of a successor is "successor", not ${named}`);
      return;
    case 'cancel':
      if (target !== 'client') fail(`the target of a cancel is "client", not ${named}`);
      return;
    case 'store-full':
      if (target !== 'store') fail(`the target of store-full is "store", not ${named}`);
      return;
    case 'crash':
      if (disk !== 'kept' && disk !== 'wiped') fail('disk is "kept" or "wiped"');
      if (target === 'store') fail('the store does not crash; pause it or cut it off');
      if (disk === 'wiped' && !target.startsWith('replica-')) {
        fail(`the disk of ${named} is outside the promise; only replicas lose theirs`);
      }
      break;
    case 'slow':
    case 'damage':
      if (!target.startsWith('replica-')) fail(`the target of ${kind} is a replica, not ${named}`);
      break;
    case 'pause':
      break;
  }
  if (nodeOfName(target, replicas) === null) {
    fail(
      `target ${named} is not there; nodes are client, store, primary, successor and replica-0 to replica-${replicas - 1}`,
    );
  }
}

function refused(message: string): LispingError {
  return new LispingError('LISPING_E_FAULTS_FILE', message);
}
