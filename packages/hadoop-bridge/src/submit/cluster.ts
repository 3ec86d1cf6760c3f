// What has to be known of a cluster to submit a job over HTTP. The ResourceManager shows its configuration
// under /conf; what it does not show is what Hadoop ships with.

/** A cluster's configuration; names that are not in it have Hadoop's defaults. */
export type Configuration = ReadonlyMap<string, string>;

export interface Cluster {
  /** `hdfs://host:port`, or `hdfs://` for whatever the nodes take for theirs. A path follows. */
  readonly fileSystem: string;
  /** Where the files of jobs are put, in a directory for each user. */
  readonly staging: string;
  /** The application master's class path, as the shell on a node reads it. */
  readonly masterClassPath: string;
  /** The tasks' class path, as a property. */
  readonly taskClassPath: string;
  readonly masterMemoryMb: number;
  readonly masterCores: number;
  readonly masterOptions: string;
  readonly masterAttempts: number;
  /** `http://host:port` */
  readonly historyServer: string;
}

const YARN_CLASS_PATH = [
  '$HADOOP_CONF_DIR',
  ...['common', 'hdfs', 'yarn'].flatMap((part) => {
    const home = `$HADOOP_${part.toUpperCase()}_HOME/share/hadoop/${part}`;
    return [`${home}/*`, `${home}/lib/*`];
  }),
].join(',');
const MAPREDUCE_HOME = '$HADOOP_MAPRED_HOME/share/hadoop';
const MAPREDUCE_CLASS_PATH = `${MAPREDUCE_HOME}/mapreduce/*,${MAPREDUCE_HOME}/mapreduce/lib/*`;
/** Where a distribution keeps the jar of Streaming. */
const TOOLS = `${MAPREDUCE_HOME}/tools/lib/*`;

/** `resourceManager`: the URL that was asked, whose host stands in for addresses like 0.0.0.0. */
export function clusterOf(configuration: Configuration | null, resourceManager: string): Cluster {
  const get = (name: string, otherwise: string): string => configuration?.get(name) ?? otherwise;
  const taskClassPath = `${get('mapreduce.application.classpath', MAPREDUCE_CLASS_PATH)},${TOOLS}`;
  const yarnClassPath = get('yarn.application.classpath', YARN_CLASS_PATH);
  return {
    fileSystem: get('fs.defaultFS', 'hdfs://').replace(/(?<=[^/])\/+$/, ''),
    staging: pathOf(get('yarn.app.mapreduce.am.staging-dir', '/tmp/hadoop-yarn/staging')),
    masterClassPath: [
      '$PWD',
      '$HADOOP_CONF_DIR',
      ...entries(yarnClassPath),
      ...entries(taskClassPath),
      '$PWD/*',
    ]
      .filter((entry, index, all) => all.indexOf(entry) === index)
      .join(':'),
    taskClassPath,
    masterMemoryMb: Number(get('yarn.app.mapreduce.am.resource.mb', '1536')),
    masterCores: Number(get('yarn.app.mapreduce.am.resource.cpu-vcores', '1')),
    masterOptions: get('yarn.app.mapreduce.am.command-opts', '-Xmx1024m'),
    masterAttempts: Number(get('mapreduce.am.max-attempts', '2')),
    historyServer: historyServerOf(get, resourceManager),
  };
}

/** The web addresses of the NameNodes of the default file system; none when they are not known. */
export function nameNodesOf(configuration: Configuration | null): string[] {
  const service = /^hdfs:\/\/([^/:]+)/.exec(configuration?.get('fs.defaultFS') ?? '')?.[1];
  if (configuration === null || service === undefined) return [];
  const isSecure = configuration.get('dfs.http.policy') === 'HTTPS_ONLY';
  const [scheme, kind, port] = isSecure
    ? ['https', 'https-address', 9871]
    : ['http', 'http-address', 9870];
  const names = (configuration.get(`dfs.ha.namenodes.${service}`) ?? '').split(',').filter(Boolean);
  if (names.length === 0) {
    const address = configuration.get(`dfs.namenode.${kind}`) ?? `0.0.0.0:${port}`;
    return [`${scheme}://${withHost(address, service)}`];
  }
  return names.flatMap((name) => {
    const address = configuration.get(`dfs.namenode.${kind}.${service}.${name.trim()}`);
    return address === undefined ? [] : [`${scheme}://${address}`];
  });
}

function historyServerOf(get: (name: string, otherwise: string) => string, url: string): string {
  const isSecure = get('mapreduce.jobhistory.http.policy', '') === 'HTTPS_ONLY';
  const address = isSecure
    ? get('mapreduce.jobhistory.webapp.https.address', '0.0.0.0:19890')
    : get('mapreduce.jobhistory.webapp.address', '0.0.0.0:19888');
  const { hostname } = new URL(url);
  return `${isSecure ? 'https' : 'http'}://${withHost(address, hostname)}`;
}

/** An address that means "every interface" says nothing of where it is. */
function withHost(address: string, host: string): string {
  return address.replace(/^(0\.0\.0\.0|\[::\])(?=:)/, host);
}

function entries(classPath: string): string[] {
  return classPath.split(/[,:\s]+/).filter((entry) => entry !== '');
}

/** A path may be written as a URI. */
function pathOf(location: string): string {
  return location.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
}
