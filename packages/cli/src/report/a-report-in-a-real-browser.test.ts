// Reports as people see them: written by the built command, opened from a file in a real Chromium.
import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  findChromium,
  startChromium,
  type Browser,
  type Page,
} from '../../test-support/chromium.ts';
import { jobFile } from '../../test-support/jobs.ts';
import { workbench, type Workbench } from '../../test-support/lisping.ts';

const chromium = findChromium();
const isCi = process.env['CI'] === 'true';
if (chromium === null) {
  process.stderr.write('\n!!!! SKIPPED: reports in a real browser: there is no Chromium here\n\n');
}

const HOSTILE = `</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">`;

/** Its result depends on which value comes first, so that it fails and is shrunk. */
const FIRST = jobFile(`
  map(line, emit, { input }) { emit('first', input.offset); },
  reduce(key, values, emit) { for (const value of values) return emit(key, value); },`);
const THROWS = jobFile(`
  map(line, emit) { throw new Error(${JSON.stringify(HOSTILE).replaceAll('</', '<\\/')} + line); },
  reduce(key, values, emit) { emit(key, 1); },`);

const EVENTS_BIG = 100_000;

test.runIf(isCi)('there is a Chromium wherever everything must be tested', () => {
  expect(chromium).not.toBeNull();
});

