// The first defect of the program that this project descends from: each peer's partial result was
// merged with a dictionary update, so that of two replicas that map the same word one lost its count.
import { expect, test } from 'vitest';
import { hunt } from '../../mutants/hunt.ts';
import { mutant } from '../../mutants/partial-results-overwrite.ts';

test('an engine that overwrites partial results is caught in the first schedule', async () => {
  const kill = await hunt(mutant, { schedules: 1 });
  expect(kill?.checkers).toEqual(['output-equals-oracle']);
  expect(kill?.detail).toMatch(/^part \d differs: line \d+ is ".*", must be ".*"$/);
});
