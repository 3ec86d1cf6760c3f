// Promises about names: what HDFS takes, comes through untouched.
import { expect } from 'vitest';
import type { PromiseOfThePort } from '../promise.ts';
import { gathered } from '../world.ts';

const NAMES = [
  '%',
  '%25',
  'pct%41',
  '100%',
  '%2F',
  '+',
  'a=b',
  'a#b',
  'what?',
  'a&b',
  'a;b',
  'a,b',
  'a"b',
  "a'b",
  'a\\b',
  '[x]',
  '{y}',
  '*',
  '^',
  'a|b',
  '<z>',
  'two words',
  ' edges ',
  'tab\there',
  'line\nfeed',
  'return\rhere',
  'été',
  'e\u0301', // not composed
  '世界',
  '🐘',
  '~!@$()',
];

export const NAMED: readonly PromiseOfThePort[] = NAMES.map((name) => ({
  name: `a file called ${JSON.stringify(name)} keeps its name, from end to end`,
  tried: async ({ open, dir, oracle }) => {
    const hdfs = await open();
    await hdfs.create(`${dir}/${name}`, Buffer.from('first'));
    expect(await oracle.names(dir)).toEqual([name]);
    await hdfs.create(`${dir}/${name}`, Buffer.from('second'), { overwrite: true, inPlace: true });
    expect(await oracle.names(dir)).toEqual([name]);
    expect((await hdfs.list(dir)).map(({ path }) => path)).toEqual([`${dir}/${name}`]);
    expect(String(await gathered(hdfs.open(`${dir}/${name}`)))).toBe('second');
    await hdfs.rename(`${dir}/${name}`, `${dir}/${name}-2`);
    expect(await oracle.names(dir)).toEqual([`${name}-2`]);
    expect(await hdfs.delete(`${dir}/${name}-2`)).toBe(true);
  },
}));

export const REFUSED_NAMES: readonly PromiseOfThePort[] = [
  {
    name: 'a path that can be none is refused before anything is asked',
    tried: async ({ open, proxy }) => {
      const hdfs = await open();
      for (const path of ['relative', '', '/a:b', '/half-\ud800']) {
        await expect(hdfs.status(path), path).rejects.toMatchObject({
          code: 'LISPING_E_HDFS_PATH',
        });
      }
      expect(proxy.seen).toEqual([]);
    },
  },
  {
    name: 'a path is tidied as Hadoop does',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('a'));
      expect((await hdfs.status(`${dir}//x/.././a/`)).path).toBe(`${dir}/a`);
    },
  },
];
