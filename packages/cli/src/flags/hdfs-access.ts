// Where HDFS is and who asks, from flags and from the environment. What is secret is never a flag, which
// everybody on the machine could read.
import { userInfo } from 'node:os';
import { LispingError } from '@lisping/core';
import type { HdfsOptions } from '@lisping/hadoop-bridge';
import type { Values } from './values.ts';

export interface HdfsAccess {
  /** As given with --namenode, separated by commas. */
  readonly nameNodes: readonly string[];
  readonly user: string;
  readonly hdfs: Omit<HdfsOptions, 'nameNodes' | 'user'>;
}

/** Reads --namenode, HADOOP_USER_NAME, LISPING_HDFS_TOKEN and LISPING_HDFS_HOSTS. */
export function hdfsAccess(values: Values): HdfsAccess {
  const { HADOOP_USER_NAME: user, LISPING_HDFS_TOKEN: token } = process.env;
  const hosts = process.env['LISPING_HDFS_HOSTS'];
  return {
    nameNodes: values.path('namenode')?.split(',').filter(Boolean) ?? [],
    user: user === undefined || user === '' ? userInfo().username : user,
    hdfs: {
      ...(token === undefined || token === '' ? {} : { token }),
      ...(hosts === undefined ? {} : { hosts: hostsIn(hosts) }),
    },
  };
}

/** `dn1=10.0.0.7,dn2:9864=localhost:19864` */
function hostsIn(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, from, to] = /^\s*([^=\s]+)=([^=\s]+)\s*$/.exec(pair) ?? [];
      if (from !== undefined && to !== undefined) return [from, to];
      throw new LispingError(
        'LISPING_E_CONFIG',
        `LISPING_HDFS_HOSTS: '${pair}' is no HOST=ADDRESS`,
      );
    }),
  );
}
