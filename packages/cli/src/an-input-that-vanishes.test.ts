// An input that is there when the job starts and gone when its turn comes has changed, exit 4.
import { afterAll, expect, it } from 'vitest';
import { jobFile } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

const bench: Workbench = workbench({
  'a.txt': 'a\n',
  'b.txt': 'b\n',
  'removes.ts': jobFile(
    `map(line, emit) { rmSync('b.txt', { force: true }); emit(line, 1); },`,
    `import { rmSync } from 'node:fs';`,
  ),
});

afterAll(() => bench.remove());

it('an input that vanishes while the job runs is INPUT_CHANGED', async () => {
  const ended = await bench.lisping(
    ...'run removes.ts --input a.txt,b.txt --output out --json'.split(' '),
  );
  expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_INPUT_CHANGED' } });
  expect(ended.code).toBe(4);
  expect(bench.names()).not.toContain('out');
});
