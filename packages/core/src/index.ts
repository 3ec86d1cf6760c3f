// The public surface of the core: first what a job file needs, then what hosts need.
export { bytesCodec } from './codec/bytes.ts';
export type { BuiltInCodec, Codec } from './codec/codec.ts';
export { int } from './codec/int.ts';
export { json } from './codec/json.ts';
export { sortableInt } from './codec/sortable-int.ts';
export { text } from './codec/text.ts';
export { count } from './fold/count.ts';
export { exactSum } from './fold/exact-sum.ts';
export { max, min } from './fold/extremes.ts';
export { type Fold, type FoldDefinition } from './fold/fold.ts';
export { sum } from './fold/sum.ts';
export { type AnyJob, isJob, type Result } from './job/any-job.ts';
export type { Context, InputPosition, MapContext } from './job/context.ts';
export type { FoldJob, MapOnlyJob, ReduceJob } from './job/definition.ts';
export type { Emit, EmitOutput } from './job/functions.ts';
export { job, type Job } from './job/job.ts';
export { isPipeline, pipeline, type Pipeline } from './job/pipeline.ts';

export { codecName } from './codec/wire.ts';
export { checksum, type Checksum, type Checksummer, createChecksummer } from './bytes/checksum.ts';
export { compareBytes } from './bytes/compare.ts';
export { hashKey } from './bytes/hash.ts';
export { type Decoder, decodeUtf8, isValidUtf8 } from './bytes/utf8-decode.ts';
export { encodeUtf8 } from './bytes/utf8-encode.ts';
export { assert, unreachable } from './errors/assert.ts';
export { causesOf } from './errors/causes.ts';
export { type ErrorCode, type ErrorEntry, ERRORS } from './errors/codes.ts';
export {
  type ErrorReport,
  isLispingError,
  LispingError,
  type RecordRef,
  type SourceRef,
} from './errors/lisping-error.ts';
export { nearestName } from './errors/nearest.ts';
export type { Counters } from './execute/counters.ts';
export type { MapExit } from './execute/leaving-sink.ts';
export {
  createLeavingMapTask,
  createMapTask,
  type MapOutput,
  type MapTask,
} from './execute/map-task.ts';
export { readSource } from './execute/read-source.ts';
export { PairLines } from './execute/pair-lines.ts';
export { executeReduce, type ReduceOptions, type ReduceOutput } from './execute/reduce-task.ts';
export { type Segment, segmentSource, type SegmentSource } from './execute/segment.ts';
export type { MapSetting, TaskSetting } from './execute/setting.ts';
export type { FormatContext, InputFormat, OpenSplit, RecordParser } from './input/format.ts';
export {
  type InputAnswer,
  type InputEntry,
  type InputQuestion,
  type InputWalk,
  inputWalk,
  walkInputs,
} from './input/paths/input-walk.ts';
export { splitPathList } from './input/paths/path-list.ts';
export { type InputFile, planSplits, type Split } from './input/plan-splits.ts';

export * from './protocol/index.ts';
