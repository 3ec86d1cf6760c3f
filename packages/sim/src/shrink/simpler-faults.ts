/**
 * Simpler forms of one fault record. What is simple is what people find easy to say: round times,
 * short durations, whole probabilities, the first replicas. The simplifier knows no kinds, only the
 * names of fields, and lets the reader of fault files say whether a record makes sense.
 */
import type { Fault } from '../fault.ts';
import { parseFaults } from '../fault-list.ts';

type Fields = Readonly<Record<string, unknown>>;

/** From coarse to fine, in microseconds. */
const UNITS = [10_000_000, 5_000_000, 1_000_000, 500_000, 100_000, 10_000, 1_000, 100];
/** Times that are as simple as any, and short. */
const PLAIN = [1_000_000, 2_000_000, 5_000_000, 10_000_000];

/** A record as a fault, or null when it makes no sense where it is to strike. */
export type Valid = (fields: Fields) => Fault | null;

/** Simpler versions of the fault that are valid, the simplest first. */
export function simplerFaults(fault: Fault, valid: Valid): Fault[] {
  const now = burden(fault);
  const simpler: Fault[] = [];
  for (const fields of candidates({ ...fault })) {
    const made = valid(fields);
    if (made !== null && isLess(burden(made), now)) simpler.push(made);
  }
  return simpler;
}

/** The record as a fault; null when it makes no sense. */
export function validFault(fields: Fields, replicas: number): Fault | null {
  try {
    const [fault] = parseFaults([fields], replicas);
    return fault ?? null;
  } catch {
    return null;
  }
}

function* candidates(fields: Fields): Iterable<Fields> {
  const { at, until, target, disk } = fields;
  if (disk !== undefined && disk !== 'kept') yield { ...fields, disk: 'kept' };
  if (typeof target === 'string') {
    for (const simpler of simplerTargets(target)) yield { ...fields, target: simpler };
  }
  if (typeof at === 'number' && typeof until === 'number') {
    for (const time of simpler(at)) yield { ...fields, at: time, until: until + time - at };
    for (const lasting of simpler(until - at)) yield { ...fields, until: at + lasting };
    for (const time of simpler(at)) yield { ...fields, at: time };
  } else if (typeof at === 'number') {
    for (const time of simpler(at)) yield { ...fields, at: time };
  }
  for (const [name, best] of Object.entries(SIMPLEST)) {
    const value = fields[name];
    if (typeof value !== 'number' || value === best) continue;
    yield { ...fields, [name]: best };
    for (const number of simpler(value)) yield { ...fields, [name]: number };
  }
}

/** What each number is when it says least. */
const SIMPLEST: Readonly<Record<string, number>> = {
  perMille: 1000,
  factor: 10,
  by: 1_000_000,
  down: 1_000_000,
  partition: 0,
  write: 1,
  offset: 0,
  drift: 0,
};

/** Numbers near this one with fewer digits, and short times. */
function simpler(value: number): number[] {
  const near = UNITS.flatMap((unit) => {
    const below = Math.floor(value / unit) * unit;
    return [below, below + unit];
  });
  return [...new Set([...PLAIN.filter((time) => time < value), ...near])];
}

/** How much there is to say about a fault: first digits and words, then how late and long it is. */
function burden(fault: Fault): readonly [words: number, length: number] {
  const { at } = fault;
  const lasting = 'until' in fault && fault.until !== null ? fault.until - at : 0;
  let words = digitsOf(at) + digitsOf(lasting);
  for (const [name, value] of Object.entries(fault)) {
    if (name === 'at' || name === 'until') continue;
    if (typeof value === 'number' && value !== SIMPLEST[name]) words += 1 + digitsOf(value);
    if (name === 'disk' && value !== 'kept') words += 2;
    if (name === 'target') words += String(value).includes('<->') ? 1 : 0;
  }
  return [words, at + lasting];
}

function isLess(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

/** How many digits one has to say. */
function digitsOf(value: number): number {
  return String(Math.abs(value)).replace(/0+$/, '').length;
}

/** One direction instead of two. */
function* simplerTargets(target: string): Iterable<string> {
  const [one, other, more] = target.split('<->');
  if (one === undefined || other === undefined || more !== undefined) return;
  yield `${one}->${other}`;
  yield `${other}->${one}`;
}
