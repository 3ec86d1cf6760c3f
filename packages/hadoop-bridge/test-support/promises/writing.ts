// Promises about writing while something breaks: the whole file appears, or none.
import { expect } from 'vitest';
import type { Fault, Side } from '../fault.ts';
import type { PromiseOfThePort } from '../promise.ts';
import { noise } from '../world.ts';

const BYTES = noise(150_000, 'writing');
const half = (kind: 'upload-cut'): Fault => ({ kind, afterBytes: 70_000 });

/** The fault happens once, and the file is there in spite of it, with nothing beside it. */
function repaired(what: string, side: Side, fault: Fault, op = 'CREATE'): PromiseOfThePort {
  return {
    name: `writing gets over ${what}`,
    tried: async ({ open, dir, proxy, oracle }) => {
      const hdfs = await open();
      proxy.plan({ side, op, fault });
      await hdfs.create(`${dir}/f`, BYTES);
      expect(BYTES.equals((await oracle.read(`${dir}/f`)) ?? Buffer.of())).toBe(true);
      expect(await oracle.names(dir)).toEqual(['f']);
    },
  };
}

export const WRITING: readonly PromiseOfThePort[] = [
  repaired('an upload that is cut', 'dataNode', half('upload-cut')),
  repaired('an answer that is lost', 'dataNode', { kind: 'answer-lost' }),
  repaired('a DataNode that resets', 'dataNode', { kind: 'reset' }),
  repaired('a DataNode that answers 500', 'dataNode', { kind: 'error-500' }),
  repaired('a DataNode that is silent', 'dataNode', { kind: 'silence' }),
  repaired('garbage from a DataNode', 'dataNode', { kind: 'garbage' }),
  repaired('a page of a portal instead of success', 'dataNode', { kind: 'page' }),
  repaired('a redirect to a dead DataNode', 'nameNode', { kind: 'dead-redirect' }),
  repaired('a page of a portal instead of a redirect', 'nameNode', { kind: 'page' }),
  repaired('a rename whose answer is lost', 'nameNode', { kind: 'answer-lost' }, 'RENAME'),
  repaired('a rename that is reset', 'nameNode', { kind: 'reset' }, 'RENAME'),
  repaired('a rename that answers 500', 'nameNode', { kind: 'error-500' }, 'RENAME'),
  repaired('a page of a portal instead of a rename', 'nameNode', { kind: 'page' }, 'RENAME'),
  {
    name: 'an upload that is cut every time leaves nothing, and says so',
    tried: async ({ open, dir, proxy, oracle }) => {
      const hdfs = await open();
      for (let i = 0; i < 100; i++) {
        proxy.plan({ side: 'dataNode', op: 'CREATE', fault: half('upload-cut') });
      }
      await expect(hdfs.create(`${dir}/f`, BYTES)).rejects.toMatchObject({
        code: expect.stringMatching(/^LISPING_E_(NETWORK|HDFS_CUT)$/) as unknown, // a matcher has no type
      });
      proxy.forget();
      expect(await oracle.names(dir)).toEqual([]);
    },
  },
  {
    name: 'a file that is replaced keeps its old bytes until the new ones are whole',
    tried: async ({ open, dir, proxy, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/f`, Buffer.from('old'));
      for (let i = 0; i < 100; i++) {
        proxy.plan({ side: 'dataNode', op: 'CREATE', fault: half('upload-cut') });
      }
      await expect(hdfs.create(`${dir}/f`, BYTES, { overwrite: true })).rejects.toThrow();
      expect(String(await oracle.read(`${dir}/f`))).toBe('old');
    },
  },
  {
    name: 'an append whose answer is lost is called unclear, and is not sent twice',
    tried: async ({ open, dir, proxy, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/f`, Buffer.from('one,'));
      proxy.plan({ side: 'dataNode', op: 'APPEND', fault: { kind: 'answer-lost' } });
      await expect(hdfs.append(`${dir}/f`, Buffer.from('two'))).rejects.toMatchObject({
        code: 'LISPING_E_HDFS_UNCLEAR',
      });
      expect(String(await oracle.read(`${dir}/f`))).toBe('one,two');
    },
  },
  {
    name: 'a page of a portal is not taken for success of an append',
    tried: async ({ open, dir, proxy, oracle }) => {
      const hdfs = await open();
      for (const [name, bytes] of [
        ['short', Buffer.from('two')],
        ['long', BYTES],
      ] as const) {
        await hdfs.create(`${dir}/${name}`, Buffer.from('one,'));
        proxy.plan({ side: 'dataNode', op: 'APPEND', fault: { kind: 'page' } });
        await expect(hdfs.append(`${dir}/${name}`, bytes)).rejects.toThrow();
        expect(String(await oracle.read(`${dir}/${name}`))).toBe('one,');
      }
    },
  },
  {
    name: 'an append that never began is begun again',
    tried: async ({ open, dir, proxy, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/f`, Buffer.from('one,'));
      proxy.plan({ side: 'nameNode', op: 'APPEND', fault: { kind: 'dead-redirect' } });
      await hdfs.append(`${dir}/f`, Buffer.from('two'));
      expect(String(await oracle.read(`${dir}/f`))).toBe('one,two');
    },
  },
  {
    name: 'a rename whose answer is lost is not taken for a failure',
    tried: async ({ open, dir, proxy, oracle }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, BYTES);
      proxy.plan({ side: 'nameNode', op: 'RENAME', fault: { kind: 'answer-lost' } });
      await hdfs.rename(`${dir}/a`, `${dir}/b`);
      expect(await oracle.names(dir)).toEqual(['b']);
    },
  },
  {
    name: 'a page of a portal is not taken for success of what has no answer',
    tried: async ({ open, dir, proxy }) => {
      const hdfs = await open();
      await hdfs.create(`${dir}/a`, Buffer.from('a'));
      proxy.plan({ side: 'nameNode', op: 'SETPERMISSION', fault: { kind: 'page' } });
      await hdfs.setPermission(`${dir}/a`, '611');
      expect((await hdfs.status(`${dir}/a`)).permission).toBe('611');
    },
  },
];