describe.skipIf(chromium === null)('a report in a real browser', () => {
  let bench: Workbench;
  let browser: Browser;

  beforeAll(async () => {
    bench = workbench({
      'first.ts': FIRST,
      'throws.ts': THROWS,
      'in/a.txt': 'a b c\n'.repeat(200),
      'in/b.txt': `${HOSTILE}\n`,
    });
    const input = ['--input', 'in', '--split-bytes', '100', '--reduces', '3', '--quiet'];
    const small = ['--replicas', '12', '--fail-rate', '0.4', '--seed', 'see'];
    await Promise.all([
      bench.lisping('sim', ...small, '--report', 'passed.html', '--trace', 'passed.ndjson'),
      bench.lisping(
        'sim',
        'first.ts',
        ...input,
        '--replicas',
        '5',
        '--seed',
        '1',
        '--report',
        'failed.html',
      ),
      bench.lisping('sim', 'throws.ts', ...input, '--seed', HOSTILE, '--report', 'hostile.html'),
    ]);
    browser = await startChromium(chromium ?? '');
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    bench?.remove();
  });

  const open = async (name: string, hash = ''): Promise<Page> => {
    const page = await browser.newPage();
    await page.size(1280, 800);
    await page.goto(`${pathToFileURL(bench.file(name)).href}${hash}`);
    await settled(page);
    return page;
  };

  test('says nothing on the console, asks for nothing, and draws', async () => {
    const page = await open('passed.html');
    expect(await text(page, 'header')).toMatch(/PASSED.*word-count.*seed see.*12 replicas/s);
    expect(await text(page, '.command')).toBe(
      'lisping sim --replicas 12 --fail-rate 0.4 --seed see',
    );
    expect(await colours(page)).toBeGreaterThan(8);
    for (const key of ['2', '3', '1', 't', 't', '?', 'Escape', '+', '-', '0', 'f', 'F', 'n', 'b']) {
      await page.press(key);
      await settled(page);
    }
    expect(page.said).toEqual([]);
    expect(page.requests).toEqual([]);
  });

  test('the arrow keys step through the events, and the state of the node follows', async () => {
    const page = await open('passed.html');
    const events = readFileSync(bench.file('passed.ndjson'), 'utf8').trimEnd().split('\n');
    const { at, node } = JSON.parse(events[4000] ?? '');
    await page.goto(`${pathToFileURL(bench.file('passed.html')).href}#e=3999`);
    await settled(page);
    await page.press('ArrowRight');
    await settled(page);
    expect(await text(page, '.moment')).toContain(`${(at / 1e6).toFixed(6)} s`);
    expect(await text(page, '.said')).toMatch(new RegExp(`^${node} `));
    expect(await page.evaluate('location.hash')).toContain('e=4000');
    const replica = 'replica-3';
    await page.goto(`${pathToFileURL(bench.file('passed.html')).href}#e=0&n=${replica}`);
    await settled(page);
    expect(await text(page, '.node')).toContain('not started');
    const seen = new Set<string>();
    for (let i = 0; i < 60; i++) {
      await page.press('j');
      await settled(page);
      seen.add(await text(page, '.node dl'));
      expect(await text(page, '.node h3')).toContain(replica);
    }
    const all = [...seen].join('\n');
    for (const word of ['it is joining', 'it is a member', 'mapping', 'lease for', 'map output']) {
      expect(all).toContain(word);
    }
    await page.press('k');
    await settled(page);
    expect(seen).toContain(await text(page, '.node dl'));
  });

  test('search finds what the trace holds, and goes from match to match', async () => {
    const page = await open('passed.html');
    const lines = readFileSync(bench.file('passed.ndjson'), 'utf8').trimEnd().split('\n');
    const wanted = lines.flatMap((line, i) => (/map-7(?!\d)/.test(line) ? [i] : []));
    await page.press('/');
    await page.type('map-7');
    await settled(page);
    expect(await text(page, '.search output')).toBe(`${wanted.length} found`);
    await page.press('Enter');
    await settled(page);
    await page.press('n');
    await settled(page);
    expect(await page.evaluate('location.hash')).toContain(`e=${wanted[1]}&`);
    expect(
      await page.evaluate(`document.querySelectorAll('.rows [role=option]').length`),
    ).toBeGreaterThan(3);
    await page.press('/');
    await page.type('no-such-thing');
    await settled(page);
    expect(await text(page, '.rows')).toBe('Nothing matches.');
  });

  test('is light or dark as the system is, and as it is told', async () => {
    const page = await open('passed.html');
    const ground = async (): Promise<unknown> =>
      await page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.media({ 'prefers-color-scheme': 'dark' });
    await settled(page);
    const [dark, darkPixel] = [await ground(), await corner(page)];
    await page.media({ 'prefers-color-scheme': 'light' });
    await settled(page);
    const [light, lightPixel] = [await ground(), await corner(page)];
    expect(light).toBe('rgb(255, 255, 255)');
    expect(dark).not.toBe(light);
    expect(darkPixel).not.toBe(lightPixel);
    await page.press('t'); // light
    await page.press('t'); // dark
    await settled(page);
    expect([await ground(), await corner(page)]).toEqual([dark, darkPixel]);
  });

  test('a click selects, and everything has a name that can be read aloud', async () => {
    const page = await open('passed.html');
    const before = await page.evaluate('location.hash');
    await page.click(640, 520);
    await settled(page);
    expect(await page.evaluate('location.hash')).not.toBe(before);
    const nameless = `[...document.querySelectorAll('button, input, select, canvas:not([aria-hidden]), [role]')]
      .filter((e) => !(e.ariaLabel || e.textContent.trim() || e.title || e.closest('label')?.textContent.trim()))
      .filter((e) => e.role !== 'option').length`;
    expect(await page.evaluate(nameless)).toBe(0);
    expect(await page.evaluate(`document.querySelector('.scroller canvas').ariaLabel`)).toMatch(
      /events on \d+ nodes/,
    );
  });

  test('fits a narrow window, and paper', async () => {
    const page = await open('passed.html');
    for (const width of [360, 700, 1280]) {
      await page.size(width, 800);
      await settled(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
        width,
      );
      expect(await colours(page)).toBeGreaterThan(8);
    }
    await page.media({ 'prefers-color-scheme': 'dark' }, 'print');
    await settled(page);
    expect(await text(page, '.print-only')).toContain('output equals the sequential run');
    expect(await corner(page)).toBe('255,255,255');
  });

  test('a failing run shows what broke, and the smallest schedule beside the one that was found', async () => {
    const page = await open('failed.html');
    expect(await text(page, 'header')).toContain('FAILED');
    await page.press('3');
    await settled(page);
    expect(await text(page, '.checks .broken')).toContain('does not depend on the order of values');
    await page.press('4');
    await settled(page);
    const halves = await page.evaluate(
      `[...document.querySelectorAll('.half > h2')].map((e) => e.textContent)`,
    );
    expect(halves).toEqual([expect.stringContaining('smallest'), expect.stringContaining('found')]);
    expect(await page.evaluate(`document.querySelectorAll('.half canvas').length`)).toBe(2);
    expect(await text(page, '.half .command')).toMatch(/^lisping replay /);
    expect(page.said).toEqual([]);
  });

  test('what users write stays text', async () => {
    const page = await open('hostile.html');
    for (const key of ['3', '4', '1', '2']) {
      await page.press(key);
      await settled(page);
    }
    await page.press('3');
    await settled(page);
    expect(await text(page, 'header')).toContain(HOSTILE);
    expect(await text(page, '.error')).toContain(HOSTILE);
    expect(await page.evaluate('window.hacked ?? null')).toBeNull();
    expect(await page.evaluate('document.scripts.length')).toBe(2);
    expect(await page.evaluate('document.images.length')).toBe(0);
    expect([...page.said, ...page.requests]).toEqual([]);
  });

  test('an address that makes no sense is forgiven', async () => {
    const hash = '#e=99999999&n=nobody&z=9-3&v=x&q=%E0%A4%A&r=-1&s=..&&=';
    const page = await open('passed.html', hash);
    expect(await text(page, '.moment')).toContain('event');
    expect(page.said).toEqual([]);
  });

  test.runIf(isCi)(
    `${EVENTS_BIG} events: it opens at once, and no step takes longer than the eye`,
    async () => {
      const { stdout } = await bench.lisping(
        'sim',
        '--replicas',
        '800',
        '--fail-rate',
        '0.2',
        '--seed',
        '1',
        '--json',
        '--report',
        'big.html',
      );
      const { events } = JSON.parse(stdout);
      expect(events).toBeGreaterThan(EVENTS_BIG);
      expect(statSync(bench.file('big.html')).size).toBeLessThan(events * 100);
      const page = await open('big.html');
      expect(await colours(page)).toBeGreaterThan(8);
      expect(Number(await page.evaluate(PAINTED))).toBeLessThan(4000);
      for (const key of ['ArrowRight', 'j', '+', '-', '0', 'End', 'Home']) {
        expect(await drawing(page, key), `milliseconds to draw after ${key}`).toBeLessThan(50);
      }
      expect(page.said).toEqual([]);
    },
    120_000,
  );
});

