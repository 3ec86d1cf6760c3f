// The word count against coreutils and against a Map, by `lisping run` and through crashes.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { byBytes, lisping, lispingJson, partsIn, scratch, sortedLines } from '../../tools/cli.ts';

const example = import.meta.dirname;
const input = join(example, 'input');

function countedByMap(): string[] {
  const counts = new Map<string, number>();
  for (const file of readdirSync(input)) {
    for (const word of readFileSync(join(input, file), 'utf8').split(/\s+/)) {
      if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return byBytes([...counts].map(([word, n]) => `${word}\t${n}`));
}

/** tr, sort and uniq: the word count that every Unix carries. */
function countedByCoreutils(): string[] {
  const pipe = `cat "$1"/* | tr -s ' \\t' '\\n' | grep . | sort | uniq -c | sed 's/^ *\\([0-9]*\\) \\(.*\\)/\\2\\t\\1/' | sort`;
  const env = { ...process.env, LC_ALL: 'C' };
  const said = execFileSync('sh', ['-c', pipe, 'sh', input], { encoding: 'utf8', env });
  return byBytes(said.split('\n').slice(0, -1));
}

test('run counts as a Map does, and prints the words of a part in the order of their bytes', () => {
  const output = join(scratch(), 'counts');
  const { job, parts } = lispingJson('run', example, '--input', input, '--output', output);
  expect(job).toBe('word-count');
  expect(parts).toHaveLength(1);
  expect(partsIn(output).get('part-00000')).toBe(`${countedByMap().join('\n')}\n`);
});

test.skipIf(process.platform === 'win32')('run counts as coreutils do', () => {
  const output = join(scratch(), 'counts');
  lispingJson('run', example, '--input', input, '--output', output, '--reduces', '4');
  const parts = partsIn(output);
  expect([...parts.keys()]).toEqual(['part-00000', 'part-00001', 'part-00002', 'part-00003']);
  expect(sortedLines(parts)).toEqual(countedByCoreutils());
});

test('a simulation in which half of the replicas crash writes the same bytes as run', () => {
  const directory = scratch();
  const [ran, simulated] = [join(directory, 'run'), join(directory, 'sim')];
  const common = [example, '--input', input, '--reduces', '3', '--split-bytes', '200'];
  lispingJson('run', ...common, '--output', ran);
  const faulty = ['--replicas', '8', '--fail-rate', '0.5', '--schedules', '20', '--seed', 'words'];
  const said = lispingJson('sim', ...common, ...faulty, '--output', simulated);
  expect(said).toMatchObject({ verdict: 'passed', schedules: 20 });
  expect(partsIn(simulated)).toEqual(partsIn(ran));
});

test('the output directory is never overwritten', () => {
  const output = join(scratch(), 'counts');
  lispingJson('run', example, '--input', input, '--output', output);
  const again = lisping('run', example, '--input', input, '--output', output);
  expect(again.exit).toBe(2);
  expect(again.stdout + again.stderr).toContain('LISPING_E_OUTPUT_EXISTS');
});
