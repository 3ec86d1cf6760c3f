// The rules of style that a program can check, and the proof that every ban in the linter's and
// the compiler's configuration really fires.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Longer files are split by idea. A state machine is kept whole on purpose. */
const linesMax = 700;
const mayBeLonger = ['packages/core/src/protocol/primary/primary.ts'];

const isTest = (path: string): boolean => /\.test(-d)?\.ts$/.test(path);

/** Paths, relative to the root, of the TypeScript sources under `directory`, tests left out. */
function sourcesIn(directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })
    .map((path) => join(directory, path))
    .filter((path) => path.endsWith('.ts') && !isTest(path))
    .sort();
}

const packages = readdirSync(join(root, 'packages'));
const packageSources = packages.flatMap((name) => sourcesIn(join('packages', name, 'src')));

/** What oxlint has no rule for: asynchronous code, and powers whose last digits are open (powers of two are exact). */
function forbiddenSyntax(text: string): string[] {
  const found: string[] = [];
  const isWhole = (node: ts.Node): boolean => ts.isNumericLiteral(node) && /^\d+$/.test(node.text);
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AsyncKeyword) found.push('async');
    if (node.kind === ts.SyntaxKind.AwaitKeyword || ts.isAwaitExpression(node)) found.push('await');
    if (node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent))
      found.push('import()');
    if (ts.isTypeReferenceNode(node) && /^Promise(Like)?$/.test(node.typeName.getText()))
      found.push('Promise');
    if (node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) found.push('**');
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken &&
      !(isWhole(node.left) && (node.left.getText() === '2' || isWhole(node.right)))
    )
      found.push('**');
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true));
  return [...new Set(found)];
}

