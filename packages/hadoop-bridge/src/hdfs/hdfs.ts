// The port to HDFS: what Lisping needs of a cluster's file system, and what it may rely on. Our own
// client over node:http stands behind it (webhdfs.ts), and the npm package `webhdfs` (npm-webhdfs.ts);
// one conformance suite holds both to these words.

/** A file or directory as the NameNode knows it. */
export interface FileStatus {
  /** Absolute, not encoded: `/data/été 1.csv`. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  /** Bytes; 0 for a directory. */
  readonly length: number;
  /** Bytes in a block of this file; 0 for a directory. */
  readonly blockSize: number;
  readonly replication: number;
  readonly modificationTimeMs: number;
  readonly accessTimeMs: number;
  readonly owner: string;
  readonly group: string;
  /** Octal digits: `644`. */
  readonly permission: string;
  /** Names the file whatever its path is; null where the server does not tell (HttpFS). */
  readonly fileId: number | null;
}

/** A range of bytes; from the first to the last byte of the file where left out. */
export interface ByteRange {
  readonly offset?: number;
  readonly length?: number;
}

/** What `open` may be told beside the path. */
export interface OpenOptions extends ByteRange {
  /** What `status` gave: saves asking for it again, and a file that has changed since is refused. */
  readonly status?: FileStatus;
}

/**
 * What is written: bytes in memory, or a function that begins to give them from the start. It is
 * called again when a try has failed.
 */
export type ByteSource =
  | Uint8Array
  | (() => AsyncIterable<Uint8Array, void, undefined> | Iterable<Uint8Array, void, undefined>);

/** What `create` may be told beside path and bytes. */
export interface CreateOptions {
  /** Replace a file that exists; false when left out. */
  readonly overwrite?: boolean;
  /** Octal digits; the server's own rule when left out. */
  readonly permission?: string;
  readonly replication?: number;
  readonly blockSize?: number;
  /**
   * Write under the name itself instead of renaming at the end: one request fewer, for a directory
   * that nobody else reads yet. A reader could see the file grow.
   */
  readonly inPlace?: boolean;
}

/** Hadoop's checksum of a whole file; equal bytes in equal blocks have equal ones. */
export interface FileChecksum {
  readonly algorithm: string;
  /** Hexadecimal. */
  readonly bytes: string;
}

/** A block of a file and the hosts that hold it. */
export interface BlockLocation {
  readonly offset: number;
  readonly length: number;
  readonly hosts: readonly string[];
}

/**
 * A file system that speaks HDFS. Every method throws a LispingError of the closed list, and gives a
 * result only when the server confirmed it: an answer that was cut, a `false`, or a body that is no
 * answer of HDFS is an error, never a result. Paths are absolute and not encoded; any character that
 * HDFS takes is allowed.
 *
 * @example
 * const hdfs = webHdfs({ nameNodes: ['http://namenode:9870'] });
 * await hdfs.create('/tmp/hello', Buffer.from('hello'));
 * for await (const chunk of hdfs.open('/tmp/hello')) process.stdout.write(chunk);
 */
export interface Hdfs {
  /** Throws LISPING_E_HDFS_MISSING when nothing has this name. */
  status(path: string): Promise<FileStatus>;
  /** What a directory holds, in the server's order; a file gives itself. */
  list(path: string): Promise<FileStatus[]>;
  /**
   * The bytes of a range, as they come; leave the loop and the connection is closed. Ends only after
   * the last byte: a connection that breaks is resumed where it broke, if the file is still the same.
   * A range that reaches beyond the end stops there.
   */
  open(path: string, options?: OpenOptions): AsyncIterable<Uint8Array, void, undefined>;
  /**
   * Writes a file that appears under its name only when it is whole and its length was confirmed. Gives
   * what `status` says of it.
   */
  create(path: string, source: ByteSource, options?: CreateOptions): Promise<FileStatus>;
  /**
   * Adds to the end of a file. It cannot be made to appear at once: when the connection breaks,
   * LISPING_E_HDFS_UNCLEAR says so, and nothing is sent twice.
   */
  append(path: string, source: ByteSource): Promise<FileStatus>;
  /** Makes a directory and its parents; one that exists is fine, a file is LISPING_E_HDFS_EXISTS. */
  mkdirs(path: string, permission?: string): Promise<void>;
  /** `target` is the new path itself, never a directory to move into. */
  rename(source: string, target: string, options?: { readonly overwrite?: boolean }): Promise<void>;
  /** False: there was nothing. A directory that holds something needs `recursive`. */
  delete(path: string, options?: { readonly recursive?: boolean }): Promise<boolean>;
  checksum(path: string): Promise<FileChecksum>;
  blockLocations(path: string, range?: ByteRange): Promise<BlockLocation[]>;
  /** Sets what `status` gives; what is left out stays. */
  setTimes(
    path: string,
    times: { readonly modificationTimeMs?: number; readonly accessTimeMs?: number },
  ): Promise<void>;
  /** Octal digits: `700`. */
  setPermission(path: string, permission: string): Promise<void>;
  /** Closes idle connections. */
  close(): void;
}
