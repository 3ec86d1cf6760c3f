// What several commands accept in the same words.
import type { CommandSpec } from './spec.ts';

type Arg = CommandSpec['args'][number];
type Flag = CommandSpec['flags'][number];

export const JOB_ARG: Arg = {
  name: 'JOB',
  about: 'a .ts, .mts, .js or .mjs file, or a directory with a job.ts',
  required: true,
};

export const REDUCES_FLAG: Flag = {
  name: 'reduces',
  value: 'R',
  about: "reduce tasks (the job's own, else 1)",
};

export const SPLIT_BYTES_FLAG: Flag = {
  name: 'split-bytes',
  value: 'B',
  about: 'bytes in a split (134217728)',
};

export const PARAM_FLAG: Flag = {
  name: 'param',
  value: 'NAME=VALUE',
  about: 'a parameter of the job; repeatable',
  multiple: true,
};

export const LOCAL_INPUT_FLAG: Flag = {
  name: 'input',
  value: 'PATH',
  about: 'file, directory, pattern or comma list; repeatable',
  multiple: true,
};
