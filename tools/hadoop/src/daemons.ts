// The five daemons: which class each is, and how to tell that it does its work.
import { JAVA_FLAGS, type Installation } from './configuration.ts';

export type DaemonName =
  'NameNode' | 'DataNode' | 'ResourceManager' | 'NodeManager' | 'JobHistoryServer';

export const DAEMONS: Readonly<Record<DaemonName, string>> = {
  NameNode: 'org.apache.hadoop.hdfs.server.namenode.NameNode',
  DataNode: 'org.apache.hadoop.hdfs.server.datanode.DataNode',
  ResourceManager: 'org.apache.hadoop.yarn.server.resourcemanager.ResourceManager',
  NodeManager: 'org.apache.hadoop.yarn.server.nodemanager.NodeManager',
  JobHistoryServer: 'org.apache.hadoop.mapreduce.v2.hs.JobHistoryServer',
};

/** The command line that runs one of Hadoop's classes in the foreground. */
export function javaCommand(
  { conf, library, logs, javaHome }: Installation,
  className: string,
  ...args: readonly string[]
): string[] {
  return [
    `${javaHome}/bin/java`,
    '-Xmx512m',
    ...JAVA_FLAGS,
    '-Djava.net.preferIPv4Stack=true',
    `-Dhadoop.log.dir=${logs}`,
    `-Dyarn.log.dir=${logs}`, // must be absolute, or no container starts
    '-cp',
    `${conf}:${library}/*`,
    className,
    ...args,
  ];
}

/** Where the daemons answer over HTTP. */
export interface Addresses {
  readonly nameNode: string;
  readonly resourceManager: string;
  readonly historyServer: string;
  readonly dataNode: string;
  readonly nodeManager: string;
}

/** What the cluster does not do yet; null when jobs can be submitted. */
export async function whatIsAwaited(addresses: Addresses): Promise<string | null> {
  const { nameNode, resourceManager, historyServer } = addresses;
  const state = await textAt(`${nameNode}/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState`);
  if (state === null) return 'the NameNode to answer';
  if (!/"NumLiveDataNodes" : 1\b/.test(state)) return 'the DataNode to register';
  const info = await textAt(`${nameNode}/jmx?qry=Hadoop:service=NameNode,name=NameNodeInfo`);
  if (info === null || !/"Safemode" : ""/.test(info)) return 'the NameNode to leave safe mode';
  const metrics = await textAt(`${resourceManager}/ws/v1/cluster/metrics`);
  if (metrics === null) return 'the ResourceManager to answer';
  if (!/"activeNodes":1\b/.test(metrics)) return 'the NodeManager to register';
  const history = await textAt(`${historyServer}/ws/v1/history/info`);
  return history === null ? 'the JobHistoryServer to answer' : null;
}

/** Null when nobody answers, or not with 200. */
async function textAt(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    const text = await response.text();
    return response.ok ? text : null;
  } catch {
    return null;
  }
}
