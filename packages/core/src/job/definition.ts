// What a user writes into `job({...})`, in three shapes: with a fold, with or without a combine
// function, and map-only. The shapes are told apart by `combine` and `reduce`, so that K and V are
// inferred from the one place that fixes them.
import type { Codec } from '../codec/codec.ts';
import type { FoldDefinition } from '../fold/fold.ts';
import type { InputFormat } from '../input/format.ts';
import type { Result } from './any-job.ts';
import type { Context, MapContext } from './context.ts';
import type { Emit, EmitOutput } from './functions.ts';

/** What every job may have. Methods, not properties: parameters of user functions may be narrower. */
interface Common<R, K> {
  /** Defaults to `job`. */
  readonly name?: string;
  /** How input becomes records; `lines()` when left out. */
  readonly input?: InputFormat<R>;
  /** In-memory records instead of input files. */
  readonly source?: Iterable<R> | (() => Iterable<R>);
  /** What to do with the output, in order of the parts. */
  readonly final?: (results: Iterable<Result>) => void;
  /** The codec of keys; `text()` when left out. */
  readonly key?: Codec<K>;
  /** How output is printed; for people when left out, `json()` without loss. */
  readonly output?: Codec<unknown>;
}

/** What a job with a `reduce` may have beside. */
interface Reducing<K, V> {
  /** The codec of what reaches `reduce`; `json()` when left out, `text()` under `sortValues`. */
  readonly value?: Codec<V>;
  /** The number of reduce tasks, unless the host is told another. */
  readonly reduces?: number;
  /** The values of a key arrive in the byte order of their encoded form. */
  readonly sortValues?: boolean;
  /** Picks the reduce task of a key; Hadoop's hash when left out. */
  partition?(key: K, partitions: number): number;
  reduce(key: K, values: Iterable<V>, emit: EmitOutput, context: Context): void;
}

/** A job whose combiner is a fold from values V to accumulators A; `reduce` sees accumulators. */
export interface FoldJob<R, K, V, A> extends Common<R, K>, Reducing<K, A> {
  map(record: R, emit: Emit<K, V>, context: MapContext): void;
  readonly combine: FoldDefinition<V, A>;
}

/** A job with a combine function, or without a combiner. */
export interface ReduceJob<R, K, V> extends Common<R, K>, Reducing<K, V> {
  map(record: R, emit: Emit<K, V>, context: MapContext): void;
  /** `void | undefined` keeps out helpers that return something, such as `count`. */
  combine?(key: K, values: Iterable<V>, emit: Emit<K, V>, context: Context): void | undefined;
}

/** A job whose values are sorted and, for want of a codec, are text. */
export interface SortedTextJob<R, K> extends ReduceJob<R, K, string> {
  readonly sortValues: true;
  readonly value?: never;
}

/** A job without `reduce`: prints what `map` emits, one part per split. */
export interface MapOnlyJob<R, K, V> extends Common<R, K> {
  map(record: R, emit: Emit<K, V>, context: MapContext): void;
  readonly value?: Codec<V>;
  readonly combine?: never;
  readonly reduce?: never;
  readonly partition?: never;
  readonly sortValues?: never;
  readonly reduces?: 0;
}
