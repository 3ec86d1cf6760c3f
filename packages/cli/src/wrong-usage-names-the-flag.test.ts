// A mistake on the command line names the flag, its value and what is allowed, or the nearest name
// there is; exit 2, and one JSON object when JSON was asked for.
import { afterAll, describe, expect, it } from 'vitest';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

const bench: Workbench = workbench({
  'faults.json': '[]',
  'broken.json': '[{',
  'odd.json': '[{"kind":"crsh"}]',
});
afterAll(() => bench.remove());

const CASES: readonly (readonly [args: string, message: RegExp, hint?: RegExp])[] = [
  ['sim --replicas 0', /--replicas 0: must be a whole number from 1 to/],
  ['sim --replicas -1', /--replicas -1: must be a whole number/],
  ['sim --replicas 1.5', /--replicas 1\.5: must be a whole number/],
  ['sim --replicas NaN', /--replicas NaN: must be a whole number/],
  ['sim --replicas=', /--replicas '': must be a whole number/],
  ['sim --fail-rate 2', /--fail-rate 2: must be a number from 0 to 1/],
  ['sim --fail-rate -0.1', /--fail-rate -0\.1: must be a number from 0 to 1/],
  ['sim --fail-rate NaN', /--fail-rate NaN: must be a number from 0 to 1/],
  ['sim --fail-rate 0x1', /--fail-rate 0x1: must be a number from 0 to 1/],
  ['sim --reduces -1', /--reduces -1/],
  ['sim --schedules 0', /--schedules 0: must be a whole number from 1/],
  ['sim --split-bytes 0', /--split-bytes 0: must be a whole number from 1/],
  ['sim --param limit', /--param limit: must be NAME=VALUE/],
  ['sim --param a=1 --param a=2', /--param a is given twice/],
  ['sim --seed', /--seed expects a value/],
  ['sim --seed 1 --seed 2', /--seed can only be specified once/],
  ['sim --keep-going=yes', /--keep-going takes no value/],
  ['sim --replica 3', /sim has no flag --replica/, /Did you mean --replicas\?/],
  ['sim --failrate=1', /sim has no flag --failrate/, /Did you mean --fail-rate\?/],
  ['sim --workers 2', /sim has no flag --workers/],
  ['run --max-memory 2', /run has no flag --max-memory/],
  ['sim a.ts b.ts', /unexpected argument b\.ts/],
  ['sim --faults faults.json --fail-rate 0.1', /exclude each other/],
  ['run --input a --output b', /JOB is missing/],
  ['replay', /ID is missing/],
  ['smi', /no command smi/, /Did you mean sim\?/],
  ['help rnu', /no command rnu/, /Did you mean run\?/],
  ['replica', /no command replica/],
  ['submit job.ts --output /o --via ssh', /--via ssh: must be http or cli/],
  [
    'submit job.ts --output /o --namenode nn --resource-manager rm',
    /--resource-manager rm: must be http/,
  ],
  ['--hlep', /no flag --hlep/, /Did you mean --help\?/],
];

const cases = CASES.map(([line, message, hint], place) => ({
  line,
  message,
  hint: hint ?? /lisping/,
  // Words and JSON are of one error: elsewhere than in CI a few in words are enough.
  inWords: process.env['CI'] === 'true' || place % 4 === 0,
}));

describe('wrong usage', () => {
  it.each(cases)('$line', async ({ line, message, hint, inWords }) => {
    const words = line.split(' ');
    if (inWords) {
      const plain = await bench.lisping(...words);
      expect(plain).toMatchObject({ code: 2, stdout: '' });
      expect(plain.stderr.replaceAll(/\s+/g, ' ')).toMatch(message);
    }
    const asJson = await bench.lisping(...words, '--json');
    expect(asJson).toMatchObject({ code: 2, stderr: '' });
    expect(jsonOf(asJson)).toMatchObject({
      error: {
        code: 'LISPING_E_USAGE',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      },
    });
  });

  it.each([
    ['nowhere.json', /nowhere\.json cannot be read \(ENOENT\)/],
    ['broken.json', /broken\.json is no JSON/],
    ['odd.json', /unknown kind "crsh".*did you mean crash/],
  ])('--faults %s', async (file, message) => {
    const ended = await bench.lisping('sim', '--faults', file, '--json');
    expect(ended.code).toBe(2);
    expect(jsonOf(ended)).toMatchObject({
      error: { code: 'LISPING_E_FAULTS_FILE', message: expect.stringMatching(message) },
    });
  });
});

describe('help and version', () => {
  it.each(['', 'help', '--help', '-h'])('lisping %s lists the commands', async (line) => {
    const ended = await bench.lisping(...line.split(' ').filter((word) => word !== ''));
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/sim .*\n[^]*run .*\n[^]*replay /);
  });

  it.each(['help sim', 'sim --help', 'sim -h', 'sim job.ts --replicas 3 --help'])(
    'lisping %s',
    async (line) => {
      const ended = await bench.lisping(...line.split(' '));
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toContain('--fail-rate P');
      expect(Math.max(...ended.stdout.split('\n').map((each) => each.length))).toBeLessThanOrEqual(
        80,
      );
    },
  );

  it.each(['version', '--version', '-v'])('lisping %s', async (line) => {
    const ended = await bench.lisping(line);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^lisping \d+\.\d+\.\d+\n$/);
    expect(jsonOf(await bench.lisping(line, '--json'))).toHaveProperty('version');
  });

  it('is one object with --json', async () => {
    expect(jsonOf(await bench.lisping('--json'))).toHaveProperty('help');
    expect(jsonOf(await bench.lisping('sim', '--help', '--json'))).toHaveProperty('help');
  });
});
