// A run over nothing succeeds, as on Hadoop, and says that there was nothing.
import { mkdirSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { WORD_COUNT } from '../test-support/jobs.ts';
import { workbench, type Workbench } from '../test-support/lisping.ts';

const bench: Workbench = workbench({ 'word-count.ts': WORD_COUNT });

afterAll(() => bench.remove());

it('a run over an empty directory says a note, and exits with 0', async () => {
  mkdirSync(bench.file('empty'));
  const ended = await bench.lisping('run', 'word-count.ts', '--input', 'empty', '--output', 'out');
  expect(ended).toMatchObject({ code: 0, stderr: 'note: there was no record to read\n' });
});
