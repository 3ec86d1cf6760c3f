// Where HDFS is and who asks, from flags and from the environment. What is secret is never a flag, which
// everybody on the machine could read.
import { hdfsEnvironment, type HdfsOptions } from '@lisping/hadoop-bridge';
import type { Values } from './values.ts';

export interface HdfsAccess {
  /** As given with --namenode, else by LISPING_NAMENODE; empty: as the cluster says. */
  readonly nameNodes: readonly string[];
  readonly user: string;
  readonly hdfs: Omit<HdfsOptions, 'nameNodes' | 'user'>;
}

export function hdfsAccess(values: Values): HdfsAccess {
  const { nameNodes: usual, user, ...hdfs } = hdfsEnvironment(process.env);
  const given = values.path('namenode')?.split(',').filter(Boolean);
  return { nameNodes: given ?? usual, user, hdfs };
}
