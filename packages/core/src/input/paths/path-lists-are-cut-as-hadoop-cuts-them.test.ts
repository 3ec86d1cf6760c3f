// Hadoop's comma lists and braces, cut where it cuts them.
import { expect, test } from 'vitest';
import { expandBraces } from './braces.ts';
import { splitPathList } from './path-list.ts';

test('splits at commas outside braces; an escape keeps no comma, and an empty name is refused', () => {
  expect(splitPathList('a,{b,c}/d,e\\,f')).toEqual(['a', '{b,c}/d', 'e\\', 'f']);
  for (const list of ['a,', ',a', 'a,,b', '']) {
    expect(() => splitPathList(list)).toThrow(expect.objectContaining({ code: 'LISPING_E_USAGE' }));
  }
});

test('writes out braces that hold a slash, and no others', () => {
  expect(expandBraces('p{a/b,c/d}s')).toEqual(['pa/bs', 'pc/ds']);
  expect(expandBraces('{a/b,c/d,{e,f}}')).toEqual(['a/b', 'c/d', '{e,f}']);
  expect(expandBraces('{a,b}/{b,{c/d,e/f}}')).toEqual(['{a,b}/b', '{a,b}/c/d', '{a,b}/e/f']);
  expect(expandBraces('{a,b}/c')).toEqual(['{a,b}/c']);
  expect(expandBraces('/}{a/b}')).toEqual(['/}a/b']);
});
