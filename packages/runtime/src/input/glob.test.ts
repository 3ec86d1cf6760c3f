// Hadoop's patterns, its comma lists, and what is hidden.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandBraces } from './glob.ts';
import { localFiles } from './local-files.ts';
import { splitPathList } from './path-list.ts';

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
    ['c\\,d', ['c,d/e']],
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

  it('splits at commas outside braces that are not escaped', () => {
    expect(splitPathList('a,{b,c}/d,,e\\,f')).toEqual(['a', '{b,c}/d', 'e\\,f']);
  });

  it('expands braces that nest, and leaves one that is not closed alone', () => {
    expect(expandBraces('{a,b{c,d}}e')).toEqual(['ae', 'bce', 'bde']);
    expect(expandBraces('a{b')).toEqual(['a\\{b']);
  });
});
