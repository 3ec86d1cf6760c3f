// Promises about NameNodes that cannot answer now: another one is asked, or the same one again, and not
// for ever.
import { expect } from 'vitest';
import type { PromiseOfThePort } from '../promise.ts';
import { startFaultProxy } from '../fault-proxy.ts';
import { gathered } from '../world.ts';

const STANDBY = { kind: 'exception', exception: 'StandbyException' } as const;
const SAFE_MODE = { kind: 'exception', exception: 'SafeModeException' } as const;

export const FAILING_OVER: readonly PromiseOfThePort[] = [
  {
    name: 'a standby NameNode leads to the active one, which is asked first from then on',
    tried: async ({ open, dir, proxy }) => {
      const standby = await startFaultProxy({ nameNode: proxy.nameNode, dataNode: proxy.dataNode });
      try {
        for (let i = 0; i < 100; i++) standby.plan({ side: 'nameNode', fault: STANDBY });
        const hdfs = await open({ nameNodes: [standby.nameNode, proxy.nameNode] });
        await hdfs.create(`${dir}/a`, Buffer.from('a'));
        expect(String(await gathered(hdfs.open(`${dir}/a`)))).toBe('a');
        expect(standby.seen).toHaveLength(1);
      } finally {
        await standby.close();
      }
    },
  },
  {
    name: 'a dead NameNode leads to the living one',
    tried: async ({ open, dir, proxy }) => {
      const hdfs = await open({ nameNodes: ['http://127.0.0.1:1', proxy.nameNode] });
      await hdfs.mkdirs(`${dir}/a`);
      expect((await hdfs.status(`${dir}/a`)).kind).toBe('directory');
    },
  },
  {
    name: 'a NameNode in safe mode is waited for, and what for is said',
    tried: async ({ open, dir, proxy }) => {
      const waits: string[] = [];
      const hdfs = await open({ onWait: (said) => void waits.push(said) });
      for (let i = 0; i < 3; i++) proxy.plan({ side: 'nameNode', op: 'MKDIRS', fault: SAFE_MODE });
      await hdfs.mkdirs(`${dir}/a`);
      expect(waits).toHaveLength(3);
      expect(waits[0]).toMatch(/MKDIRS .*SafeModeException.*trying again in 0\.01 s/);
    },
  },
  {
    name: 'safe mode without end is called safe mode, in time',
    tried: async ({ open, dir, proxy }) => {
      const hdfs = await open();
      for (let i = 0; i < 500; i++) proxy.plan({ side: 'nameNode', fault: SAFE_MODE });
      const began = performance.now();
      await expect(hdfs.mkdirs(`${dir}/a`)).rejects.toMatchObject({
        code: 'LISPING_E_HDFS_SAFE_MODE',
      });
      expect(performance.now() - began).toBeLessThan(4000);
      proxy.forget();
    },
  },
  {
    name: 'NameNodes that are all standby are called so, in time',
    tried: async ({ open, dir, proxy }) => {
      const hdfs = await open({ nameNodes: [proxy.nameNode, proxy.nameNode] });
      for (let i = 0; i < 500; i++) proxy.plan({ side: 'nameNode', fault: STANDBY });
      await expect(hdfs.status(dir)).rejects.toMatchObject({ code: 'LISPING_E_HDFS_STANDBY' });
      proxy.forget();
    },
  },
  {
    name: 'a NameNode that cannot be reached is called so, soon',
    tried: async ({ open }) => {
      const hdfs = await open({ nameNodes: ['http://127.0.0.1:1'] });
      const began = performance.now();
      await expect(hdfs.status('/')).rejects.toMatchObject({ code: 'LISPING_E_NETWORK' });
      expect(performance.now() - began).toBeLessThan(2000);
    },
  },
  {
    name: 'a DataNode with an unreachable name is reached by the map of hosts',
    tried: async ({ open, dir, proxy }) => {
      const there = new URL(proxy.dataNode).host;
      const lost = await startFaultProxy({
        nameNode: proxy.nameNode,
        dataNode: proxy.dataNode,
        namesDataNode: 'http://datanode.invalid:9864',
      });
      try {
        const { nameNode } = lost;
        const without = await open({ nameNodes: [nameNode] });
        await expect(without.create(`${dir}/a`, Buffer.from('a'))).rejects.toMatchObject({
          code: 'LISPING_E_NETWORK',
          hint: expect.stringContaining('datanode.invalid') as unknown, // a matcher has no type
        });
        const hosts = { 'datanode.invalid:9864': there };
        const hdfs = await open({ nameNodes: [nameNode], hosts });
        await hdfs.create(`${dir}/a`, Buffer.from('a'));
        expect(String(await gathered(hdfs.open(`${dir}/a`)))).toBe('a');
      } finally {
        await lost.close();
      }
    },
  },
];
