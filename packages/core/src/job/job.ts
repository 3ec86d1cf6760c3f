// The one function that a job file calls.
import { json } from '../codec/json.ts';
import { text } from '../codec/text.ts';
import { isFold } from '../fold/fold.ts';
import { asJob, type AnyCombine, type AnyJob } from './any-job.ts';
import type { FoldJob, MapOnlyJob, ReduceJob, SortedTextJob } from './definition.ts';
import type { CombineFunction } from './functions.ts';
import { checkShape, type LooseDefinition } from './shape.ts';

declare const types: unique symbol;

/** A job over records R, whose `map` emits keys K and values V. */
export interface Job<R = unknown, K = unknown, V = unknown> extends AnyJob {
  /** Exists for the compiler only. */
  readonly [types]?: { readonly record: R; readonly key: K; readonly value: V };
}

/**
 * Defines a job. K and V come from, in order: the fold in `combine`; the codecs `key` and `value`; an
 * annotated `emit: Emit<K, V>`; else they are string and unknown. Throws LISPING_E_JOB_SHAPE or
 * LISPING_E_COMBINE_SHAPE for what is no job.
 *
 * @example
 * export default job({
 *   name: 'word-count',
 *   map(line, emit) { for (const word of line.split(/[ \t]+/)) if (word) emit(word, 1); },
 *   combine: sum,
 *   reduce(word, counts, emit) { emit(word, sum(counts)); },
 * });
 */
export function job<V, A, R = string, K = string>(definition: FoldJob<R, K, V, A>): Job<R, K, V>;
export function job<R = string, K = string>(definition: SortedTextJob<R, K>): Job<R, K, string>;
export function job<R = string, K = string, V = unknown>(
  definition: ReduceJob<R, K, V>,
): Job<R, K, V>;
export function job<R = string, K = string, V = unknown>(
  definition: MapOnlyJob<R, K, V>,
): Job<R, K, V>;
export function job(definition: unknown): Job {
  const loose = checkShape(definition);
  const sortValues = loose.sortValues ?? false;
  return asJob({
    name: loose.name ?? 'job',
    map: loose.map.bind(definition),
    combine: combineOf(loose, definition),
    reduce: loose.reduce?.bind(definition) ?? null,
    partition: loose.partition?.bind(definition) ?? null,
    key: loose.key ?? text(),
    value: loose.value ?? (sortValues ? text() : json()),
    output: loose.output ?? null,
    reduces: loose.reduce === undefined ? 0 : (loose.reduces ?? null),
    input: loose.input ?? null,
    source: loose.source ?? null,
    final: loose.final ?? null,
    sortValues,
  });
}

function combineOf(loose: LooseDefinition, definition: unknown): AnyCombine {
  const { combine } = loose;
  if (combine === undefined) return { kind: 'none' };
  if (isFold(combine)) return { kind: 'fold', fold: combine };
  const call: CombineFunction<unknown, unknown> = combine.bind(definition);
  return { kind: 'function', combine: call };
}
