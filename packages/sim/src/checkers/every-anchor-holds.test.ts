// A mutant whose anchor is gone breaks nothing any more, and must say so before anybody relies on it.
import { expect, test } from 'vitest';
import { mutated } from '../../mutants/build-mutant.ts';
import { loadMutant, mutantNames } from '../../mutants/corpus.ts';

const names = mutantNames();

test('there is a corpus to speak of', () => {
  expect(names.length).toBeGreaterThan(44);
});

test.each(names)('%s finds what it edits', async (name) => {
  const { edits, rule } = await loadMutant(name);
  expect(rule).not.toBe('');
  expect([...mutated(edits).keys()]).toEqual([...new Set(edits.map(({ file }) => file))]);
});
