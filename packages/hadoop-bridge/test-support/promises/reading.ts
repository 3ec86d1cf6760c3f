// Promises about reading while something breaks: every byte, or an error; never a part.
import { expect } from 'vitest';
import type { Fault, Side } from '../fault.ts';
import type { PromiseOfThePort } from '../promise.ts';
import { gathered, noise, type World } from '../world.ts';

const BYTES = noise(150_000, 'reading');

/** A file to read, with faults planned for its reading. */
async function withFile(
  { open, dir, proxy }: World,
  faults: readonly (readonly [Side, Fault])[],
  op = 'OPEN',
): Promise<() => Promise<Buffer>> {
  const hdfs = await open();
  await hdfs.create(`${dir}/f`, BYTES);
  proxy.plan(...faults.map(([side, fault]) => ({ side, op, fault })));
  return async () => await gathered(hdfs.open(`${dir}/f`));
}

/** The fault happens once, and the bytes are read in spite of it. */
function repaired(what: string, side: Side, fault: Fault, op = 'OPEN'): PromiseOfThePort {
  return {
    name: `reading gets over ${what}`,
    tried: async (world) => {
      const read = await withFile(world, [[side, fault]], op);
      expect(BYTES.equals(await read())).toBe(true);
    },
  };
}

/** The fault happens every time: an error must say so. */
function refused(what: string, side: Side, fault: Fault, code: string): PromiseOfThePort {
  return {
    name: `${what}, every time, is an error and not a short file`,
    tried: async (world) => {
      const read = await withFile(
        world,
        Array.from({ length: 100 }, () => [side, fault] as const),
      );
      await expect(read()).rejects.toMatchObject({ code });
    },
  };
}

const CUTS = [0, 1, 70_000, 149_999].flatMap((afterBytes) =>
  (['cut', 'closed', 'closed-without-length', 'short-length'] as const).map((kind) =>
    repaired(`a body that is ${kind} after ${afterBytes} bytes`, 'dataNode', { kind, afterBytes }),
  ),
);

export const READING: readonly PromiseOfThePort[] = [
  ...CUTS,
  repaired('a body that stalls', 'dataNode', { kind: 'stall', afterBytes: 1000 }),
  repaired('a body that is too long', 'dataNode', { kind: 'too-long', moreBytes: 7 }),
  repaired('a page of a portal instead of data', 'dataNode', { kind: 'page' }),
  repaired('garbage from a DataNode', 'dataNode', { kind: 'garbage' }),
  repaired('a DataNode that resets', 'dataNode', { kind: 'reset' }),
  repaired('a DataNode that is silent', 'dataNode', { kind: 'silence' }),
  repaired('a DataNode that answers 500', 'dataNode', { kind: 'error-500' }),
  repaired('a redirect to a dead DataNode', 'nameNode', { kind: 'dead-redirect' }),
  repaired('garbage from a NameNode', 'nameNode', { kind: 'garbage' }),
  repaired('a page of a portal instead of a redirect', 'nameNode', { kind: 'page' }),
  repaired('a NameNode that resets', 'nameNode', { kind: 'reset' }),
  repaired('a NameNode that answers 500', 'nameNode', { kind: 'error-500' }),
  repaired(
    'a status that is cut',
    'nameNode',
    { kind: 'closed-without-length', afterBytes: 40 },
    'GETFILESTATUS',
  ),
  repaired(
    'a NameNode that says to try again',
    'nameNode',
    { kind: 'exception', exception: 'RetriableException' },
    'GETFILESTATUS',
  ),
  refused(
    'a body that ends early without a length',
    'dataNode',
    { kind: 'closed-without-length', afterBytes: 0 },
    'LISPING_E_HDFS_CUT',
  ),
  refused('a page of a portal', 'dataNode', { kind: 'page' }, 'LISPING_E_HDFS_ANSWER'),
  refused('a dead DataNode', 'nameNode', { kind: 'dead-redirect' }, 'LISPING_E_NETWORK'),
  {
    name: 'a body that breaks again and again is read to its end, as long as some bytes come',
    tried: async (world) => {
      const fault: Fault = { kind: 'cut', afterBytes: 10_000 };
      const read = await withFile(
        world,
        Array.from({ length: 14 }, () => ['dataNode', fault] as const),
      );
      expect(BYTES.equals(await read())).toBe(true);
    },
  },
  {
    name: 'a file that is replaced while it is read is an error and never a mixture',
    tried: async (world) => {
      const { open, dir } = world;
      const hdfs = await open();
      await hdfs.create(`${dir}/f`, BYTES);
      const pieces: Uint8Array[] = [];
      const reading = async (): Promise<void> => {
        for await (const chunk of hdfs.open(`${dir}/f`)) {
          if (pieces.length === 0) {
            const other = noise(BYTES.length, 'another file of this length');
            await hdfs.delete(`${dir}/f`);
            await hdfs.create(`${dir}/f`, other);
          }
          pieces.push(chunk);
        }
      };
      await expect(reading()).rejects.toMatchObject({ code: 'LISPING_E_HDFS_CHANGED' });
    },
  },
  {
    name: 'a status from before the file was replaced is not read by',
    tried: async ({ open, dir }) => {
      const hdfs = await open();
      const status = await hdfs.create(`${dir}/f`, BYTES);
      await hdfs.delete(`${dir}/f`);
      await hdfs.create(`${dir}/f`, noise(200_000, 'longer'));
      await expect(gathered(hdfs.open(`${dir}/f`, { status }))).rejects.toMatchObject({
        code: 'LISPING_E_HDFS_CHANGED',
      });
    },
  },
  {
    name: 'leaving the loop ends the download',
    tried: async (world) => {
      const read = await withFile(world, [['dataNode', { kind: 'stall', afterBytes: 70_000 }]]);
      void read; // planned; the loop below meets it
      const hdfs = await world.open();
      const began = performance.now();
      for await (const _chunk of hdfs.open(`${world.dir}/f`)) break;
      expect(performance.now() - began).toBeLessThan(400);
    },
  },
];
