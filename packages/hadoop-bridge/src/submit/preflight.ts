// Everything that Hadoop would complain about after the upload, asked before it. The questions go out
// together; the first that is answered badly is what the user hears.
import { LispingError, type InputFile } from '@lisping/core';
import { exists } from '../hdfs/exists.ts';
import type { Hdfs } from '../hdfs/hdfs.ts';
import { parentOf } from '../hdfs/hdfs-path.ts';
import type { Quotas } from '../hdfs/quota.ts';
import type { Queue } from '../yarn/resource-manager.ts';
import { hdfsInputs } from './hdfs-inputs.ts';

export interface Checked {
  readonly hdfs: Hdfs;
  readonly quotas: Quotas;
  /** Path in HDFS. */
  readonly output: string;
  /** Paths and patterns in HDFS. */
  readonly inputs: readonly string[];
  readonly staging: string;
  readonly reduces: number;
}

/** Throws LISPING_E_HDFS_EXISTS, LISPING_E_HDFS_MISSING, LISPING_E_HDFS_QUOTA and what HDFS throws. */
export async function checkFiles(checked: Checked): Promise<InputFile[]> {
  const { hdfs, inputs, output, staging, reduces } = checked;
  const [, files] = await Promise.all([
    refuseExisting(hdfs, output),
    hdfsInputs(hdfs, inputs),
    // The output, its parts, _SUCCESS, and the directory in which attempts write.
    checkQuota(checked, output, reduces + 3),
    checkQuota(checked, staging, 8),
  ]);
  return files;
}

async function refuseExisting(hdfs: Hdfs, output: string): Promise<void> {
  if (!(await exists(hdfs, output))) return;
  throw new LispingError('LISPING_E_HDFS_EXISTS', `the output directory ${output} exists in HDFS`, {
    hint: `Choose another directory, or remove it: lisping hdfs rm ${output}.`,
  });
}

/** A quota may lie on any directory above. */
async function checkQuota({ quotas: asked }: Checked, path: string, names: number): Promise<void> {
  const above: string[] = [];
  for (let at = path; at !== '/'; at = parentOf(at)) above.unshift(parentOf(at));
  const quotas = await Promise.all(above.map((each) => asked.of(each)));
  quotas.forEach((quota, index) => {
    if (quota === null) return;
    const { names: namesLeft, bytes: bytesLeft } = quota;
    if (namesLeft !== null && namesLeft < names) {
      throw noRoom(above[index]!, `${namesLeft} names are left and ${names} are needed`);
    }
    if (bytesLeft !== null && bytesLeft <= 0) throw noRoom(above[index]!, 'no space is left');
  });
}

function noRoom(directory: string, why: string): LispingError {
  return new LispingError('LISPING_E_HDFS_QUOTA', `the quota of ${directory} is used up: ${why}`);
}

/**
 * Throws LISPING_E_YARN for a queue that does not exist or takes nothing. What schedulers do not tell is
 * left to them.
 */
export function checkQueue(wanted: string | null, queues: readonly Queue[] | null): void {
  if (queues === null || queues.length === 0) return;
  const name = wanted ?? 'default';
  const queue = queues.find((each) => each.name === name || each.path === name);
  const others = queues.filter(({ isRunning }) => isRunning).map((each) => each.name);
  const hint = `Choose one with --queue: ${others.join(', ')}.`;
  if (queue === undefined) {
    if (wanted === null) return; // the cluster may place jobs by rules of its own
    throw new LispingError('LISPING_E_YARN', `the cluster has no queue ${name}`, { hint });
  }
  if (queue.isRunning) return;
  throw new LispingError('LISPING_E_YARN', `the queue ${name} is stopped`, { hint });
}
