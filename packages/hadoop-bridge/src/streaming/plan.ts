// What a streaming job has to be told so that Hadoop treats a Lisping job's bytes as `lisping run` does: two
// command lines and a handful of properties. Pure: whoever submits adds paths, names and resources.
import { assert, type AnyJob } from '@lisping/core';
import { inputTravelOf, pairTravelOf, type InputTravel, type PairTravel } from './travel.ts';

/** The names under which the children find their files in the working directory of a task. */
export const BUNDLE_NAME = 'lisping-job.mjs';
export const SETTINGS_NAME = 'lisping-settings.json';

/** What the children read from SETTINGS_NAME. */
export interface ChildSettings {
  readonly version: 1;
  /** Which job of the pipeline; 0 for a single job. */
  readonly pass: number;
  readonly reduces: number;
  readonly input: InputTravel;
  readonly pairs: PairTravel;
  readonly parameters: Readonly<Record<string, string>>;
  /** After this time in one record the child no longer says that it is alive. */
  readonly stuckAfterMs: number;
  /** About how many bytes a mapper may hold for its combiner. */
  readonly combineBytes: number;
}

export interface StreamingOptions {
  readonly job: AnyJob;
  /** 0: map-only, and for a job without `reduce` the only choice. */
  readonly reduces: number;
  readonly pass?: number;
  readonly parameters?: Readonly<Record<string, string>>;
  /** The words of a command line before the bundle; `['node']` when left out. No word may hold a quote. */
  readonly node?: readonly string[];
  readonly stuckAfterMs?: number;
  readonly combineBytes?: number;
}

/** One streaming job. */
export interface StreamingPlan {
  readonly mapper: string;
  /** Null: map-only. */
  readonly reducer: string | null;
  readonly reduces: number;
  /** `source`: needs one empty file as input, so that there is one map task. */
  readonly input: InputTravel;
  /** False: every file is one split, whatever its size. */
  readonly splittable: boolean;
  /** The contents of SETTINGS_NAME. */
  readonly settings: string;
  /** Properties of the job, equally for job.xml and as `-D`. A value may be a line break: keep white space. */
  readonly properties: Readonly<Record<string, string>>;
}

const STUCK_AFTER_MS = 60 * 60 * 1000;
const COMBINE_BYTES = 64 * 1024 * 1024;
const TEXT = 'org.apache.hadoop.io.Text';
const KEY_ONLY_READER = 'org.apache.hadoop.streaming.io.KeyOnlyTextOutputReader';

/**
 * Plans the streaming job of one pass.
 *
 * Throws LISPING_E_FORMAT for an input format that Hadoop cannot feed.
 *
 * @example
 * const { mapper, reducer, properties } = planStreaming({ job, reduces: 3 });
 */
export function planStreaming(options: StreamingOptions): StreamingPlan {
  const { job, reduces, pass = 0, parameters = {}, node = ['node'] } = options;
  const { stuckAfterMs = STUCK_AFTER_MS, combineBytes = COMBINE_BYTES } = options;
  assert(job.reduce !== null || reduces === 0, 'a job without reduce has no reduce tasks');
  const input = inputTravelOf(job);
  const pairs = pairTravelOf(job, reduces);
  const settings: ChildSettings = {
    version: 1,
    pass,
    reduces,
    input,
    pairs,
    parameters,
    stuckAfterMs,
    combineBytes,
  };
  return {
    mapper: commandLine([...node, BUNDLE_NAME, 'map']),
    reducer: reduces === 0 ? null : commandLine([...node, BUNDLE_NAME, 'reduce']),
    reduces,
    input,
    splittable: input !== 'whole-files',
    settings: `${JSON.stringify(settings)}\n`,
    properties: {
      'mapreduce.job.reduces': String(reduces),
      'mapreduce.map.output.key.class': TEXT,
      'mapreduce.map.output.value.class': TEXT,
      'mapreduce.job.output.key.class': TEXT,
      'mapreduce.job.output.value.class': TEXT,
      // Lines come out as the children print them.
      ...printing(reduces === 0 ? 'map' : 'reduce'),
      // Names of files that are no ASCII reach the child only where the task's JVM knows how to write them.
      'mapreduce.map.env.LC_ALL': 'C.UTF-8',
      'stream.jobconf.truncate.limit': '20000',
      ...inputProperties(input),
      ...pairProperties(pairs, job.sortValues),
    },
  };
}

function commandLine(words: readonly string[]): string {
  return words.map((word) => (/[ ']/.test(word) ? `"${word}"` : word)).join(' ');
}

function printing(side: 'map' | 'reduce'): Record<string, string> {
  return {
    [`stream.${side}.output`]: 'keyonlytext',
    [`stream.${side}.output.reader.class`]: KEY_ONLY_READER,
  };
}

function inputProperties(input: InputTravel): Record<string, string> {
  const withOffsets = { 'stream.map.input.ignoreKey': 'false' };
  switch (input) {
    case 'numbered-lines':
    case 'source':
      return withOffsets;
    case 'whole-files':
      return {
        ...withOffsets,
        // Else Hadoop would drop the CR of a CRLF, and the file could not be put together again.
        'textinputformat.record.delimiter': '\n',
        'mapreduce.input.fileinputformat.split.minsize': '9223372036854775807',
      };
  }
}

function pairProperties(pairs: PairTravel, sortValues: boolean): Record<string, string> {
  const byFirstField = {
    'mapred.partitioner.class': 'org.apache.hadoop.mapred.lib.KeyFieldBasedPartitioner',
    'mapreduce.partition.keypartitioner.options': '-k1,1',
  };
  switch (pairs) {
    case 'none':
      return {};
    case 'hash':
      return { 'stream.num.map.output.key.fields': '1' };
    case 'first-field':
      return { ...byFirstField, 'stream.num.map.output.key.fields': '2' };
    case 'token':
      return { ...byFirstField, 'stream.num.map.output.key.fields': sortValues ? '3' : '2' };
  }
}
