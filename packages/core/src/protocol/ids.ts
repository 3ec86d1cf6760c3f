/**
 * The names that cross the wire. All of them are plain numbers and strings with a brand, so that a
 * node cannot be passed where an epoch is wanted.
 */
declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A process that can be sent messages: a small dense integer that the host gives out. */
export type NodeId = Branded<number, 'NodeId'>;

/** One life of the primary; rises by at least one each time a primary opens the journal. */
export type Epoch = Branded<number, 'Epoch'>;

/** One life of a replica process; the host gives each life a higher number than the one before. */
export type Incarnation = Branded<number, 'Incarnation'>;

/** The id of a job, chosen by the client, so that a repeated submit is the same submit. */
export type JobId = Branded<string, 'JobId'>;

/** Names one effect of one machine, so that its completion can be matched. */
export type EffectId = Branded<number, 'EffectId'>;

/** Integer microseconds: a reading of the node's own clock, or a duration. */
export type Microseconds = number;

/** A 53-bit checksum of some bytes, as the record engine computes it. */
export type ContentChecksum = number;

// The casts below are the only way into the brands: a number is checked once, where it is born.
export function nodeId(value: number): NodeId {
  return value as NodeId;
}
export function epoch(value: number): Epoch {
  return value as Epoch;
}
export function incarnation(value: number): Incarnation {
  return value as Incarnation;
}
export function jobId(value: string): JobId {
  return value as JobId;
}
export function effectId(value: number): EffectId {
  return value as EffectId;
}

/** What a task does: a map task reads a split, a reduce task consumes one segment of every map. */
export type TaskKind = 'map' | 'reduce';

/**
 * One try at a task. The epoch says which primary planned it and fences nothing; it keeps the
 * names of attempts from colliding when a new primary counts from 0 again.
 */
export interface AttemptId {
  readonly job: JobId;
  readonly kind: TaskKind;
  readonly task: number;
  readonly epoch: Epoch;
  readonly number: number;
}

/** True when both name the same try at the same task of the same job. */
export function sameAttempt(a: AttemptId, b: AttemptId): boolean {
  return (
    a === b ||
    (a.task === b.task &&
      a.number === b.number &&
      a.kind === b.kind &&
      a.epoch === b.epoch &&
      a.job === b.job)
  );
}

/** `reduce-3/1.0`: kind, task, epoch and number, as messages and transcripts print it. */
export function attemptName(attempt: AttemptId): string {
  return `${attempt.kind}-${attempt.task}/${attempt.epoch}.${attempt.number}`;
}
