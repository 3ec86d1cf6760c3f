// The slim entry `lisping/job`: only what a job file needs, so that bundles stay small.
export {
  count,
  exactSum,
  int,
  job,
  json,
  max,
  min,
  pipeline,
  sortableInt,
  sum,
  text,
} from '@lisping/core';
export type {
  Codec,
  Context,
  Emit,
  EmitOutput,
  Fold,
  FoldDefinition,
  InputFormat,
  Job,
  MapContext,
  Pipeline,
} from '@lisping/core';
export { bytes, csv, jsonLines, keyValue, lines, wholeFiles } from '@lisping/formats';
