// job.split and job.splitmetainfo: what the application master reads to know its map tasks. Task i reads
// the i-th split, so the order of the splits is the numbering of the tasks.
import { WritableBytes } from './writable.ts';

/** A range of a file that one map task reads. */
export interface FileSplit {
  /** As Hadoop's `Path` prints it: a URI without escapes, `hdfs://host:8020/in/a b`. */
  readonly uri: string;
  readonly start: number;
  readonly length: number;
  /** Where its first block lies; a hint for the scheduler. */
  readonly hosts: readonly string[];
}

/** The two files. */
export interface SplitFiles {
  readonly splits: Uint8Array;
  readonly metaInfo: Uint8Array;
}

const FILE_SPLIT = 'org.apache.hadoop.mapred.FileSplit';
const SPLIT_VERSION = 1;
const META_VERSION = 1;

export function splitFilesOf(splits: readonly FileSplit[]): SplitFiles {
  const body = new WritableBytes().ascii('SPL').int(SPLIT_VERSION);
  const meta = new WritableBytes().ascii('META-SPL').vlong(META_VERSION).vlong(splits.length);
  for (const { uri, start, length, hosts } of splits) {
    meta.vlong(hosts.length);
    for (const host of hosts) meta.text(host);
    meta.vlong(body.length).vlong(length);
    body.text(FILE_SPLIT).text(uri).long(start).long(length);
  }
  return { splits: body.toBytes(), metaInfo: meta.toBytes() };
}
