// NO_COLOR, FORCE_COLOR, and the stack trace that only LISPING_DEBUG shows.
import { afterAll, describe, expect, it } from 'vitest';
import { workbench, type Workbench } from '../../test-support/lisping.ts';

const bench: Workbench = workbench({});
afterAll(() => bench.remove());

const ESCAPE = '\u001B[';

describe('colour', () => {
  it('is absent in a pipe', async () => {
    expect((await bench.lisping('help')).stdout).not.toContain(ESCAPE);
  });

  it('is there when it is forced', async () => {
    const { stdout } = await bench.lispingIn({ FORCE_COLOR: '1' }, 'help');
    expect(stdout).toContain(ESCAPE);
  });

  it('is absent under NO_COLOR, whatever else is said', async () => {
    const { stdout } = await bench.lispingIn({ FORCE_COLOR: '1', NO_COLOR: '1' }, 'help');
    expect(stdout).not.toContain(ESCAPE);
  });
});

describe('a stack trace', () => {
  it('is shown only when LISPING_DEBUG asks for it', async () => {
    const frame = /at .*\.js:\d+/;
    expect((await bench.lisping('run', 'nowhere.ts', '--output', 'out')).stderr).not.toMatch(frame);
    const { stderr } = await bench.lispingIn(
      { LISPING_DEBUG: '1' },
      'run',
      'nowhere.ts',
      '--output',
      'out',
    );
    expect(stderr).toMatch(frame);
  });
});
