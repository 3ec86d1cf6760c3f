// What a replay id holds: everything a schedule depends on, by value or by hash.
import { LispingError } from '@lisping/core';
import type { Knobs } from '@lisping/sim';
import * as v from 'valibot';

/** A file as the id knows it: where it lay, and the hash of its content. */
interface HashedFile {
  readonly path: string;
  /** 16 hex digits. */
  readonly hash: string;
}

/** An input that is no file, but what a shrinker left of one: its bytes in base64. */
interface HeldInput extends HashedFile {
  readonly content?: string | undefined;
}

export interface ReplayRecord {
  readonly fingerprint: string;
  /** Null: the reference workload. */
  readonly job: HashedFile | null;
  /** A workload model that is run instead of a job. */
  readonly workload?: HashedFile | undefined;
  readonly inputs: readonly HeldInput[];
  /** Which pass of a pipeline is run, and no other; all when absent. */
  readonly pass?: number | undefined;
  readonly replicas: number;
  /** Null: the job's own. */
  readonly reduces: number | null;
  readonly splitBytes: number | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly memo: boolean;
  /** The variant of the small world that it ran in. */
  readonly small?: string | undefined;
  readonly seed: string;
  readonly generator: Generator;
  /** Of that one schedule, in a pipeline of its last pass: a replay that differs can say so. */
  readonly traceHash: string;
}

type Generator =
  /** Each replica crashes with this probability within the makespan of a run without faults. */
  | {
      readonly kind: 'fail-rate';
      readonly rate: number;
      /** Microseconds, one per pass of a pipeline. */
      readonly makespans: readonly number[];
    }
  /** An explicit list, as in --faults FILE; the simulator checks it again. */
  | {
      readonly kind: 'list';
      readonly faults: readonly unknown[];
      /**
       * The swarm drew it for this pass, counted from 0: the others run without faults, for their output
       * is the same. A job that fails because it must under such faults has passed.
       */
      readonly drawnFor?: number | undefined;
      /** What else was drawn with them; absent: nothing. */
      readonly knobs?: Knobs | undefined;
    };

const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));
const Whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const File = v.object({ path: v.string(), hash: Hash });
const Base64 = v.pipe(v.string(), v.base64());
const Input = v.object({ ...File.entries, content: v.optional(v.union([v.literal(''), Base64])) });

const FromOne = v.pipe(Whole, v.minValue(1));
const HeldKnobs = v.strictObject({
  page: v.optional(FromOne),
  slots: v.optional(FromOne),
  fetchesInFlight: v.optional(FromOne),
  heartbeat: v.optional(FromOne),
  latency: v.optional(FromOne),
  jitter: v.optional(FromOne),
  secondJob: v.optional(Whole),
  otherBytes: v.optional(v.literal(true)),
});

const Schema: v.GenericSchema<unknown, ReplayRecord> = v.object({
  fingerprint: Hash,
  job: v.nullable(File),
  workload: v.optional(File),
  inputs: v.array(Input),
  pass: v.optional(Whole),
  replicas: Whole,
  reduces: v.nullable(Whole),
  splitBytes: v.nullable(Whole),
  parameters: v.record(v.string(), v.string()),
  memo: v.boolean(),
  small: v.optional(v.string()),
  seed: v.string(),
  generator: v.variant('kind', [
    v.object({ kind: v.literal('fail-rate'), rate: v.number(), makespans: v.array(Whole) }),
    v.object({
      kind: v.literal('list'),
      faults: v.array(v.unknown()),
      drawnFor: v.optional(Whole),
      knobs: v.optional(HeldKnobs),
    }),
  ]),
  traceHash: Hash,
});

/** A record from JSON; throws LISPING_E_REPLAY_FORMAT. */
export function asReplayRecord(json: unknown): ReplayRecord {
  const parsed = v.safeParse(Schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'the whole';
  throw new LispingError(
    'LISPING_E_REPLAY_FORMAT',
    `the replay id is damaged: ${path}: ${issue.message}`,
  );
}
