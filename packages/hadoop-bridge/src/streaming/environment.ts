// What Hadoop tells a streaming child about its task, through the environment: the job's properties with
// `_` for every character that is neither a letter nor a digit.

/** The task that a child runs, and the split that it is fed. */
export interface TaskEnvironment {
  readonly task: number;
  readonly attempt: number;
  /** The path of the file that the split is a part of, without scheme and host. */
  readonly inputFile: string;
  readonly inputLength: number;
  /** After this time without a sign of life Hadoop kills the task; 0: never. */
  readonly timeoutMs: number;
}

const TIMEOUT_MS = 600_000; // Hadoop's default

/**
 * Reads the environment of a child.
 *
 * @example
 * const { task, attempt } = taskEnvironment(process.env);
 */
export function taskEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): TaskEnvironment {
  return {
    task: numberOf(env['mapreduce_task_partition']) ?? 0,
    attempt: numberOf(env['mapreduce_task_attempt_id']?.split('_').at(-1)) ?? 0,
    inputFile: pathOf(env['mapreduce_map_input_file'] ?? ''),
    inputLength: numberOf(env['mapreduce_map_input_length']) ?? 0,
    timeoutMs: numberOf(env['mapreduce_task_timeout']) ?? TIMEOUT_MS,
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** `hdfs://host:8020/in/f` and `file:/in/f` are `/in/f`: Hadoop shows paths, not URLs, so nothing is escaped. */
function pathOf(shown: string): string {
  return shown.replace(/^[A-Za-z][A-Za-z0-9+.-]*:(\/\/[^/]*)?(?=\/)/, '');
}