describe('every source file', () => {
  test.each(packageSources)('%s begins with the reason it exists and is not too long', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    expect(text).toMatch(/^\/[/*]/);
    if (!mayBeLonger.includes(path)) expect(text.split('\n').length).toBeLessThanOrEqual(linesMax);
  });
});

describe('the core is synchronous and exact', () => {
  test.each(sourcesIn('packages/core/src'))('%s', (path) => {
    expect(forbiddenSyntax(readFileSync(join(root, path), 'utf8'))).toEqual([]);
  });

  test.each([
    ['async', 'export const f = async () => 1;'],
    ['async', 'class C { async m() {} }'],
    ['await', 'for await (const x of xs) f(x);'],
    ['await', 'export const x = await y;'],
    ['import()', 'import("./x.ts");'],
    ['Promise', 'export type P = Promise<void>;'],
    ['**', 'export const p = x ** 0.5;'],
    ['**', 'x **= 2;'],
  ])('the check for %s fires on: %s', (name, code) => {
    expect(forbiddenSyntax(code)).toContain(name);
  });

  test('the check lets exact code pass', () => {
    expect(forbiddenSyntax('export const big = 10 ** 6 + 2 ** bits; function* g() {}')).toEqual([]);
  });
});

describe('oxlint refuses', () => {
  const coreGlobals =
    'Date Promise Intl WeakRef FinalizationRegistry SharedArrayBuffer Atomics globalThis';
  const inexact =
    'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot log log10 log1p log2 pow sin sinh tan tanh';
  const byLocale =
    'localeCompare toLocaleDateString toLocaleLowerCase toLocaleString toLocaleTimeString toLocaleUpperCase';
  const words = (list: string): string[] => list.split(' ');

  /** Package, rule, code that must be refused. */
  const bans: [string, string, string][] = [
    ...words(coreGlobals).map((name): [string, string, string] => [
      'core',
      'no-restricted-globals',
      `export const x: unknown = ${name};`,
    ]),
    ...words(`random ${inexact}`).map((name): [string, string, string] => [
      'core',
      'no-restricted-properties',
      `export const x: unknown = Math.${name};`,
    ]),
    ...words(byLocale).map((name): [string, string, string] => [
      'core',
      'no-restricted-properties',
      `export const x = (value: { ${name}: unknown }): unknown => value.${name};`,
    ]),
    ['core', 'no-restricted-properties', 'export const { random } = Math;'],
    ['core', 'require-array-sort-compare', `export const x = ['a'].sort();`],
    ['core', 'require-array-sort-compare', `export const x = ['a'].toSorted();`],
    ['core', 'require-array-sort-compare', 'export const x = [1, 2].sort();'],
    ['core', 'no-explicit-any', 'export const x = (value: any): void => void value;'],
    [
      'core',
      'switch-exhaustiveness-check',
      `export function f(x: 'a' | 'b'): number { switch (x) { case 'a': return 1; } return 2; }`,
    ],
    ['core', 'no-unused-vars', 'const unused = 1; export {};'],
    ['sim', 'no-restricted-properties', 'export const x = Math.random();'],
    ...words('Date performance setTimeout setInterval setImmediate queueMicrotask').map(
      (name): [string, string, string] => [
        'sim',
        'no-restricted-globals',
        `export const x: unknown = ${name};`,
      ],
    ),
    [
      'runtime',
      'no-floating-promises',
      'export const f = (g: () => Promise<void>): void => { g(); };',
    ],
  ];

  // The bans depend on the path, so the snippets lie in a copy of the tree's shape.
  const copy = mkdtempSync(join(tmpdir(), 'lisping-tidy-'));
  const refused = new Map<string, string>();

  beforeAll(() => {
    for (const name of ['.oxlintrc.json', 'tsconfig.base.json'])
      copyFileSync(join(root, name), join(copy, name));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const name of packages) {
      mkdirSync(join(copy, 'packages', name, 'src'), { recursive: true });
      const config = join('packages', name, 'tsconfig.json');
      copyFileSync(join(root, config), join(copy, config));
    }
    bans.forEach(([name, , code], index) => {
      const file = join(copy, 'packages', name, 'src', `ban-${index}.ts`);
      writeFileSync(file, `${code}\n`);
    });
    const bin = join(root, 'node_modules', '.bin', 'oxlint');
    const { stdout } = spawnSync(bin, ['--type-aware', '-f', 'unix', 'packages'], {
      cwd: copy,
      encoding: 'utf8',
    });
    for (const line of stdout.split('\n')) {
      const file = basename(line.split(':')[0] ?? '');
      refused.set(file, `${refused.get(file) ?? ''}${line}\n`);
    }
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test.each(bans.map(([name, rule, code], index) => ({ name, rule, code, index })))(
    'in $name ($rule): $code',
    ({ rule, index }) => {
      expect(refused.get(`ban-${index}.ts`) ?? 'nothing was refused').toContain(`(${rule})`);
    },
  );
});

describe('the compiler refuses in the core', () => {
  const names =
    'Buffer TextDecoder TextEncoder clearTimeout console crypto fetch performance process queueMicrotask require setImmediate setInterval setTimeout structuredClone window';

  /** The message of the compiler about `code`, as if it were a file of the core. */
  const compile = (code: string): string => {
    const config = join(root, 'packages/core/tsconfig.json');
    const parsed = ts.getParsedCommandLineOfConfigFile(
      config,
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: (problem) => {
          throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
        },
      },
    );
    if (parsed === undefined) throw new Error(`${config} cannot be read`);
    const options: ts.CompilerOptions = { ...parsed.options, composite: false, noEmit: true };
    const virtual = join(root, 'packages/core/src/no-such-file.ts');
    const host = ts.createCompilerHost(options);
    const fileExists = host.fileExists.bind(host);
    const getSourceFile = host.getSourceFile.bind(host);
    host.fileExists = (path) => path === virtual || fileExists(path);
    host.getSourceFile = (path, version, ...rest) =>
      path === virtual
        ? ts.createSourceFile(path, code, version)
        : getSourceFile(path, version, ...rest);
    return ts
      .getPreEmitDiagnostics(ts.createProgram([virtual], options, host))
      .map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, '\n'))
      .join('\n');
  };

  const said = compile(names.replaceAll(/\w+/g, 'export const _$&: unknown = $&;'));

  test.each(names.split(' '))('%s', (name) => {
    expect(said).toContain(`Cannot find name '${name}'`);
  });

  test('but not what the language itself has', () => {
    expect(compile('export const x: Uint8Array = new Uint8Array(4).toSorted();')).toBe('');
  });
});
