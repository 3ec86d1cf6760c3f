// What Hadoop says when a task fails for a reason that is not in the job's own words, and what it means.
// The first line that fits is the one that is told, so that the special stand before the general.
import type { ErrorCode } from '@lisping/core';

export interface Symptom {
  readonly code: ErrorCode;
  /** What happened. */
  readonly meaning: string;
  /** What to do; the code's own hint when left out. */
  readonly hint?: string;
}

type Row = readonly [RegExp, Symptom];

const SHIP_NODE = 'Bring Node along with --ship-node, or install it on every node of the cluster.';
const HOLD_LESS =
  'Hold less at once: smaller splits (--split-bytes), a fold as combiner, and no array of all values.';

const ROWS: readonly Row[] = [
  [
    /Cannot run program .*error=2\b|subprocess failed with code 127\b/,
    { code: 'LISPING_E_HADOOP_JOB', meaning: 'a node of the cluster has no Node', hint: SHIP_NODE },
  ],
  [
    /Cannot run program .*error=13\b/,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: 'Node may not be executed there',
      hint: 'On the nodes, give the user of the containers the right to execute it, or use --ship-node.',
    },
  ],
  [
    /Cannot run program .*error=8\b|Exec format error/,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: 'the Node that was found there is for another kind of machine',
      hint: 'Use --ship-node only from a machine of the same architecture as the nodes; else install Node there.',
    },
  ],
  [
    /Cannot run program .*error=7\b|Argument list too long/,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: "the job's properties do not fit into the environment of a process",
      hint: 'Use fewer input paths: a directory or a pattern instead of a list of files.',
    },
  ],
  [
    /heap out of memory/,
    { code: 'LISPING_E_TASK_DIED', meaning: 'Node used up its memory', hint: HOLD_LESS },
  ],
  [
    /subprocess failed with code 134\b/,
    {
      code: 'LISPING_E_TASK_DIED',
      meaning: 'Node ended itself (SIGABRT), most often because its memory was used up',
      hint: HOLD_LESS,
    },
  ],
  [
    /beyond the '?(PHYSICAL|VIRTUAL)'? memory limit|running beyond (physical|virtual) memory limits/,
    {
      code: 'LISPING_E_TASK_DIED',
      meaning: 'YARN killed the container, which used more memory than it had asked for',
      hint: HOLD_LESS,
    },
  ],
  [
    /subprocess failed with code 137\b/,
    {
      code: 'LISPING_E_TASK_DIED',
      meaning: 'Node was killed from outside, most often because the machine ran out of memory',
      hint: HOLD_LESS,
    },
  ],
  [
    /subprocess failed with code 139\b/,
    { code: 'LISPING_E_TASK_DIED', meaning: 'Node itself crashed (SIGSEGV)', hint: SHIP_NODE },
  ],
  [
    /taskTimedOut: true|[Tt]imed out after \d+ secs/,
    {
      code: 'LISPING_E_TASK_STUCK',
      meaning: 'Hadoop heard nothing of the task for as long as it waits',
    },
  ],
  [
    /Too many counters/,
    {
      code: 'LISPING_E_COUNTER',
      meaning: 'the job has more counters than Hadoop keeps',
      hint: 'Count fewer different names; write what has many names to the output instead.',
    },
  ],
  [
    /ClassNotFoundException.*hadoop\.streaming|Class org\.apache\.hadoop\.streaming\S* not found/,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: 'the nodes do not have the jar of Hadoop Streaming',
      hint: 'Use --via cli, which brings the jar along.',
    },
  ],
  [
    /BlockMissingException|Could not obtain block|No live nodes contain/,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: 'HDFS does not give a block of the input',
      hint: 'See which DataNodes are down: hdfs fsck PATH -files -blocks.',
    },
  ],
  [
    /No space left on device|DiskOutOfSpaceException|could only be (written|replicated) to 0 of/,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: 'a disk of the cluster is full',
      hint: 'Make room on the nodes or in HDFS, and submit again.',
    },
  ],
  [
    /QuotaExceededException/,
    { code: 'LISPING_E_HDFS_QUOTA', meaning: 'the quota of a directory is used up' },
  ],
  [
    /AccessControlException|Permission denied/,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: 'the user of the job may not read or write there',
      hint: 'Who submits is HADOOP_USER_NAME, else who you are here; see lisping hdfs ls.',
    },
  ],
  [
    /SafeModeException|Name node is in safe mode/,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: 'the NameNode went into safe mode, in which nobody can write',
      hint: 'Wait until it is out of it (hdfs dfsadmin -safemode get), and submit again.',
    },
  ],
  [
    /changed on src filesystem/,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: 'a file of the job was changed between its upload and its use',
      hint: 'Submit again, and let nobody touch the staging directory.',
    },
  ],
  [
    /lost node|Node .* (is )?lost/i,
    {
      code: 'LISPING_E_HADOOP_JOB',
      meaning: 'the nodes that ran the task were lost',
      hint: 'See the nodes in the web page of the ResourceManager, and submit again.',
    },
  ],
  [
    /Broken pipe|Stream closed/,
    {
      code: 'LISPING_E_TASK_DIED',
      meaning: 'the process of the job ended before it had read its input',
    },
  ],
];

/**
 * The first of the known symptoms that shows in what was said.
 *
 * @example
 * symptomIn('PipeMapRed.waitOutputThreads(): subprocess failed with code 127')?.meaning; // 'a node of the cluster has no Node'
 */
export function symptomIn(said: string): Symptom | null {
  const row = ROWS.find(([pattern]) => pattern.test(said));
  return row === undefined ? null : row[1];
}
