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
export { npmWebHdfs } from './hdfs/npm-webhdfs.ts';
export { hdfsEnvironment, hdfsPlace, type HdfsPlace } from './hdfs/settings.ts';
export { getFile, putFile, type Transferred } from './hdfs/transfer.ts';
export { webHdfs } from './hdfs/webhdfs.ts';
export { bundleForHadoop, type BundleOptions, type StreamingBundle } from './bundle/bundle-job.ts';
export {
  BUNDLE_NAME,
  planStreaming,
  SETTINGS_NAME,
  type StreamingOptions,
  type StreamingPlan,
} from './streaming/plan.ts';
export { CHECK_GROUP, failureIn, jobCounter, type TaskFailure } from './streaming/reporter.ts';
export { submit } from './submit/submit.ts';
export type {
  Pass,
  Submission,
  SubmitEvent,
  SubmitOptions,
  SubmitResult,
} from './submit/submit.ts';
