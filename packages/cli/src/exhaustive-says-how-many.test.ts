// `lisping sim --exhaustive` says how many schedules it tried, refuses what does not apply to it, and
// its schedules can be replayed.
import { afterAll, describe, expect, it } from 'vitest';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';
import { encodeReplayId } from './replay/id.ts';

const bench: Workbench = workbench({});
afterAll(() => bench.remove());

/** What a replay id of the search holds, but for the hashes. */
const FOUND = {
  fingerprint: '0'.repeat(16),
  job: null,
  inputs: [],
  replicas: 2,
  reduces: null,
  splitBytes: null,
  parameters: {},
  memo: false,
  seed: 'exhaustive',
  traceHash: '0'.repeat(16),
};

describe('lisping sim --exhaustive', () => {
  it('says that none of the schedules breaks an invariant, and how many they were', async () => {
    const ended = await bench.lisping('sim', '--exhaustive', '--max-faults', '0', '--quiet');
    expect(ended.stdout).toContain('1 primary · 2 replicas · 2 maps · 1 reduce');
    expect(ended.stdout).toContain('none of these 4 schedules breaks an invariant');
    expect(ended.code).toBe(0);
  });

  it('gives the counts as JSON', async () => {
    const json = jsonOf(await bench.lisping('sim', '--exhaustive', '--max-faults', '1', '--json'));
    expect(json).toMatchObject({ exhaustive: true, verdict: 'passed', maxFaults: 1 });
    expect(json['schedules']).toBeGreaterThan(2000);
    expect(json['variants']).toMatchObject(
      ['steady', 'moody', 'map-only', 'failing'].map((variant) => ({ variant })),
    );
  }, 120_000);

  it.each([
    [['--exhaustive', '--replicas', '3'], /--replicas does not apply to --exhaustive/],
    [['--exhaustive', '--seed', 'a'], /--seed does not apply to --exhaustive/],
    [['--exhaustive', '--schedules', '9'], /--schedules does not apply to --exhaustive/],
    [['--exhaustive', '--keep-going'], /--keep-going does not apply to --exhaustive/],
    [['--exhaustive', '--max-faults', '3'], /--max-faults 3: must be a whole number from 0 to 2/],
    [['--exhaustive', 'job.ts'], /takes no job: job\.ts/],
    [['--max-faults', '1'], /--max-faults applies to --exhaustive only/],
  ])('refuses %j', async (args, message) => {
    const ended = await bench.lisping('sim', ...args, '--json');
    expect(ended.code).toBe(2);
    expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_USAGE' } });
    expect(JSON.stringify(jsonOf(ended))).toMatch(message);
  });

  it('makes schedules that are replayed in the small world', async () => {
    const faults = [{ at: 60_000, kind: 'crash', target: 'replica-0', disk: 'wiped', until: null }];
    const id = encodeReplayId({ ...FOUND, small: 'moody', generator: { kind: 'list', faults } });
    const json = jsonOf(await bench.lisping('replay', id, '--anyway', '--json'));
    expect(json).toMatchObject({ job: 'moody-count', verdict: 'passed', faults: { crash: 1 } });
    expect(json['events']).toBeLessThan(1000);
    const other = encodeReplayId({ ...FOUND, small: 'odd', generator: { kind: 'list', faults } });
    const refused = jsonOf(await bench.lisping('replay', other, '--anyway', '--json'));
    expect(refused).toMatchObject({ error: { code: 'LISPING_E_REPLAY_FORMAT' } });
  });
});
