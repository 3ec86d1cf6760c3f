// What the daemons, the `hadoop` command and the containers read: small numbers, one machine, no security.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const HOST = '127.0.0.1';

/** Ports that others must know. */
export interface Ports {
  readonly nameNode: number;
  readonly nameNodeHttp: number;
  readonly dataNodeHttp: number;
  readonly resourceManager: number;
  readonly resourceManagerHttp: number;
  readonly scheduler: number;
  readonly tracker: number;
  readonly admin: number;
  readonly nodeManagerHttp: number;
  readonly history: number;
  readonly historyHttp: number;
  readonly historyAdmin: number;
}

export interface Installation {
  /** Directories for configuration, logs, data. */
  readonly conf: string;
  readonly logs: string;
  readonly data: string;
  /** The jars. */
  readonly library: string;
  readonly javaHome: string;
  readonly ports: Ports;
}

/** Java 17 closes what Hadoop opens by reflection. */
export const JAVA_FLAGS: readonly string[] = [
  ...['java.lang', 'java.util', 'java.io'].map(
    (name) => `--add-opens=java.base/${name}=ALL-UNNAMED`,
  ),
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1', // short lives: compiling well costs more than it gains
];

type Properties = Readonly<Record<string, string | number | boolean>>;

/** Writes the whole directory. */
export function writeConfiguration(installation: Installation): void {
  const { conf } = installation;
  // Without them every daemon says that its web pages are not in the class path, and ends.
  for (const name of ['hdfs', 'datanode', 'secondary', 'journal', 'static']) {
    mkdirSync(join(conf, 'webapps', name), { recursive: true });
  }
  const files: Readonly<Record<string, Properties>> = {
    'core-site.xml': core(installation),
    'hdfs-site.xml': hdfs(installation),
    'yarn-site.xml': yarn(installation),
    'mapred-site.xml': mapreduce(installation),
    'capacity-scheduler.xml': QUEUES,
  };
  for (const [name, properties] of Object.entries(files)) {
    writeFileSync(join(conf, name), xml(properties));
  }
  writeFileSync(join(conf, 'log4j.properties'), LOG4J);
}

/** The daemons' environment; containers inherit what `yarn.nodemanager.env-whitelist` names. */
export function environmentOf({ conf, library, javaHome }: Installation): NodeJS.ProcessEnv {
  return { ...process.env, JAVA_HOME: javaHome, HADOOP_CONF_DIR: conf, HADOOP_HOME: library };
}

/** A `hadoop` command like the one that a distribution has in its bin: `jar`, `fs`, `classpath`, or a class. */
export function writeHadoopCommand(file: string, { conf, library, javaHome }: Installation): void {
  const java = [`"${javaHome}/bin/java"`, ...JAVA_FLAGS, '-cp', `"${conf}:${library}/*"`].join(' ');
  const script = `#!/bin/sh
# The hadoop command of this cluster.
command=$1
shift
case $command in
  jar) exec ${java} org.apache.hadoop.util.RunJar "$@" ;;
  fs) exec ${java} org.apache.hadoop.fs.FsShell "$@" ;;
  version) exec ${java} org.apache.hadoop.util.VersionInfo ;;
  classpath) echo "${conf}:${library}/*" ;;
  *) exec ${java} "$command" "$@" ;;
esac
`;
  writeFileSync(file, script);
  chmodSync(file, 0o755);
}

function core({ data, ports }: Installation): Properties {
  const { username } = userInfo();
  return {
    'fs.defaultFS': `hdfs://${HOST}:${ports.nameNode}`,
    'hadoop.tmp.dir': data,
    'hadoop.http.filter.initializers': 'org.apache.hadoop.security.AuthenticationFilterInitializer', // else ?user.name= is not read
    'hadoop.http.authentication.type': 'simple',
    'hadoop.http.authentication.simple.anonymous.allowed': true,
    [`hadoop.proxyuser.${username}.hosts`]: '*',
    [`hadoop.proxyuser.${username}.groups`]: '*',
    'ipc.client.connect.max.retries': 50, // the daemons start at once and wait for each other
    'ipc.client.connect.retry.interval': 200,
  };
}

