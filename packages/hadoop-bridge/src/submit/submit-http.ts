// Brings a job to a cluster over HTTP: its files into HDFS, the word to YARN. No Java, no Hadoop here.
import { planSplits, type InputFile } from '@lisping/core';
import type { Hdfs } from '../hdfs/hdfs.ts';
import { jobIdOf } from '../yarn/mapreduce-job.ts';
import type { NewApplication, ResourceManager } from '../yarn/resource-manager.ts';
import { submissionOf } from './application-master.ts';
import type { Cluster } from './cluster.ts';
import { jobXml } from './job-xml.ts';
import { propertiesOf } from './job-properties.ts';
import { splitFilesOf, type FileSplit } from './split-files.ts';
import { resourceOf, upload, type Resource, type Staging } from './staging.ts';
import type { ShippedArchive, ShippedFile, StreamingJob } from './streaming-job.ts';

export interface HttpSubmission {
  readonly job: StreamingJob;
  readonly inputs: readonly InputFile[];
  readonly hdfs: Hdfs;
  readonly resourceManager: ResourceManager;
  readonly cluster: Cluster;
  readonly user: string;
  readonly application: NewApplication;
}

/** Path in HDFS of the directory that belongs to one application. */
export function stagingOf({ staging }: Cluster, user: string, application: string): string {
  return `${staging}/${user}/.staging/${jobIdOf(application)}`;
}

/** Hands the job over. On failure nothing is left. */
export async function submitOverHttp(submission: HttpSubmission): Promise<void> {
  const { hdfs, cluster, user, application } = submission;
  const directory = stagingOf(cluster, user, application.id);
  try {
    const [archives] = await Promise.all([
      archiveResources(submission),
      hdfs.mkdirs(directory, '700'),
    ]);
    await handOver(submission, archives, {
      hdfs,
      directory,
      fileSystem: cluster.fileSystem,
      timestamp: Date.now(),
    });
  } catch (error) {
    await hdfs.delete(directory, { recursive: true }).catch(() => false); // the first error says more
    throw error;
  }
}

async function handOver(
  submission: HttpSubmission,
  archives: readonly Resource[],
  staging: Staging,
): Promise<void> {
  const { job, cluster, user, application, resourceManager } = submission;
  const splits = await fileSplits(submission);
  const files = job.files.map((file) => resourceOf(staging, file));
  const properties = propertiesOf({
    job,
    cluster,
    user,
    directory: cluster.fileSystem + staging.directory,
    maps: splits.length,
    files,
    archives,
  });
  const { splits: splitBytes, metaInfo } = splitFilesOf(splits);
  const own: ShippedFile[] = [
    { name: 'job.xml', bytes: Buffer.from(jobXml(properties)) },
    { name: 'job.split', bytes: splitBytes },
    { name: 'job.splitmetainfo', bytes: metaInfo },
  ];
  await upload(staging, [...job.files, ...own]);
  await resourceManager.submit(
    submissionOf({
      application: application.id,
      name: job.name,
      queue: job.queue,
      cluster,
      memoryMax: application.memoryMax,
      resources: own.map((file) => resourceOf(staging, file)),
    }),
  );
}

const LOOKUPS = 16;

/** Hosts are hints: they put a task where its data lies. */
async function fileSplits({ job, inputs, hdfs, cluster }: HttpSubmission): Promise<FileSplit[]> {
  const hosts = new Map<InputFile, HostsAt>();
  const queue = [...new Set(inputs)].filter(({ size }) => size > 0);
  const work = async (): Promise<void> => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      hosts.set(file, await hostsOf(hdfs, file));
    }
  };
  await Promise.all(Array.from({ length: LOOKUPS }, work));
  return planSplits(inputs, job.splitBytes, job.splittable).map(({ file, start, length }) => {
    const input = inputs[file]!; // splits are of these files
    const uri = cluster.fileSystem + input.path;
    return { uri, start, length, hosts: hosts.get(input)?.(start) ?? [] };
  });
}

type HostsAt = (offset: number) => readonly string[];

async function hostsOf(hdfs: Hdfs, { path }: InputFile): Promise<HostsAt> {
  const blocks = await hdfs.blockLocations(path);
  return (at) =>
    blocks.find(({ offset, length }) => at >= offset && at < offset + length)?.hosts ?? [];
}

async function archiveResources(submission: HttpSubmission): Promise<Resource[]> {
  return await Promise.all(
    submission.job.archives.map((each) => archiveResource(submission, each)),
  );
}

async function archiveResource(
  { hdfs, cluster }: HttpSubmission,
  { name, path }: ShippedArchive,
): Promise<Resource> {
  const { length, modificationTimeMs } = await hdfs.status(path);
  const uri = cluster.fileSystem + encodeURI(path);
  return { name, uri, size: length, timestamp: modificationTimeMs };
}
