// What a task is told: everything its result may depend on, so that equal settings over equal bytes
// give equal bytes, and a simulator may keep results instead of computing them again.
import type { Decoder } from '../bytes/utf8-decode.ts';
import type { AnyJob } from '../job/any-job.ts';

/** The setting of one attempt at one task. */
export interface TaskSetting {
  readonly job: AnyJob;
  /** The number of the task, from 0. */
  readonly task: number;
  /** The number of the try, from 0. */
  readonly attempt: number;
  /** Number of reduce tasks; 0: map-only, whatever the job has. */
  readonly reduces: number;
  readonly inputs: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Keys `context.random()` beside job and task. Hosts that promise equal bytes give the same one. */
  readonly seed: string;
  /** A faster decoder of the host's. */
  readonly decode?: Decoder;
  /** Hears what the user's function says with `context.status`. */
  readonly onStatus?: (text: string) => void;
  /** Hears that the user's function asked for the number of the try: it may do another thing in another. */
  readonly onAttempt?: () => void;
  /** Hears every pair of the final output as it was emitted, for a job's `final`. */
  readonly onResult?: (key: unknown, value: unknown) => void;
}

/** The setting of a map attempt: also the path of the file that its split is a part of. */
export interface MapSetting extends TaskSetting {
  readonly file: string;
}