function hdfs({ ports }: Installation): Properties {
  return {
    'dfs.replication': 1,
    'dfs.namenode.rpc-address': `${HOST}:${ports.nameNode}`,
    'dfs.namenode.http-address': `${HOST}:${ports.nameNodeHttp}`,
    'dfs.namenode.safemode.extension': 0,
    'dfs.namenode.fs-limits.min-block-size': 512,
    'dfs.namenode.datanode.registration.ip-hostname-check': false,
    'dfs.datanode.hostname': HOST,
    'dfs.datanode.address': `${HOST}:0`,
    'dfs.datanode.ipc.address': `${HOST}:0`,
    'dfs.datanode.http.address': `${HOST}:${ports.dataNodeHttp}`,
  };
}

function yarn({ conf, library, logs, ports }: Installation): Properties {
  return {
    'yarn.resourcemanager.hostname': HOST,
    'yarn.resourcemanager.address': `${HOST}:${ports.resourceManager}`,
    'yarn.resourcemanager.scheduler.address': `${HOST}:${ports.scheduler}`,
    'yarn.resourcemanager.resource-tracker.address': `${HOST}:${ports.tracker}`,
    'yarn.resourcemanager.admin.address': `${HOST}:${ports.admin}`,
    'yarn.resourcemanager.webapp.address': `${HOST}:${ports.resourceManagerHttp}`,
    'yarn.resourcemanager.nodemanagers.heartbeat-interval-ms': 100,
    'yarn.scheduler.minimum-allocation-mb': 128,
    'yarn.nodemanager.hostname': HOST,
    'yarn.nodemanager.address': `${HOST}:0`,
    'yarn.nodemanager.localizer.address': `${HOST}:0`,
    'yarn.nodemanager.webapp.address': `${HOST}:${ports.nodeManagerHttp}`,
    'yarn.nodemanager.log-dirs': join(logs, 'containers'),
    'yarn.nodemanager.resource.memory-mb': 4096,
    'yarn.nodemanager.resource.memory.enforced': false, // else no container is killed for its memory
    'yarn.nodemanager.vmem-check-enabled': false,
    'yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage': 99.5,
    'yarn.nodemanager.aux-services': 'mapreduce_shuffle',
    'yarn.nodemanager.delete.debug-delay-sec': 0,
    'yarn.nodemanager.env-whitelist':
      'JAVA_HOME,HADOOP_HOME,HADOOP_COMMON_HOME,HADOOP_HDFS_HOME,HADOOP_CONF_DIR,HADOOP_YARN_HOME,HADOOP_MAPRED_HOME,PATH,LANG,TZ',
    'yarn.application.classpath': `${conf},${library}/*`,
  };
}

function mapreduce({ library, ports }: Installation): Properties {
  const flags = JAVA_FLAGS.join(' ');
  return {
    'mapreduce.framework.name': 'yarn',
    'mapreduce.application.classpath': `${library}/*`,
    'mapreduce.shuffle.port': 0,
    'mapreduce.jobhistory.address': `${HOST}:${ports.history}`,
    'mapreduce.jobhistory.webapp.address': `${HOST}:${ports.historyHttp}`,
    'mapreduce.jobhistory.admin.address': `${HOST}:${ports.historyAdmin}`,
    'yarn.app.mapreduce.am.staging-dir': '/tmp/hadoop-yarn/staging',
    'yarn.app.mapreduce.am.resource.mb': 512,
    'yarn.app.mapreduce.am.command-opts': `-Xmx300m ${flags}`,
    'yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms': 100,
    'mapreduce.map.memory.mb': 384,
    'mapreduce.map.java.opts': `-Xmx160m ${flags}`,
    'mapreduce.reduce.memory.mb': 384,
    'mapreduce.reduce.java.opts': `-Xmx160m ${flags}`,
    'mapreduce.task.io.sort.mb': 32,
  };
}

/** `stopped` takes no jobs: what a wrong queue does can be tried. */
const QUEUES: Properties = {
  'yarn.scheduler.capacity.maximum-am-resource-percent': 0.5,
  'yarn.scheduler.capacity.root.queues': 'default,stopped',
  'yarn.scheduler.capacity.root.default.capacity': 100,
  'yarn.scheduler.capacity.root.stopped.capacity': 0,
  'yarn.scheduler.capacity.root.stopped.state': 'STOPPED',
};

const LOG4J = `log4j.rootLogger=INFO,console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.target=System.err
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %p %c{2}: %m%n
`;

function xml(properties: Properties): string {
  const lines = Object.entries(properties).map(
    ([name, value]) =>
      `  <property><name>${name}</name><value>${String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</value></property>\n`,
  );
  return `<?xml version="1.0"?>\n<configuration>\n${lines.join('')}</configuration>\n`;
}
