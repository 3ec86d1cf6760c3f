// The index against a plain program that looks for every word in every file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { byBytes, lispingJson, partsIn, scratch, sortedLines } from '../../tools/cli.ts';

const example = import.meta.dirname;
const input = join(example, 'input');

function indexedByHand(): string[] {
  const texts = readdirSync(input)
    .sort()
    .map((file) => ({
      file,
      words: readFileSync(join(input, file), 'utf8')
        .toLowerCase()
        .split(/\P{L}+/u),
    }));
  const all = new Set(texts.flatMap(({ words }) => words).filter((word) => word !== ''));
  return byBytes(
    [...all].map((word) => {
      const places = texts
        .map(({ file, words }) => ({ file, times: words.filter((each) => each === word).length }))
        .filter(({ times }) => times > 0)
        .map(({ file, times }) => `${file}:${times}`);
      return `${word}\t${places.join(' ')}`;
    }),
  );
}

test('run indexes every word of every file', () => {
  const output = join(scratch(), 'index');
  const said = lispingJson('run', example, '--input', input, '--output', output, '--reduces', '3');
  const parts = partsIn(output);
  expect(parts.size).toBe(3);
  expect(sortedLines(parts)).toEqual(indexedByHand());
  expect(sortedLines(parts)).toContain('maus\tloewe.txt:4');
  expect(sortedLines(parts)).toContain('last\tcrow.txt:1 fox.txt:1');
  const words = readdirSync(input).flatMap((file) =>
    [...readFileSync(join(input, file), 'utf8').matchAll(/\p{L}+/gu)].map(([word]) => word),
  );
  expect(said['counters']).toMatchObject({ words: words.length });
});

test('a simulation in which half of the replicas crash writes the same bytes as run', () => {
  const directory = scratch();
  const [ran, simulated] = [join(directory, 'run'), join(directory, 'sim')];
  const common = [example, '--input', input, '--reduces', '2', '--split-bytes', '150'];
  lispingJson('run', ...common, '--output', ran);
  const faulty = ['--replicas', '5', '--fail-rate', '0.5', '--schedules', '20', '--seed', 'index'];
  const said = lispingJson('sim', ...common, ...faulty, '--output', simulated);
  expect(said).toMatchObject({ verdict: 'passed', schedules: 20 });
  expect(partsIn(simulated)).toEqual(partsIn(ran));
});