test('10,000 events take less than a megabyte', async () => {
  const bench = workbench({});
  const args = ['sim', '--replicas', '45', '--fail-rate', '0.1', '--seed', '1'];
  const { stdout } = await bench.lisping(...args, '--json', '--report', 'ten.html');
  const { events } = JSON.parse(stdout);
  const { size } = statSync(bench.file('ten.html'));
  bench.remove();
  expect(events).toBeGreaterThan(10_000);
  expect(size).toBeLessThan(1_000_000);
});

/** Two frames: the change is painted. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))',
  );
}

async function text(page: Page, selector: string): Promise<string> {
  return String(
    await page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`),
  );
}

/** How many different colours the diagram has: nothing drawn is one. */
async function colours(page: Page): Promise<number> {
  return Number(
    await page.evaluate(`(() => {
      const canvas = document.querySelector('.scroller canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    })()`),
  );
}

async function corner(page: Page): Promise<unknown> {
  const pixel = `document.querySelector('.scroller canvas').getContext('2d').getImageData(3, 3, 1, 1).data`;
  return await page.evaluate(`[...${pixel}].slice(0, 3).join(',')`);
}

const PAINTED = `performance.getEntriesByType('navigation')[0].loadEventEnd`;

/** The median over some frames of what the page does within one, in milliseconds. */
async function drawing(page: Page, key: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 9; i++) {
    times.push(
      Number(
        await page.evaluate(`new Promise((done) => {
          document.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}' }));
          requestAnimationFrame(() => {});
          let begun;
          queueMicrotask(() => (begun = performance.now()));
          requestAnimationFrame((start) => done(performance.now() - Math.max(start, begun)));
        })`),
      ),
    );
  }
  return times.sort((a, b) => a - b)[4] ?? Infinity;
}
