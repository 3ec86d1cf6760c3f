// One pass of a job on its way through a cluster, whichever way it came there.
import { isLispingError, LispingError, planSplits, type InputFile } from '@lisping/core';
import type { Hdfs } from '../hdfs/hdfs.ts';
import { countersOf, endedJob, jobIdOf, type JobProgress } from '../yarn/mapreduce-job.ts';
import type { NewApplication } from '../yarn/resource-manager.ts';
import { untilAccepted, untilEnded, type Following } from './follow.ts';
import { submitThroughCommand } from './hadoop-command.ts';
import type { HadoopCounter } from './job-counters.ts';
import type { CommandSite, HttpSite } from './site.ts';
import { stagingOf, submitOverHttp } from './submit-http.ts';
import type { StreamingJob } from './streaming-job.ts';

export interface RunningPass {
  /** Null: the job succeeded, and nobody could say what it counted. */
  readonly counters: Promise<readonly HadoopCounter[] | null>;
  /** Ends it as soon as possible; `counters` rejects then. */
  kill(): Promise<void>;
}

/** What a pass tells while it runs. */
interface PassEvents {
  readonly onAccepted: (application: string) => void;
  readonly onTasks: (of: 'map' | 'reduce', done: number, total: number) => void;
}

export interface PassOptions {
  readonly job: StreamingJob;
  readonly hdfs: Hdfs;
  readonly user: string;
  readonly files: readonly InputFile[];
  /** Paths and patterns in HDFS that mean these files. */
  readonly inputs: readonly string[];
  readonly events: PassEvents;
}

export function runThroughCommand({ command }: CommandSite, options: PassOptions): RunningPass {
  const { job, files, inputs, events } = options;
  return submitThroughCommand(command, {
    job,
    inputs,
    inputBytes: files.reduce((sum, { size }) => sum + size, 0),
    maps: planSplits(files, job.splitBytes, job.splittable).length,
    onAccepted: events.onAccepted,
    onProgress: (map, reduce) =>
      map < 100 ? events.onTasks('map', map, 100) : events.onTasks('reduce', reduce, 100),
  });
}

export function runOverHttp(
  site: HttpSite,
  application: NewApplication,
  options: PassOptions,
): RunningPass {
  let accepted = false;
  let killed = false;
  const kill = async (): Promise<void> => {
    killed = true;
    if (accepted) await site.resourceManager.kill(application.id);
  };
  const run = async (): Promise<readonly HadoopCounter[] | null> => {
    const { job, hdfs, user, files, events } = options;
    const { resourceManager, cluster } = site;
    await submitOverHttp({ job, inputs: files, hdfs, resourceManager, cluster, user, application });
    accepted = true;
    const following: Following = {
      resourceManager,
      application: application.id,
      onState: () => undefined,
      onProgress: (progress) => tell(progress, events),
    };
    try {
      if (killed) await kill();
      await untilAccepted(following);
      events.onAccepted(application.id);
      return await outcomeOf(site, following);
    } finally {
      // The master removes it itself, unless it was killed or never began.
      const staging = stagingOf(cluster, user, application.id);
      await hdfs.delete(staging, { recursive: true }).catch(() => false);
    }
  };
  return { counters: run(), kill };
}

function tell({ maps, reduces }: JobProgress, { onTasks }: PassEvents): void {
  if (maps.done < maps.total || reduces.total === 0) onTasks('map', maps.done, maps.total);
  else onTasks('reduce', reduces.done, reduces.total);
}

async function outcomeOf(
  { cluster }: HttpSite,
  following: Following,
): Promise<readonly HadoopCounter[] | null> {
  const { application } = following;
  const { state, finalStatus, diagnostics } = await untilEnded(following);
  if (finalStatus === 'SUCCEEDED') return await countersFrom(cluster.historyServer, application);
  const why = diagnostics.trim() === '' ? '' : `: ${diagnostics.trim()}`;
  if (state === 'KILLED' || finalStatus === 'KILLED') {
    throw new LispingError('LISPING_E_YARN', `${application} was killed${why}`);
  }
  throw new LispingError('LISPING_E_HADOOP_JOB', `${application} failed${why}`);
}

/** The job is done whatever the history server says. */
async function countersFrom(
  historyServer: string,
  application: string,
): Promise<readonly HadoopCounter[] | null> {
  try {
    return await countersOf(endedJob(historyServer), jobIdOf(application));
  } catch (error) {
    if (isLispingError(error)) return null;
    throw error;
  }
}
