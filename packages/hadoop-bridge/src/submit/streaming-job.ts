// One job of Hadoop Streaming, however it is brought to a cluster.
import type { Properties } from './job-xml.ts';

/** A file that every task finds in its working directory. */
export interface ShippedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An archive in HDFS that is unpacked into a directory of that name. */
export interface ShippedArchive {
  readonly name: string;
  /** Path in HDFS. */
  readonly path: string;
}

export interface StreamingJob {
  readonly name: string;
  /** Command lines as Streaming reads them: words, grouped by quotes. */
  readonly mapper: string;
  /** Null: what the mapper prints is the output. */
  readonly reducer: string | null;
  readonly properties: Properties;
  readonly files: readonly ShippedFile[];
  readonly archives: readonly ShippedArchive[];
  /** Where it is put in line; null for the cluster's own choice. */
  readonly queue: string | null;
  readonly splitBytes: number;
  readonly splittable: boolean;
  /** Path in HDFS. */
  readonly output: string;
}
