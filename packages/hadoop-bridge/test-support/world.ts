// What a promise is tried in: a real HDFS, a fault proxy in front of it, a directory of one's own, and an
// oracle that asks the NameNode without any code of ours.
import { createHash } from 'node:crypto';
import http from 'node:http';
import type { Hdfs } from '../src/hdfs/hdfs.ts';
import type { HdfsOptions } from '../src/hdfs/options.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';

export interface World {
  readonly proxy: FaultProxy;
  /** A directory that exists and is empty. */
  readonly dir: string;
  /** The client under test, through the proxy; with more options when given. */
  readonly open: (options?: Partial<HdfsOptions>) => Promise<Hdfs>;
  readonly oracle: Oracle;
}

/** How a client is made. */
export type Opener = (options: HdfsOptions) => Hdfs | Promise<Hdfs>;

/** Asks the real cluster by itself; only for names that need no encoding. */
interface Oracle {
  /** The whole file; null when there is none. */
  read(path: string): Promise<Buffer | null>;
  names(path: string): Promise<string[]>;
}

/** Short, so that a test of patience does not need any. */
const TEST_PATIENCE = {
  connectMs: 2000,
  answerMs: 3000,
  stallMs: 500,
  unavailableMs: 3000,
  triesMax: 4,
  pauseMs: 10,
  pauseMaxMs: 200,
} as const;

interface Real {
  readonly nameNode: string;
  readonly dataNode: string;
  readonly user: string;
}

let worlds = 0;

/** Calls `use` in a world of its own, and takes it down. */
export async function inWorld(
  real: Real,
  opener: Opener,
  use: (world: World) => Promise<void>,
): Promise<void> {
  const proxy = await startFaultProxy(real);
  const dir = `/conformance/${process.pid}-${++worlds}`;
  const opened: Hdfs[] = [];
  await ask(real, 'PUT', dir, 'MKDIRS');
  try {
    await use({
      proxy,
      dir,
      open: async (options) => {
        const { nameNode } = proxy;
        const hdfs = await opener({
          nameNodes: [nameNode],
          user: real.user,
          patience: TEST_PATIENCE,
          ...options,
        });
        opened.push(hdfs);
        return hdfs;
      },
      oracle: oracleOf(real),
    });
  } finally {
    for (const hdfs of opened) hdfs.close();
    await proxy.close();
    await ask(real, 'DELETE', dir, 'DELETE', '&recursive=true');
  }
}

function oracleOf(real: Real): Oracle {
  return {
    read: async (path) => {
      const { status, body } = await ask(real, 'GET', path, 'OPEN');
      return status === 404 ? null : body;
    },
    names: async (path) => {
      const { body } = await ask(real, 'GET', path, 'LISTSTATUS');
      // The cast: this is what LISTSTATUS answers.
      const list = JSON.parse(body.toString()) as {
        FileStatuses: { FileStatus: { pathSuffix: string }[] };
      };
      return list.FileStatuses.FileStatus.map(({ pathSuffix }) => pathSuffix);
    },
  };
}

/** One request to the real NameNode, and to wherever it sends us. */
async function ask(
  { nameNode, user }: Real,
  method: string,
  path: string,
  op: string,
  more = '',
): Promise<{ status: number; body: Buffer }> {
  return await fetched(`${nameNode}/webhdfs/v1${path}?op=${op}&user.name=${user}${more}`, method);
}

async function fetched(url: string, method: string): Promise<{ status: number; body: Buffer }> {
  return await new Promise((resolve, reject) => {
    const request = http.request(url, { method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { location } = response.headers;
        if (response.statusCode === 307 && location !== undefined) {
          fetched(location, method).then(resolve, reject);
        } else resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
      });
    });
    request.on('error', reject);
    request.end();
  });
}

/** Bytes without a pattern that a cut could hide in, the same for the same seed. */
export function noise(length: number, seed: string): Buffer {
  const blocks: Buffer[] = [];
  for (let i = 0; i * 32 < length; i++) {
    blocks.push(createHash('sha256').update(`${seed} ${i}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** Everything that comes. */
export async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
