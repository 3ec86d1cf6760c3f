// What YARN is told so that it starts Hadoop's own MRAppMaster for a job that nobody's client prepared.
import type { Cluster } from './cluster.ts';
import type { Resource } from './staging.ts';

export interface MasterOptions {
  readonly application: string;
  readonly name: string;
  readonly queue: string | null;
  readonly cluster: Cluster;
  /** Megabytes that a container may have at most. */
  readonly memoryMax: number;
  /** job.xml, job.split, job.splitmetainfo. */
  readonly resources: readonly Resource[];
}

/** The names under which the master looks for the files of its job. */
const PLACES: Readonly<Record<string, string>> = {
  'job.xml': 'job.xml',
  'job.split': 'jobSubmitDir/job.split',
  'job.splitmetainfo': 'jobSubmitDir/job.splitmetainfo',
};

/** The body of a submission. */
export function submissionOf(options: MasterOptions): object {
  const { application, name, queue, cluster, memoryMax, resources } = options;
  return {
    'application-id': application,
    'application-name': name,
    'application-type': 'MAPREDUCE',
    ...(queue === null ? {} : { queue }),
    'max-app-attempts': cluster.masterAttempts,
    resource: {
      memory: Math.min(cluster.masterMemoryMb, memoryMax),
      vCores: cluster.masterCores,
    },
    'am-container-spec': {
      'local-resources': { entry: resources.map(localResource) },
      environment: { entry: entriesOf(environmentOf(cluster)) },
      commands: { command: commandOf(cluster) },
    },
  };
}

function localResource({ name, uri, size, timestamp }: Resource): object {
  return {
    key: PLACES[name] ?? name,
    value: {
      resource: uri,
      type: 'FILE',
      visibility: 'APPLICATION',
      size,
      timestamp,
    },
  };
}

function environmentOf(cluster: Cluster): Readonly<Record<string, string>> {
  return {
    CLASSPATH: cluster.masterClassPath,
    SHELL: '/bin/bash',
    LD_LIBRARY_PATH: '$PWD',
    // From Java 9 on the launcher reads it, and from 17 on it is needed; Java 8 ignores it.
    JDK_JAVA_OPTIONS: '--add-opens=java.base/java.lang=ALL-UNNAMED',
  };
}

function entriesOf(values: Readonly<Record<string, string>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

/** A shell on the node runs it; it fills in `<LOG_DIR>` before. */
function commandOf({ masterOptions }: Cluster): string {
  return [
    '$JAVA_HOME/bin/java',
    '-Djava.io.tmpdir=$PWD/tmp',
    '-Dlog4j.configuration=container-log4j.properties',
    '-Dyarn.app.container.log.dir=<LOG_DIR>',
    '-Dyarn.app.container.log.filesize=0',
    '-Dhadoop.root.logger=INFO,CLA',
    '-Dhadoop.root.logfile=syslog',
    masterOptions,
    'org.apache.hadoop.mapreduce.v2.app.MRAppMaster',
    '1><LOG_DIR>/stdout',
    '2><LOG_DIR>/stderr',
  ].join(' ');
}
