// What `lisping replay` accepts.
import type { CommandSpec } from '../flags/spec.ts';

export const replaySpec: CommandSpec = {
  name: 'replay',
  summary: 'Run one simulated schedule again, event for event',
  usage: 'lisping replay ID [JOB] [flags]',
  args: [
    {
      name: 'ID',
      about: 'the id that sim printed, or the path of the file that holds it',
      required: true,
    },
    { name: 'JOB', about: 'where the job lies now, if it was moved', required: false },
  ],
  flags: [
    {
      name: 'input',
      value: 'PATH',
      about: 'where the input lies now, if it was moved; repeatable',
      multiple: true,
    },
    {
      name: 'as-test',
      value: 'FILE',
      about: 'write the schedule as a test for vitest; FILE must not exist',
    },
    { name: 'anyway', about: 'replay although the protocol, the job or the input is another one' },
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
    'lisping replay r1.eJx9j... --trace events.ndjson',
    'lisping replay r1.eJx9j... --as-test test/regressions/lost-count.test.ts',
  ],
  notes: [
    'An id holds the job and input by their hashes, the options, and the seed or the list of faults.',
  ],
};
