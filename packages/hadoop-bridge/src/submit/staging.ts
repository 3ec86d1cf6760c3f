// The files of a job on their way into HDFS, all at the same time. Nodes refuse a file whose time is not
// the one they were told, so the time is set rather than asked for.
import type { Hdfs } from '../hdfs/hdfs.ts';
import type { ShippedFile } from './streaming-job.ts';

/** A file in HDFS as YARN wants to be told of it. */
export interface Resource {
  readonly name: string;
  readonly uri: string;
  readonly size: number;
  /** Milliseconds. */
  readonly timestamp: number;
}

export interface Staging {
  readonly hdfs: Hdfs;
  /** Path in HDFS, of this job only. */
  readonly directory: string;
  readonly fileSystem: string;
  /** Of all its files. */
  readonly timestamp: number;
}

/** What the file will be once it is uploaded: job.xml names the others before they are there. */
export function resourceOf(staging: Staging, { name, bytes }: ShippedFile): Resource {
  const { fileSystem, directory, timestamp } = staging;
  const uri = fileSystem + encodeURI(`${directory}/${name}`);
  return { name, uri, size: bytes.length, timestamp };
}

/** Uploads them into the directory, which exists. */
export async function upload(staging: Staging, files: readonly ShippedFile[]): Promise<void> {
  const { hdfs, directory, timestamp } = staging;
  await Promise.all(
    files.map(async ({ name, bytes }) => {
      const path = `${directory}/${name}`;
      // Nobody else knows the directory, so nobody reads a file that is not whole.
      await hdfs.create(path, bytes, {
        overwrite: true,
        inPlace: true,
        permission: '644',
      });
      await hdfs.setTimes(path, { modificationTimeMs: timestamp });
    }),
  );
}
