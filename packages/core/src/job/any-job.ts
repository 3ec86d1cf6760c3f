// A job as the engine sees it: checked, with its defaults filled in, and without type parameters.
import type { Codec } from '../codec/codec.ts';
import type { FoldDefinition } from '../fold/fold.ts';
import type { InputFormat } from '../input/format.ts';
import type {
  CombineFunction,
  MapFunction,
  PartitionFunction,
  ReduceFunction,
} from './functions.ts';

const JOB: unique symbol = Symbol.for('lisping.job') as never; // a registered symbol has no unique type

/** How a job combines. */
export type AnyCombine =
  | { readonly kind: 'none' }
  | { readonly kind: 'fold'; readonly fold: FoldDefinition<unknown, unknown> }
  | { readonly kind: 'function'; readonly combine: CombineFunction<unknown, unknown> };

/** One line of a job's output, as `final` sees it. */
export type Result = readonly [key: unknown, value: unknown];

/** The erased job that engine and hosts work with. */
export interface AnyJob {
  readonly [JOB]: true;
  readonly name: string;
  readonly map: MapFunction<unknown, unknown, unknown>;
  readonly combine: AnyCombine;
  /** Null: map-only. */
  readonly reduce: ReduceFunction<unknown, unknown> | null;
  /** Null: Hadoop's. */
  readonly partition: PartitionFunction<unknown> | null;
  readonly key: Codec<unknown>;
  readonly value: Codec<unknown>;
  /** Null: what people read. */
  readonly output: Codec<unknown> | null;
  /** The job's own number of reduces; null: the host's default. 0 for a map-only job. */
  readonly reduces: number | null;
  /** Null: `lines()`, which core cannot import. */
  readonly input: InputFormat<unknown> | null;
  /** In-memory records instead of files. */
  readonly source: Iterable<unknown> | (() => Iterable<unknown>) | null;
  readonly final: ((results: Iterable<Result>) => void) | null;
  readonly sortValues: boolean;
}

/** Brands a job. */
export function asJob(parts: Omit<AnyJob, typeof JOB>): AnyJob {
  return Object.freeze({ ...parts, [JOB]: true } as const);
}

/**
 * True for what `job()` returned, also for a job made by another copy of this module.
 *
 * @example
 * if (!isJob(module.default)) throw new LispingError('LISPING_E_NOT_A_JOB', file);
 */
export function isJob(value: unknown): value is AnyJob {
  return typeof value === 'object' && value !== null && JOB in value;
}
