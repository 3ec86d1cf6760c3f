// The properties that make a MapReduce job one of Streaming, when no client of Hadoop's does it.
import type { Cluster } from './cluster.ts';
import type { Properties } from './job-xml.ts';
import type { Resource } from './staging.ts';
import type { StreamingJob } from './streaming-job.ts';

export interface PropertiesOptions {
  readonly job: StreamingJob;
  readonly cluster: Cluster;
  readonly user: string;
  /** URI of the directory with the job's own files; Hadoop removes it at the end. */
  readonly directory: string;
  readonly maps: number;
  readonly files: readonly Resource[];
  readonly archives: readonly Resource[];
}

const STREAMING = 'org.apache.hadoop.streaming';

export function propertiesOf(options: PropertiesOptions): Properties {
  const { job, cluster, user, directory, maps, files, archives } = options;
  return {
    'mapreduce.framework.name': 'yarn',
    'mapreduce.job.name': job.name,
    'mapreduce.job.user.name': user,
    ...(job.queue === null ? {} : { 'mapreduce.job.queuename': job.queue }),
    'mapreduce.job.dir': directory,
    'mapreduce.job.maps': String(maps),
    'mapreduce.application.classpath': cluster.taskClassPath,
    'mapred.mapper.class': `${STREAMING}.PipeMapper`,
    'mapred.map.runner.class': `${STREAMING}.PipeMapRunner`,
    'stream.map.streamprocessor': formEncoded(job.mapper),
    ...(job.reducer === null
      ? {}
      : {
          'mapred.reducer.class': `${STREAMING}.PipeReducer`,
          'stream.reduce.streamprocessor': formEncoded(job.reducer),
        }),
    'mapreduce.output.fileoutputformat.outputdir': cluster.fileSystem + job.output,
    ...cached('files', files),
    ...cached('archives', archives),
    ...job.properties,
  };
}

/** Command lines travel like the fields of a form. */
function formEncoded(line: string): string {
  return encodeURIComponent(line).replaceAll('%20', '+');
}

/** Without visibilities the application master dies. */
function cached(kind: 'files' | 'archives', resources: readonly Resource[]): Properties {
  if (resources.length === 0) return {};
  const list = (of: (resource: Resource) => string): string => resources.map(of).join(',');
  const name = `mapreduce.job.cache.${kind}`;
  return {
    [name]: list(({ uri, name }) => `${uri}#${name}`),
    [`${name}.timestamps`]: list(({ timestamp }) => String(timestamp)),
    [`${name}.filesizes`]: list(({ size }) => String(size)),
    [`${name}.visibilities`]: list(() => 'false'),
  };
}
