// What `lisping run` accepts.
import {
  JOB_ARG,
  LOCAL_INPUT_FLAG,
  PARAM_FLAG,
  REDUCES_FLAG,
  SPLIT_BYTES_FLAG,
} from '../flags/shared.ts';
import type { CommandSpec } from '../flags/spec.ts';

export const runSpec: CommandSpec = {
  name: 'run',
  summary: 'Run a job on this machine, with the splits, order and parts of Hadoop',
  usage: 'lisping run JOB --input PATH... --output DIR [flags]',
  args: [JOB_ARG],
  flags: [
    LOCAL_INPUT_FLAG,
    {
      name: 'output',
      value: 'DIR',
      about: 'where part-00000, ... and _SUCCESS go; must not exist',
    },
    REDUCES_FLAG,
    SPLIT_BYTES_FLAG,
    PARAM_FLAG,
    {
      name: 'overwrite',
      about: 'replace an output directory that exists, once the new one is whole',
    },
  ],
  examples: ["lisping run word-count.ts --input 'books/*.txt' --output counts --reduces 4"],
  notes: [
    'Names that start with _ or . are never input, and a directory inside an input directory is an error, as on Hadoop.',
    'Exit codes: 0 done, 1 the job failed, 2 wrong usage or paths, 4 the disk, 130 interrupted.',
  ],
};
