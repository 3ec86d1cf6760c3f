// Promises about a cluster where nothing goes wrong.
import { expect } from 'vitest';
import type { PromiseOfThePort } from '../promise.ts';
import { gathered, noise } from '../world.ts';

export const PLAIN: readonly PromiseOfThePort[] = [
  {
    name: 'what was created is read back, by anybody',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      const bytes = noise(200_000, 'created');
      const status = await hdfs.create(`${dir}/a`, bytes);
      expect(status).toMatchObject({ path: `${dir}/a`, kind: 'file', length: bytes.length });
      expect(bytes.equals(await gathered(hdfs.open(`${dir}/a`)))).toBe(true);
      expect(bytes.equals((await oracle.read(`${dir}/a`)) ?? Buffer.of())).toBe(true);
    },
  },
  {
    name: 'an empty file is read as empty',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/empty`, Buffer.of());
      expect(await gathered(hdfs.open(`${dir}/empty`))).toHaveLength(0);
    },
  },
  {
    name: 'a stream is written chunk by chunk, across blocks',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      const chunks = Array.from({ length: 40 }, (_, i) => noise(3000 + i, `chunk ${i}`));
      await hdfs.create(`${dir}/s`, () => chunks, { blockSize: 64 * 1024 });
      expect(Buffer.concat(chunks).equals((await oracle.read(`${dir}/s`)) ?? Buffer.of())).toBe(
        true,
      );
    },
  },
  {
    name: 'any range is read, also across blocks and beyond the end',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      const bytes = noise(5000, 'ranges');
      await hdfs.create(`${dir}/r`, bytes, { blockSize: 1024 });
      for (const [offset, length] of [
        [0, 1],
        [1023, 2],
        [4999, 1],
        [4000, 5000],
        [5000, 10],
        [6000, 10],
        [100, 0],
      ] as const) {
        const read = await gathered(hdfs.open(`${dir}/r`, { offset, length }));
        expect(bytes.subarray(offset, offset + length).equals(read), `${offset}+${length}`).toBe(
          true,
        );
      }
    },
  },
  {
    name: 'a file that exists is not written over unasked',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('old'));
      await expect(hdfs.create(`${dir}/a`, Buffer.from('new'))).rejects.toMatchObject({
        code: 'LISPING_E_HDFS_EXISTS',
      });
      expect(String(await oracle.read(`${dir}/a`))).toBe('old');
    },
  },
  {
    name: 'a file that exists is replaced when asked, and nothing is left beside it',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('old'));
      await hdfs.create(`${dir}/a`, Buffer.from('new'), { overwrite: true });
      expect(String(await oracle.read(`${dir}/a`))).toBe('new');
      expect(await oracle.names(dir)).toEqual(['a']);
    },
  },
  {
    name: 'a file is written in place when asked',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('here'), { inPlace: true, permission: '600' });
      expect(String(await oracle.read(`${dir}/a`))).toBe('here');
      expect((await hdfs.status(`${dir}/a`)).permission).toBe('600');
    },
  },
  {
    name: 'a source that fails leaves nothing',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      const failing = function* (): Generator<Buffer, void, undefined> {
        yield noise(100_000, 'half');
        throw new Error('the source failed');
      };
      await expect(hdfs.create(`${dir}/a`, failing)).rejects.toThrow('the source failed');
      expect(await oracle.names(dir)).toEqual([]);
    },
  },
  {
    name: 'what is appended comes behind what was there',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('one,'));
      const { length } = await hdfs.append(`${dir}/a`, Buffer.from('two'));
      expect([length, String(await oracle.read(`${dir}/a`))]).toEqual([7, 'one,two']);
    },
  },
  {
    name: 'a list has every entry with its status, and a file lists itself',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/b`, Buffer.from('12345'));
      await hdfs.mkdirs(`${dir}/a/inner`);
      const list = await hdfs.list(dir);
      expect(list.map(({ path, kind, length }) => [path, kind, length])).toEqual([
        [`${dir}/a`, 'directory', 0],
        [`${dir}/b`, 'file', 5],
      ]);
      expect((await hdfs.list(`${dir}/b`)).map(({ path }) => path)).toEqual([`${dir}/b`]);
    },
  },
  {
    name: 'what is missing is called missing',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      const missing = { code: 'LISPING_E_HDFS_MISSING' };
      await expect(hdfs.status(`${dir}/none`)).rejects.toMatchObject(missing);
      await expect(hdfs.list(`${dir}/none`)).rejects.toMatchObject(missing);
      await expect(gathered(hdfs.open(`${dir}/none`))).rejects.toMatchObject(missing);
      await expect(hdfs.append(`${dir}/none`, Buffer.of(1))).rejects.toMatchObject(missing);
    },
  },
  {
    name: 'a directory is not read',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await expect(gathered(hdfs.open(dir))).rejects.toThrow('is a directory');
    },
  },
  {
    name: 'directories are made with their parents, twice if need be',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.mkdirs(`${dir}/a/b`, '700');
      await hdfs.mkdirs(`${dir}/a/b`, '700');
      expect(await hdfs.status(`${dir}/a/b`)).toMatchObject({
        kind: 'directory',
        permission: '700',
      });
    },
  },
  {
    name: 'a directory is not made over a file',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('file'));
      await expect(hdfs.mkdirs(`${dir}/a`)).rejects.toMatchObject({
        code: 'LISPING_E_HDFS_EXISTS',
      });
    },
  },
  {
    name: 'a rename of nothing is an error',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await expect(hdfs.rename(`${dir}/none`, `${dir}/b`)).rejects.toThrow();
    },
  },
  {
    name: 'a rename onto a file is an error, and both stay',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('a'));
      await hdfs.create(`${dir}/b`, Buffer.from('b'));
      await expect(hdfs.rename(`${dir}/a`, `${dir}/b`)).rejects.toMatchObject({
        code: 'LISPING_E_HDFS_EXISTS',
      });
      expect([
        String(await oracle.read(`${dir}/a`)),
        String(await oracle.read(`${dir}/b`)),
      ]).toEqual(['a', 'b']);
    },
  },
  {
    name: 'a rename into a directory that is not there is an error',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('a'));
      await expect(hdfs.rename(`${dir}/a`, `${dir}/none/b`)).rejects.toThrow();
      expect(await oracle.names(dir)).toEqual(['a']);
    },
  },
  {
    name: 'a rename never moves into a directory',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('a'));
      await hdfs.mkdirs(`${dir}/d`);
      await expect(hdfs.rename(`${dir}/a`, `${dir}/d`)).rejects.toThrow();
      expect(await oracle.names(`${dir}/d`)).toEqual([]);
    },
  },
  {
    name: 'a rename replaces when asked',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('a'));
      await hdfs.create(`${dir}/b`, Buffer.from('b'));
      await hdfs.rename(`${dir}/a`, `${dir}/b`, { overwrite: true });
      expect(String(await oracle.read(`${dir}/b`))).toBe('a');
      expect(await oracle.names(dir)).toEqual(['b']);
    },
  },
  {
    name: 'deleting nothing is false, deleting something is true',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('a'));
      expect([await hdfs.delete(`${dir}/a`), await hdfs.delete(`${dir}/a`)]).toEqual([true, false]);
    },
  },
  {
    name: 'a directory that holds something is deleted only when asked, and called not empty',
    tried: async ({ open, dir, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/d/a`, Buffer.from('a'));
      await expect(hdfs.delete(`${dir}/d`)).rejects.toMatchObject({
        code: 'LISPING_E_HDFS_NOT_EMPTY',
      });
      expect(await hdfs.delete(`${dir}/d`, { recursive: true })).toBe(true);
      expect(await oracle.names(dir)).toEqual([]);
    },
  },
  {
    name: 'equal bytes have equal checksums',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      for (const name of ['a', 'b']) await hdfs.create(`${dir}/${name}`, noise(10_000, 'same'));
      await hdfs.create(`${dir}/c`, noise(10_000, 'other'));
      const [a, b, c] = await Promise.all(
        ['a', 'b', 'c'].map((each) => hdfs.checksum(`${dir}/${each}`)),
      );
      expect(a).toEqual(b);
      expect(a).not.toEqual(c);
    },
  },
  {
    name: 'blocks are where the NameNode says',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, noise(2500, 'blocks'), { blockSize: 1024 });
      const blocks = await hdfs.blockLocations(`${dir}/a`);
      expect(blocks.map(({ offset, length }) => [offset, length])).toEqual([
        [0, 1024],
        [1024, 1024],
        [2048, 452],
      ]);
      expect(blocks.every(({ hosts }) => hosts.length === 1)).toBe(true);
    },
  },
  {
    name: 'times are set to the millisecond',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('a'));
      await hdfs.setTimes(`${dir}/a`, { modificationTimeMs: 1_234_567_890_123 });
      expect((await hdfs.status(`${dir}/a`)).modificationTimeMs).toBe(1_234_567_890_123);
    },
  },
  {
    name: 'permissions are set',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('a'));
      await hdfs.setPermission(`${dir}/a`, '640');
      expect((await hdfs.status(`${dir}/a`)).permission).toBe('640');
    },
  },
  {
    name: 'whoever may not is told that access is denied',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.mkdirs(`${dir}/mine`, '700');
      const other = await open({ user: 'somebody' });
      await expect(other.list(`${dir}/mine`)).rejects.toMatchObject({
        code: 'LISPING_E_HDFS_DENIED',
      });
    },
  },
  {
    name: 'one may act for another',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      await hdfs.mkdirs(`${dir}/open`, '777');
      const other = await open({ doAs: 'ann' });
      await other.create(`${dir}/open/a`, Buffer.from('a'));
      expect((await hdfs.status(`${dir}/open/a`)).owner).toBe('ann');
    },
  },
];
