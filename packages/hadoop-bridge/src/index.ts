// The public surface of the Hadoop bridge.
export type {
  BlockLocation,
  ByteRange,
  ByteSource,
  CreateOptions,
  FileChecksum,
  FileStatus,
  Hdfs,
  OpenOptions,
} from './hdfs/hdfs.ts';
export type { HdfsOptions, Patience, TlsOptions } from './hdfs/options.ts';
export { webHdfs } from './hdfs/webhdfs.ts';
