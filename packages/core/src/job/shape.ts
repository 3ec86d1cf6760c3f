// What can be checked when a job is loaded, before a byte is read.
import type { Codec } from '../codec/codec.ts';
import { describe } from '../errors/describe.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { LispingError } from '../errors/lisping-error.ts';
import { nearestName } from '../errors/nearest.ts';
import { isFold, type FoldDefinition } from '../fold/fold.ts';
import type { InputFormat } from '../input/format.ts';
import type { Result } from './any-job.ts';
import type {
  CombineFunction,
  MapFunction,
  PartitionFunction,
  ReduceFunction,
} from './functions.ts';

/** A definition after the check, with its types erased. */
export interface LooseDefinition {
  readonly name?: string;
  readonly map: MapFunction<unknown, unknown, unknown>;
  readonly combine?: FoldDefinition<unknown, unknown> | CombineFunction<unknown, unknown>;
  readonly reduce?: ReduceFunction<unknown, unknown>;
  readonly partition?: PartitionFunction<unknown>;
  readonly key?: Codec<unknown>;
  readonly value?: Codec<unknown>;
  readonly output?: Codec<unknown>;
  readonly reduces?: number;
  readonly input?: InputFormat<unknown>;
  readonly source?: Iterable<unknown> | (() => Iterable<unknown>);
  readonly final?: (results: Iterable<Result>) => void;
  readonly sortValues?: boolean;
}

type Check = (value: unknown) => string | undefined; // what is wrong, if anything

const NAME = /^[^\p{Cc}\p{Cs}]{1,200}$/u;
const REDUCES_MAX = 100_000; // the names of parts have five digits

const PROPERTIES: Readonly<Record<keyof LooseDefinition, Check>> = {
  name: (value) =>
    typeof value === 'string' && NAME.test(value)
      ? undefined
      : 'must be 1 to 200 characters without line breaks',
  map: synchronous,
  combine: () => undefined, // has a code of its own
  reduce: synchronous,
  partition: synchronous,
  key: codec,
  value: codec,
  output: codec,
  reduces: (value) =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= REDUCES_MAX
      ? undefined
      : `must be a whole number from 0 to ${REDUCES_MAX}`,
  input: (value) => (has(value, 'open') ? undefined : 'must be an input format such as lines()'),
  source: (value) =>
    typeof value === 'function' || (Object(value) === value && Symbol.iterator in Object(value))
      ? undefined
      : 'must be something iterable, or a function that returns it',
  final: (value) => (typeof value === 'function' ? undefined : 'must be a function'),
  sortValues: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
};

/** Gives the definition back, or throws LISPING_E_JOB_SHAPE or LISPING_E_COMBINE_SHAPE. */
export function checkShape(definition: unknown): LooseDefinition {
  if (typeof definition !== 'object' || definition === null) {
    throw wrong(`job() takes an object, not ${describe(definition)}`);
  }
  const given = withoutUndefined(definition);
  for (const [name, value] of Object.entries(given)) checkProperty(name, value);
  const { map, reduce, combine, reduces, partition, sortValues, input, source } = given;
  if (map === undefined) throw wrong('the job has no map', 'Add map(record, emit) { ... }.');
  if (combine !== undefined) checkCombine(combine);
  if (reduce === undefined) {
    const reducing = {
      combine,
      partition,
      sortValues,
      reduces: reduces === 0 ? undefined : reduces,
    };
    for (const [name, value] of Object.entries(reducing)) {
      if (value === undefined) continue;
      throw wrong(`the job has ${name} but no reduce`, `Add reduce, or remove ${name}.`);
    }
  }
  if (input !== undefined && source !== undefined) {
    throw wrong('the job has both input and source', 'Keep one of them.');
  }
  return given as unknown as LooseDefinition; // every property was checked above
}

function checkProperty(name: string, value: unknown): void {
  if (!isProperty(name)) {
    const near = nearestName(name, Object.keys(PROPERTIES));
    throw wrong(
      `a job has no property ${name}`,
      near === undefined ? undefined : `Did you mean ${near}?`,
    );
  }
  const problem = PROPERTIES[name](value);
  if (problem !== undefined) throw wrong(`${name} ${problem}, and is ${describe(value)}`);
}

function isProperty(name: string): name is keyof LooseDefinition {
  return Object.hasOwn(PROPERTIES, name);
}

function checkCombine(combine: unknown): void {
  if (isFold(combine)) return;
  const shape: ErrorCode = 'LISPING_E_COMBINE_SHAPE';
  if (typeof combine !== 'function') {
    throw wrong(`combine is ${describe(combine)}`, undefined, shape);
  }
  if (combine.length < 3) {
    throw wrong(
      `combine is a function of ${combine.length} parameter${combine.length === 1 ? '' : 's'}`,
      'A combine function takes (key, values, emit); a fold is sum, min, max, exactSum or { start, add, merge }.',
      shape,
    );
  }
  const problem = synchronous(combine);
  if (problem !== undefined) throw wrong(`combine ${problem}`, undefined, shape);
}

function synchronous(value: unknown): string | undefined {
  if (typeof value !== 'function') return 'must be a function';
  const kind = Object.prototype.toString.call(value);
  return kind === '[object Function]' ? undefined : 'must be neither async nor a generator';
}

function codec(value: unknown): string | undefined {
  return has(value, 'encode') && has(value, 'decode')
    ? undefined
    : 'must be a codec: text(), int(), sortableInt(), json(), bytes() or { encode, decode }';
}

function has(value: unknown, method: string): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    method in value &&
    typeof Reflect.get(value, method) === 'function'
  );
}

function withoutUndefined(definition: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined));
}

function wrong(
  message: string,
  hint?: string,
  code: ErrorCode = 'LISPING_E_JOB_SHAPE',
): LispingError {
  return new LispingError(code, message, { hint });
}
