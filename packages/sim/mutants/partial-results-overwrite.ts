import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A partial result of a peer is merged, not put in place of the others',
  standsFor: 'the 2009 program, which merged with a dictionary update',
  edits: [
    {
      file: 'core/src/execute/reduce-task.ts',
      anchor: 'values.push(value);',
      replacement: 'values[0] = value;',
    },
  ],
};
