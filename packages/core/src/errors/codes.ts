// The closed list of errors: every failure a user can meet has one code, an exit code, what it means
// and a way out. `docs/errors.md` is generated from this table, so its words are documentation.

/** What one error code means: the process's exit code, a title, and what to do. */
export interface ErrorEntry {
  /** 1 the job failed · 2 usage or configuration · 3 no convergence · 4 the outside world · 70 a defect of Lisping · 130 interrupted. */
  readonly exit: 1 | 2 | 3 | 4 | 70 | 130;
  readonly title: string;
  readonly hint: string;
}

/**
 * Every error code with its exit code, title and hint.
 *
 * @example
 * ERRORS.LISPING_E_MAP_THREW.exit; // 1
 */
export const ERRORS = {
  // The job file.
  LISPING_E_NO_JOB: {
    exit: 2,
    title: 'The job file does not exist',
    hint: 'Give the path of a .ts, .mts, .js or .mjs file, or of an example directory.',
  },
  LISPING_E_JOB_COMPILE: {
    exit: 2,
    title: 'The job file does not compile',
    hint: 'Correct the file at the line and column named.',
  },
  LISPING_E_JOB_LOAD: {
    exit: 2,
    title: 'The job file failed while it was loaded',
    hint: 'The file threw before it defined a job; look at the line named.',
  },
  LISPING_E_NOT_A_JOB: {
    exit: 2,
    title: 'The default export is no job',
    hint: 'End the file with: export default job({ map(record, emit) { ... } })',
  },
  LISPING_E_JOB_SHAPE: {
    exit: 2,
    title: 'The job is not well formed',
    hint: 'Correct the property named.',
  },
  LISPING_E_COMBINE_SHAPE: {
    exit: 2,
    title: 'The combiner is neither a fold nor a combine function',
    hint: 'Use sum, min, max, exactSum, { start, add, merge }, or (key, values, emit) => { ... }.',
  },

  // The user's functions.
  LISPING_E_MAP_THREW: {
    exit: 1,
    title: 'map threw an error',
    hint: 'The record named makes it throw; handle it, or correct the input.',
  },
  LISPING_E_REDUCE_THREW: {
    exit: 1,
    title: 'reduce threw an error',
    hint: 'The key named makes it throw.',
  },
  LISPING_E_COMBINE_THREW: {
    exit: 1,
    title: 'The combiner threw an error',
    hint: 'A combiner may run any number of times; it must accept its own results.',
  },
  LISPING_E_PARTITION_THREW: {
    exit: 1,
    title: 'The partition function threw an error',
    hint: 'It must return a whole number from 0 to partitions - 1 for every key that map emits.',
  },
  LISPING_E_SOURCE_THREW: {
    exit: 1,
    title: "The job's source or final function threw an error",
    hint: 'Look at the line named.',
  },
  LISPING_E_ASYNC: {
    exit: 1,
    title: 'A function of the job is asynchronous',
    hint: 'map, combine, reduce and partition are synchronous: no async, no generators, no timers.',
  },
  LISPING_E_COMBINE_KEY: {
    exit: 1,
    title: 'The combine function emitted another key',
    hint: 'A combiner must emit the key it was called with; change keys in map or reduce.',
  },
  LISPING_E_PARTITION: {
    exit: 1,
    title: 'The partition function returned no partition',
    hint: 'Return a whole number from 0 to partitions - 1.',
  },
  LISPING_E_KEY: {
    exit: 1,
    title: 'A key cannot be encoded',
    hint: 'Keys are strings unless the job has key: int(), sortableInt(), json() or bytes().',
  },
  LISPING_E_VALUE: {
    exit: 1,
    title: 'A value cannot be encoded without loss',
    hint: 'Values are JSON unless the job has another codec; turn the value into one JSON gives back unchanged.',
  },
  LISPING_E_CODEC: {
    exit: 1,
    title: "The job's own codec failed",
    hint: 'encode must give bytes or a string, and decode(encode(x)) must give x back.',
  },
  LISPING_E_SUM_FRACTION: {
    exit: 1,
    title: 'sum was given a fraction',
    hint: 'The sum of fractions depends on the order of additions. Use exactSum, or whole numbers (cents).',
  },
  LISPING_E_SUM_RANGE: {
    exit: 1,
    title: 'A sum left the range in which numbers are exact',
    hint: 'sum is exact up to 2^53 - 1. Use a fold of your own over decimal strings for more.',
  },
  LISPING_E_VALUES_TWICE: {
    exit: 1,
    title: 'The values of a key were read twice, or after reduce returned',
    hint: 'values stream past once. Keep what you need: const kept = [...values].',
  },
  LISPING_E_PARAMETER: {
    exit: 2,
    title: 'A parameter of the job is missing',
    hint: 'Give it with --param NAME=VALUE, or give context.parameter a fallback.',
  },
  LISPING_E_COUNTER: {
    exit: 1,
    title: 'A counter was used wrongly',
    hint: 'Count whole numbers under a name without commas or line breaks that does not begin with "lisping.".',
  },
  LISPING_E_TASK_MEMORY: {
    exit: 1,
    title: 'A task emitted more than one buffer holds',
    hint: 'Use smaller splits (--split-bytes) or a fold as combiner.',
  },
  LISPING_E_TASK_STUCK: {
    exit: 1,
    title: 'A function of the job did not return',
    hint: 'The record named makes it run without end, or for longer than is allowed.',
  },
  LISPING_E_TASK_DIED: {
    exit: 1,
    title: 'The process died inside a function of the job',
    hint: 'The record named kills the process, most often by using up its memory.',
  },
  LISPING_E_NONDETERMINISTIC_MAP: {
    exit: 1,
    title: 'map gave other results when it was run again',
    hint: 'map must depend on its record only: use context.random() and no clock, no global state.',
  },
  LISPING_E_VALUE_ORDER: {
    exit: 1,
    title: 'The result depends on the order of values',
    hint: 'No cluster fixes the order of the values of a key, nor how often a combiner runs: sort in reduce, use sortValues: true, or let combine only do what may be done again.',
  },

  // Input.
  LISPING_E_INPUT_MISSING: {
    exit: 2,
    title: 'An input does not exist',
    hint: 'Check the path; a pattern must match at least one file.',
  },
  LISPING_E_INPUT_IS_DIRECTORY: {
    exit: 2,
    title: 'An input directory holds a directory',
    hint: 'Hadoop does not descend either. Name the inner directory, or use a pattern such as dir/*/*.',
  },
  LISPING_E_INPUT_COMPRESSED: {
    exit: 2,
    title: 'An input has the name of a compressed file',
    hint: 'Hadoop decompresses it by its suffix, Lisping cannot yet. Decompress it first, or rename a file that is plain.',
  },
  LISPING_E_INPUT_CHANGED: {
    exit: 4,
    title: 'An input changed while the job ran',
    hint: 'Run the job on files that nobody writes to.',
  },
  LISPING_E_INPUT_READ: {
    exit: 4,
    title: 'An input could not be read',
    hint: 'Check permissions and the disk.',
  },
  LISPING_E_RECORD: {
    exit: 1,
    title: 'A record of the input is malformed',
    hint: 'Correct the input at the offset named, or read it with lines() and parse it in map.',
  },
  LISPING_E_FORMAT: {
    exit: 2,
    title: 'An input format or codec was given a wrong option',
    hint: 'Correct the option named.',
  },

  // Output.
  LISPING_E_OUTPUT_EXISTS: {
    exit: 2,
    title: 'The output directory exists',
    hint: 'Choose another directory or remove it; run also knows --overwrite.',
  },
  LISPING_E_OUTPUT_TAKEN: {
    exit: 1,
    title: 'Someone else wrote to the output directory',
    hint: 'Give every job an output directory of its own.',
  },
  LISPING_E_OUTPUT_WRITE: {
    exit: 4,
    title: 'The output could not be written',
    hint: 'Check permissions and the disk; nothing half-written was left.',
  },
  LISPING_E_DISK_FULL: {
    exit: 4,
    title: 'The disk is full',
    hint: 'Free some space; nothing half-written was left.',
  },

  // Running and simulating.
  LISPING_E_TASK_FAILED: {
    exit: 1,
    title: 'A task failed on every try',
    hint: 'The last failure is named.',
  },
  LISPING_E_CANCELLED: {
    exit: 1,
    title: 'The job was cancelled',
    hint: 'Submit it again under a new id.',
  },
  LISPING_E_INVARIANT: {
    exit: 1,
    title: 'A promise of the protocol was broken',
    hint: 'Replay it with the id printed, and please report it.',
  },
  LISPING_E_OUTPUT_DIFFERS: {
    exit: 1,
    title: 'The output differs from the sequential run',
    hint: 'Replay it with the id printed. A job whose result depends on the order of values shows this too.',
  },
  LISPING_E_NO_CONVERGENCE: {
    exit: 3,
    title: 'The job did not end within the bound',
    hint: 'The report says what is missing and who waits for whom.',
  },
  LISPING_E_NONREPEATABLE: {
    exit: 1,
    title: 'The same seed gave another trace',
    hint: 'The first event that differs is named.',
  },
  LISPING_E_REPLAY_FORMAT: {
    exit: 2,
    title: 'The replay id cannot be read',
    hint: 'Copy the whole id, or give the path of the file that holds it.',
  },
  LISPING_E_REPLAY_PROTOCOL: {
    exit: 2,
    title: 'The replay id comes from another version of the protocol',
    hint: 'Use the version that made it, or --anyway.',
  },
  LISPING_E_REPLAY_JOB: {
    exit: 2,
    title: 'The job file is not the one the replay id was made with',
    hint: 'Restore the job file, or use --anyway.',
  },
  LISPING_E_REPLAY_INPUT: {
    exit: 2,
    title: 'The input is not the one the replay id was made with',
    hint: 'Restore the input files, or use --anyway.',
  },
  LISPING_E_REPLAY_TRACE: {
    exit: 1,
    title: 'The replay took another course than the run',
    hint: 'The job depends on something outside its input: a clock, a file, global state.',
  },
  LISPING_E_NONDETERMINISTIC: {
    exit: 1,
    title: 'The same schedule took another course when it was run again',
    hint: 'The job depends on something outside its input: a clock, randomness, a file, global state. context.random() draws the same in every attempt.',
  },
  LISPING_E_FAULTS_FILE: {
    exit: 2,
    title: 'The file of faults cannot be used',
    hint: 'Correct the entry named.',
  },
  LISPING_E_WORKLOAD_FILE: {
    exit: 2,
    title: 'The workload file cannot be used',
    hint: "Correct the line or entry named; the file must be SWIM's table or SLS's JSON.",
  },

  // Cluster and Hadoop.
  LISPING_E_NETWORK: {
    exit: 4,
    title: 'The other side cannot be reached',
    hint: 'Check the address and that the service runs.',
  },
  LISPING_E_HDFS: { exit: 4, title: 'HDFS refused an operation', hint: 'The reason is named.' },
  LISPING_E_HDFS_MISSING: {
    exit: 4,
    title: 'HDFS has no such file or directory',
    hint: 'Check the path and the NameNode asked; paths are case-sensitive and begin with /.',
  },
  LISPING_E_HDFS_EXISTS: {
    exit: 4,
    title: 'Something in HDFS is in the way',
    hint: 'Remove what has the name, choose another one, or ask for it to be replaced.',
  },
  LISPING_E_HDFS_NOT_EMPTY: {
    exit: 4,
    title: 'A directory in HDFS is not empty',
    hint: 'Ask for what is in it to be deleted too.',
  },
  LISPING_E_HDFS_PATH: {
    exit: 2,
    title: 'A path cannot be one of HDFS',
    hint: 'Paths begin with /, hold no colon in a name and no half of a surrogate pair, and a name has at most 255 bytes.',
  },
  LISPING_E_HDFS_DENIED: {
    exit: 4,
    title: 'HDFS does not let you do this',
    hint: 'Check the user (HADOOP_USER_NAME), the token, and the permissions of the path and its parents.',
  },
  LISPING_E_HDFS_QUOTA: {
    exit: 4,
    title: 'A quota of HDFS is used up',
    hint: 'Delete what is not needed, or have the quota of the directory raised.',
  },
  LISPING_E_HDFS_SPACE: {
    exit: 4,
    title: 'No DataNode takes the data',
    hint: 'Their disks may be full, or too few DataNodes are alive: hdfs dfsadmin -report shows it.',
  },
  LISPING_E_HDFS_SAFE_MODE: {
    exit: 4,
    title: 'The NameNode stayed in safe mode',
    hint: 'It changes nothing until enough blocks were reported; hdfs dfsadmin -safemode get shows the state.',
  },
  LISPING_E_HDFS_STANDBY: {
    exit: 4,
    title: 'No NameNode is active',
    hint: 'Name all NameNodes of the service, separated by commas; hdfs haadmin -getAllServiceState shows which is active.',
  },
  LISPING_E_HDFS_CUT: {
    exit: 4,
    title: 'Data stopped before its end, again and again',
    hint: 'Something between here and the DataNode cuts connections, or the DataNode is failing; nothing partial was kept.',
  },
  LISPING_E_HDFS_ANSWER: {
    exit: 4,
    title: 'What answered does not speak WebHDFS',
    hint: "Give the address of the NameNode's web port (9870 or 9871, HttpFS 14000), and look for a proxy in between.",
  },
  LISPING_E_HDFS_CHANGED: {
    exit: 4,
    title: 'A file in HDFS changed during the operation',
    hint: 'Try again when nobody writes to it.',
  },
  LISPING_E_HDFS_UNCLEAR: {
    exit: 4,
    title: 'HDFS may or may not have done what was asked',
    hint: 'The answer was lost. Look at what is named before you ask again.',
  },
  LISPING_E_HDFS_UNSUPPORTED: {
    exit: 4,
    title: 'This way to HDFS cannot do what was asked',
    hint: 'Use the built-in client over WebHDFS.',
  },
  LISPING_E_YARN: {
    exit: 4,
    title: 'YARN refused or ended the application',
    hint: 'The diagnostics are named.',
  },
  LISPING_E_HADOOP_JOB: {
    exit: 1,
    title: 'The job failed on Hadoop',
    hint: 'The first failed attempt that never succeeded is named.',
  },
  LISPING_E_JOURNAL: {
    exit: 4,
    title: 'The journal cannot be read or written',
    hint: 'Check the disk that holds it; nothing was decided without it.',
  },

  // The command line.
  LISPING_E_USAGE: { exit: 2, title: 'The command line is wrong', hint: 'See lisping --help.' },
  LISPING_E_CONFIG: {
    exit: 2,
    title: 'The configuration is wrong',
    hint: 'Correct the entry named.',
  },
  LISPING_E_FILE: {
    exit: 2,
    title: 'A local file is missing or in the way',
    hint: 'Check the path named.',
  },
  LISPING_E_NOT_BUILT: {
    exit: 2,
    title: 'Lisping has not been built',
    hint: 'Run npx tsc -b in the checkout.',
  },
  LISPING_E_INTERRUPTED: {
    exit: 130,
    title: 'Interrupted',
    hint: 'Nothing half-written was left. Run it again; a simulation with the seed printed.',
  },
  LISPING_E_INTERNAL: {
    exit: 70,
    title: 'A defect in Lisping itself',
    hint: 'Please report it with the command and the message.',
  },
} as const; // that every entry is an ErrorEntry is checked in codes.test-d.ts

/** One of the codes of {@link ERRORS}. */
export type ErrorCode = keyof typeof ERRORS;
