// What README, guide and the examples' pages show is executed: files are written and type-checked,
// commands run against the built command line, and what they print is compared with the page.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './cli.ts';
import { blocksIn, type Block } from './markdown.ts';

const pages = [
  'README.md',
  'docs/guide.md',
  ...readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}/README.md`),
].map((path) => ({ path, blocks: blocksIn(join(ROOT, path)) }));

const isCi = process.env['CI'] === 'true';
/** REWRITE=1: blocks of output are written anew, except those with an ellipsis. */
const isRewriting = process.env['REWRITE'] === '1';

/** Commands about a checkout: all there are, so that a typing error shows. */
const checkoutCommands =
  /^(git clone https:\S+|cd lisping|npm (start|cit)|npm run -s [a-z:]+( -- .*)?|npx tsc -b|export PATH="\$PWD\/node_modules\/\.bin:\$PATH")( *#.*)?$/;

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'lisping-snippets-')));
const bin = join(scratch, 'bin');
/** Each page has a directory of its own, in which the examples lie as in a checkout. */
const homeOf = (path: string): string => join(scratch, path.replaceAll(/[/.]/g, '-'));

beforeAll(() => {
  mkdirSync(bin);
  const command = join(ROOT, 'packages/cli/bin/lisping.js');
  writeFileSync(join(bin, 'lisping'), `#!/bin/sh\nexec "${process.execPath}" "${command}" "$@"\n`);
  chmodSync(join(bin, 'lisping'), 0o755);
  symlinkSync(join(ROOT, 'node_modules'), join(scratch, 'node_modules'));
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }');
  for (const { path } of pages) {
    mkdirSync(homeOf(path));
    symlinkSync(join(ROOT, 'examples'), join(homeOf(path), 'examples'));
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Said {
  readonly exit: number | null;
  readonly text: string;
}

/** Standard output; with what went to standard error when the commands were to fail. */
function execute(home: string, { text, info }: Block): Said {
  const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', text], {
    cwd: home,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
      NO_COLOR: '1',
      LC_ALL: 'C',
    },
  });
  const failed = status !== Number(info.get('exit') ?? 0);
  return { exit: status, text: failed || status !== 0 ? `${stdout}${stderr}` : stdout };
}

/** Times differ from run to run, and figures of a simulation from one protocol to the next. */
function withoutFigures(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      /^ {2}(faults|tasks|time|trace|took) |^ {13}\S/.test(line)
        ? line.replaceAll(/\d[\d. ]*/g, '# ')
        : line,
    )
    .map((line) =>
      line
        .replaceAll(/\b[0-9a-f]{16}\b/g, '#')
        .replaceAll(/ +/g, ' ')
        .trimEnd(),
    )
    .join('\n')
    .trim();
}

/** The page's text as a pattern: … is anything, also over lines. */
function patternOf(text: string): RegExp {
  const literal = (part: string): string => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${withoutFigures(text).split('…').map(literal).join('[^]*')}$`);
}

function rewrite(path: string, before: string, after: string): void {
  const page = readFileSync(join(ROOT, path), 'utf8');
  const open = '```text output\n';
  const lines = after.split('\n').map((line) => line.trimEnd());
  writeFileSync(
    join(ROOT, path),
    page.replace(open + before, () => open + lines.join('\n')),
  );
}

describe.each(pages)('$path', ({ path, blocks }) => {
  /** Null: it takes so long that only CI executes it. */
  let said: Said | null = { exit: null, text: 'nothing was executed before this' };

  test.each(blocks.map((block) => ({ ...block, block })))(
    'line $line: $language',
    { timeout: 120_000 },
    ({ block, language, info, text }) => {
      const file = info.get('file');
      if (file !== undefined) {
        mkdirSync(dirname(join(homeOf(path), file)), { recursive: true });
        writeFileSync(join(homeOf(path), file), text);
      } else if (language === 'sh' && info.has('checkout')) {
        for (const line of text.trim().split('\n')) expect(line).toMatch(checkoutCommands);
      } else if (language === 'sh' && info.has('long') && !isCi) {
        said = null;
      } else if (language === 'sh') {
        said = execute(homeOf(path), block);
        expect(said.exit, said.text).toBe(Number(info.get('exit') ?? 0));
      } else if (info.has('output')) {
        if (said === null) return;
        if (patternOf(text).test(withoutFigures(said.text))) return;
        if (isRewriting && !text.includes('…')) rewrite(path, text, said.text);
        else expect(said.text).toBe(text);
      } else {
        expect(language, 'code that nobody can execute').toBe('text');
      }
    },
  );
});

test('every TypeScript file of the pages type-checks', () => {
  const files = pages.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language, info }) => language === 'ts' && info.has('file'))
      .map(({ info }) => join(homeOf(path), info.get('file') ?? '')),
  );
  expect(files.length).toBeGreaterThan(0);
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), (path) =>
    readFileSync(path, 'utf8'),
  );
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const program = ts.createProgram(files, {
    ...options,
    composite: false,
    declaration: false,
    noEmit: true,
    rewriteRelativeImportExtensions: false,
    typeRoots: [],
  });
  const problems = ts.getPreEmitDiagnostics(program).map((problem) => ({
    file: problem.file?.fileName,
    said: ts.flattenDiagnosticMessageText(problem.messageText, '\n'),
  }));
  expect(problems).toEqual([]);
});

test('the scripts that the pages name exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const { path } of pages) {
    const text = readFileSync(join(ROOT, path), 'utf8');
    for (const [, name = ''] of text.matchAll(/npm run (?:-s )?([a-z:]+)/g)) {
      expect(Object.keys(scripts)).toContain(name);
    }
  }
});
