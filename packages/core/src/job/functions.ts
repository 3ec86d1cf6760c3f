// The shapes of the functions a user writes.
import type { Context, MapContext } from './context.ts';

/**
 * Gives a pair to the engine. Where values may be undefined, `emit(key)` gives a missing one.
 *
 * @example
 * map(line: string, emit: Emit<string, number>) { emit(line, 1); }
 */
export interface Emit<K, V> {
  (key: K, ...value: undefined extends V ? [value?: V] : [value: V]): void;
}

/** Gives a pair to the output: any key, any value that can be printed. */
export type EmitOutput = Emit<unknown, unknown>;

/** Called once for every record. */
export type MapFunction<R, K, V> = (record: R, emit: Emit<K, V>, context: MapContext) => void;

/** Called once for every key, with its values in one pass. */
export type ReduceFunction<K, V> = (
  key: K,
  values: Iterable<V>,
  emit: EmitOutput,
  context: Context,
) => void;

/** Called any number of times with some of the values of a key; must emit that key only. */
export type CombineFunction<K, V> = (
  key: K,
  values: Iterable<V>,
  emit: Emit<K, V>,
  context: Context,
) => void;

/** The number of the reduce task that gets a key: 0 to `partitions - 1`. */
export type PartitionFunction<K> = (key: K, partitions: number) => number;
