// A bundle is cached on the cluster under its hash, so it depends on the sources and on nothing else.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleForHadoop } from './bundle-job.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lisping-bundle-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const jobApi = new URL('../../../cli/dist/job.js', import.meta.url).href;

const HELPER = `export const words = (line: string): string[] => line.split(' ');\n`;
const JOB = `import { job, sum } from 'lisping';
import { words } from './lib/words.ts';
export default job({
  map(line, emit) { for (const word of words(line)) emit(word, 1); },
  combine: sum,
  reduce(word, counts, emit) { emit(word, sum(counts)); },
});
`;

function lay(name: string, job = JOB): string {
  const directory = join(scratch, name);
  mkdirSync(join(directory, 'lib'), { recursive: true });
  writeFileSync(join(directory, 'lib/words.ts'), HELPER);
  writeFileSync(join(directory, 'job.ts'), job);
  return join(directory, 'job.ts');
}

test('twice, and from another directory', async () => {
  const here = lay('here');
  const first = await bundleForHadoop({ file: here, jobApi });
  const again = await bundleForHadoop({ file: here, jobApi });
  const elsewhere = await bundleForHadoop({ file: lay('else/where/deep'), jobApi });
  expect(again).toEqual(first);
  expect(elsewhere).toEqual(first);
});

test('nothing of this machine is in it', async () => {
  const { code } = await bundleForHadoop({ file: lay('named'), jobApi });
  const text = Buffer.from(code).toString();
  const map = Buffer.from(text.slice(text.lastIndexOf('base64,') + 7), 'base64').toString();
  for (const part of [text, map]) {
    expect(part).not.toContain(scratch);
    expect(part).not.toContain(process.cwd());
  }
  const { sources } = JSON.parse(map) as { readonly sources: readonly string[] };
  expect(sources).toContain('job.ts');
  expect(sources).toContain('lib/words.ts');
  expect(sources.filter((source) => source.includes('..'))).toEqual([]);
});

test('other sources give another hash', async () => {
  const first = await bundleForHadoop({ file: lay('one'), jobApi });
  const other = await bundleForHadoop({ file: lay('two', JOB.replace('1', '2')), jobApi });
  expect(other.hash).not.toBe(first.hash);
});

test('what does not compile names its line', async () => {
  const file = lay('broken', `import { job } from 'lisping';\n\nexport default job({ map( });\n`);
  await expect(bundleForHadoop({ file, jobApi })).rejects.toMatchObject({
    code: 'LISPING_E_JOB_COMPILE',
    where: { file, line: 3 },
  });
});
