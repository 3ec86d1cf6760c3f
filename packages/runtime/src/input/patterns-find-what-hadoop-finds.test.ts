// Hadoop's patterns, its comma lists, and what is hidden. What is said to be Hadoop's was seen on 3.4.2.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localFiles } from './local-files.ts';

const FILES = [
  'a/x1',
  'a/x2',
  'a/y1',
  'b/x1',
  'b/_x2',
  'b/.x3',
  'c,d/e',
  'f[1]',
  'deep/in/z',
  'deep/w',
];
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lisping-glob-'));
  for (const name of FILES) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), name);
  }
});
afterAll(() => rmSync(root, { recursive: true }));

function resolved(...patterns: readonly string[]): string[] {
  const paths = patterns.map((pattern) => join(root, pattern));
  return localFiles.resolve(paths).map((file) => file.path.slice(root.length + 1));
}

describe('input paths', () => {
  it.each([
    ['a', ['a/x1', 'a/x2', 'a/y1']],
    ['a/x*', ['a/x1', 'a/x2']],
    ['a/?1', ['a/x1', 'a/y1']],
    ['*/x1', ['a/x1', 'b/x1']],
    ['a/[x]?', ['a/x1', 'a/x2']],
    ['a/[^x]?', ['a/y1']],
    ['a/[w-x]1', ['a/x1']],
    ['{a,b}/x1', ['a/x1', 'b/x1']],
    ['{a/y,b/x}1', ['a/y1', 'b/x1']],
    ['b/*', ['b/x1']],
    ['b', ['b/x1']],
    ['f\\[1\\]', ['f[1]']],
    ['c?d', ['c,d/e']],
    // A pattern that matches a directory stands for the files in it, one level down.
    ['deep/*', ['deep/in/z', 'deep/w']],
  ])('%s', (pattern, expected) => {
    expect(resolved(pattern)).toEqual(expected);
  });

  it('keeps the order given, and a file named twice is there twice', () => {
    expect(resolved('b/x1', 'a/x*', 'b/x1')).toEqual(['b/x1', 'a/x1', 'a/x2', 'b/x1']);
  });

  it('refuses a directory inside an input directory, and what its name hides', () => {
    expect(() => resolved('deep')).toThrow(
      expect.objectContaining({ code: 'LISPING_E_INPUT_IS_DIRECTORY' }),
    );
    expect(() => resolved('b/_x2')).toThrow(
      expect.objectContaining({ code: 'LISPING_E_INPUT_MISSING' }),
    );
    expect(() => resolved('a/z*')).toThrow(
      expect.objectContaining({ code: 'LISPING_E_INPUT_MISSING' }),
    );
  });
});

describe('a pattern means on this machine what it means on Hadoop', () => {
  /** What a pattern finds among empty files of these names. */
  function found(pattern: string, ...names: readonly string[]): string[] {
    const directory = mkdtempSync(join(root, '..', 'lisping-names-'));
    try {
      for (const name of names) {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), '');
      }
      const files = localFiles.resolve([join(directory, pattern)]);
      return files.map((file) => file.path.slice(directory.length + 1));
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  it("matches come in the order of Java's URIs", () => {
    const inOrder = ['a!b', 'a b', 'a#b', 'a%b', 'a}b', 'a-b', 'z', '𝒳', '｡'];
    expect(found('*', ...inOrder.toReversed())).toEqual(inOrder);
    const directories = ['a!b/x', 'a b/x', 'a-/x', 'a/x'];
    expect(found('*/x', ...directories.toReversed())).toEqual(directories);
  });

  it.each([
    ['a[?]b', ['a.b']],
    ['a[*]b', ['a*b', 'a.b']],
    ['a\\?b', ['a?b']],
    ['[]-]', [']', '-']],
    ['[^^]', [']', '-']],
    ['[!^]', [']', '-']],
    ['{-,]}', [']', '-']],
    ['{{-}}', ['-']],
    ['a{,?}b', ['a?b', 'a*b', 'a.b', 'ab']],
    ['[+--]', ['-']],
    ['*/../-', ['-']],
    ['./-/', ['-']],
    ['*\n*', ['x\ny']],
    ['x?y', ['x\ny']],
  ])('%j', (pattern, expected) => {
    const names = ['a*b', 'a.b', 'a?b', 'ab', '-', ']', '^', 'x\ny'];
    expect(found(pattern, ...names)).toEqual(expected);
  });

  it('a file that two alternatives with a slash match is there twice', () => {
    expect(found('{d/a,d/a}', 'd/a')).toEqual(['d/a', 'd/a']);
    expect(found('d/{a,a}', 'd/a')).toEqual(['d/a']);
  });

  it('a slash behind a brace is not the root', () => {
    expect(() => localFiles.resolve([`{${root}/a,${root}/b}`])).toThrow(
      expect.objectContaining({ code: 'LISPING_E_INPUT_MISSING' }),
    );
  });

  it.each(['[a', '{a', 'a\\', '[]', '[^]', '[b-a]', '[[a]', '\\d*', '\\i'])(
    '%s is illegal',
    (pattern) => {
      expect(() => found(pattern, 'a', '[a', '{a')).toThrow(
        expect.objectContaining({ code: 'LISPING_E_USAGE' }),
      );
    },
  );
});
