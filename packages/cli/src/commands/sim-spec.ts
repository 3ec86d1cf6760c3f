// What `lisping sim` accepts.
import { LOCAL_INPUT_FLAG, PARAM_FLAG, REDUCES_FLAG, SPLIT_BYTES_FLAG } from '../flags/shared.ts';
import type { CommandSpec } from '../flags/spec.ts';

export const simSpec: CommandSpec = {
  name: 'sim',
  summary: 'Simulate a job on a cluster that fails, and compare its output with a sequential run',
  usage: 'lisping sim [JOB] [flags]',
  args: [
    {
      name: 'JOB',
      about:
        'a .ts, .mts, .js or .mjs file, or a directory with a job.ts; the word count on shipped text when left out',
      required: false,
    },
  ],
  flags: [
    { name: 'replicas', value: 'N', about: 'machines that work (50)' },
    { name: 'fail-rate', value: 'P', about: 'probability from 0 to 1 that a replica crashes (0)' },
    REDUCES_FLAG,
    LOCAL_INPUT_FLAG,
    SPLIT_BYTES_FLAG,
    {
      name: 'workload',
      value: 'FILE',
      about:
        "run a model of many jobs instead of a JOB: SWIM's table of jobs, or the JSON of YARN's SLS",
    },
    PARAM_FLAG,
    { name: 'seed', value: 'S', about: 'any text; the same seed gives the same run (random)' },
    { name: 'schedules', value: 'K', about: 'how many runs, each with faults of its own (1)' },
    { name: 'keep-going', about: 'do not stop at the first schedule that fails' },
    {
      name: 'faults',
      value: 'FILE|swarm|none',
      about:
        'a JSON list of faults; or swarm: faults of every kind and knobs of the cluster, drawn for each run (none)',
    },
    {
      name: 'exhaustive',
      about: 'try every placement of up to two faults in a small world of its own',
    },
    { name: 'max-faults', value: 'N', about: 'with --exhaustive: at most 0, 1 or 2 faults (2)' },
    {
      name: 'no-memo',
      about: 'run user code for every attempt instead of remembering its results',
    },
    {
      name: 'check-determinism',
      about: 'run the schedule twice, and name the first event at which the runs differ',
    },
    { name: 'no-shrink', about: 'do not look for a smaller schedule that fails in the same way' },
    { name: 'output', value: 'DIR', about: 'write the parts of the last schedule; must not exist' },
    {
      name: 'trace',
      value: 'FILE',
      about:
        'write every event of the schedule that the verdict is about: as lines of JSON, or for Perfetto when FILE ends in .json',
    },
    {
      name: 'report',
      value: 'FILE',
      about: 'write one page of HTML to look through that schedule: messages, faults, tasks, nodes',
    },
  ],
  examples: [
    'lisping sim --replicas 50 --fail-rate 0.1',
    'lisping sim --exhaustive',
    'lisping sim job.ts --input books --schedules 1000 --fail-rate 0.3',
    'lisping sim job.ts --input books --schedules 1000 --faults swarm',
    'lisping sim --workload jobs.tsv --replicas 600 --fail-rate 0.05',
  ],
  notes: [
    'Exit codes: 0 passed, 1 the job failed or a promise of the protocol broke, 2 wrong usage, 3 no convergence, 130 interrupted.',
  ],
};
