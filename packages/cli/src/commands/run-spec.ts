// What `lisping run` accepts.
import type { CommandSpec } from '../flags/spec.ts';

export const runSpec: CommandSpec = {
  name: 'run',
  summary: 'Run a job on this machine, with the splits, order and parts of Hadoop',
  usage: 'lisping run JOB --input PATH... --output DIR [flags]',
  args: [
    {
      name: 'JOB',
      about: 'a .ts, .mts, .js or .mjs file, or a directory with a job.ts',
      required: true,
    },
  ],
  flags: [
    {
      name: 'input',
      value: 'PATH',
      about: 'file, directory, pattern or comma list; repeatable',
      multiple: true,
    },
    {
      name: 'output',
      value: 'DIR',
      about: 'where part-00000, ... and _SUCCESS go; must not exist',
    },
    { name: 'reduces', value: 'R', about: "reduce tasks (the job's own, else 1)" },
    { name: 'split-bytes', value: 'B', about: 'bytes in a split (134217728)' },
    {
      name: 'param',
      value: 'NAME=VALUE',
      about: 'a parameter of the job; repeatable',
      multiple: true,
    },
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
