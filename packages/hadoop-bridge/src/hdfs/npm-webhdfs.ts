// The npm package `webhdfs` behind the same port, for programs that have it already. The conformance suite
// lists by name what it cannot do. Where the package reports success whatever the server said, or would
// write under another name than it was given, this adapter looks for itself or refuses.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import type { PackageClient } from 'webhdfs';
import { HdfsFailure, refused } from './failure.ts';
import type { ByteSource, CreateOptions, FileStatus, Hdfs, OpenOptions } from './hdfs.ts';
import { childOf, parentOf, tidyPath } from './hdfs-path.ts';
import type { HdfsOptions } from './options.ts';
import { parseServer } from './server.ts';
import { isSameFile, listIn, statusIn } from './shapes.ts';

/**
 * The port over the npm package `webhdfs`, which must be installed. It knows one NameNode and a user: no
 * token, no map of hosts, and nothing is tried twice. What it cannot do is LISPING_E_HDFS_UNSUPPORTED.
 *
 * @example
 * const hdfs = await npmWebHdfs({ nameNodes: ['http://namenode:9870'], user: 'ann' });
 */
export async function npmWebHdfs(options: HdfsOptions): Promise<Hdfs> {
  const client = await packageClient(options);
  return {
    status: async (path) => await statusOf(client, plain(path)),
    list: async (path) =>
      listIn(await reply((done) => client.readdir(plain(path), done), ENTRIES), plain(path)),
    open: (path, how = {}) => read(client, plain(path), how),
    create: async (path, source, how = {}) => await create(client, plain(path), source, how),
    append: async (path, source) => {
      const before = await statusOf(client, plain(path));
      const sent = await send(client.createWriteStream(before.path, true, {}), source);
      return await confirmed(client, before.path, before.length + sent);
    },
    mkdirs: async (path, permission = '0755') =>
      void (await called((done) => client.mkdir(plain(path), permission, done))),
    rename: async (source, target, how = {}) => {
      if (how.overwrite === true) throw unsupported('replace what has the new name');
      await rename(client, await statusOf(client, plain(source)), plain(target));
    },
    delete: async (path, { recursive = false } = {}) =>
      await remove(client, plain(path), recursive),
    checksum: () => Promise.reject(unsupported('give the checksum of a file')),
    blockLocations: () => Promise.reject(unsupported('say where blocks are')),
    setTimes: () => Promise.reject(unsupported('set times')),
    setPermission: async (path, permission) =>
      void (await called((done) => client.chmod(plain(path), permission, done))),
    close: () => undefined,
  };
}

function unsupported(what: string): HdfsFailure {
  return refused('LISPING_E_HDFS_UNSUPPORTED', `the npm package webhdfs cannot ${what}`);
}

async function packageClient({
  nameNodes,
  user,
  token,
  doAs,
  hosts,
  tls,
}: HdfsOptions): Promise<PackageClient> {
  const [address, another] = nameNodes;
  if (another !== undefined) throw unsupported('ask a second NameNode');
  if (token !== undefined || doAs !== undefined) throw unsupported('use a token or act for others');
  if (hosts !== undefined || tls !== undefined) throw unsupported('map hosts or take certificates');
  const { protocol, host, port, base } = parseServer(address ?? '');
  const { default: webhdfs } = await import('webhdfs').catch((cause: unknown) => {
    throw new HdfsFailure(
      'LISPING_E_HDFS_UNSUPPORTED',
      'the npm package webhdfs is not installed',
      {
        cure: 'none',
        hint: 'npm install webhdfs, with the override that its description in our README shows.',
        cause,
      },
    );
  });
  const path = `${base}/webhdfs/v1`;
  return webhdfs.createClient({ protocol: protocol.slice(0, -1), host, port, path, user });
}

/** The package encodes nothing and decodes `%41`: only what needs neither reaches it. */
function plain(path: string): string {
  const tidy = tidyPath(path);
  if (/^[\w.~/-]*$/.test(tidy)) return tidy;
  throw unsupported(`handle the characters of ${JSON.stringify(tidy)}`);
}

type Done = (error: Error | null | undefined, result?: unknown) => void;

/** Its errors hold a message and nothing else. */
async function called(call: (done: Done) => unknown): Promise<unknown> {
  return await new Promise((resolve, reject) => {
    call((error, result) => {
      if (error === null || error === undefined) resolve(result);
      else reject(said(error));
    });
  });
}

function said(error: Error): HdfsFailure {
  return new HdfsFailure('LISPING_E_HDFS', error.message, { cure: 'none', cause: error });
}

type Wrap = (result: unknown) => object;
const STATUS: Wrap = (result) => ({ FileStatus: result });
const ENTRIES: Wrap = (result) => ({ FileStatuses: { FileStatus: result } });

/** What the package unwrapped is wrapped again and checked like any answer. */
async function reply(
  call: (done: Done) => unknown,
  wrap: Wrap,
): Promise<{ from: string; text: string }> {
  return { from: 'the package', text: JSON.stringify(wrap(await called(call))) };
}

async function statusOf(client: PackageClient, path: string): Promise<FileStatus> {
  return statusIn(await reply((done) => client.stat(path, done), STATUS), path);
}

/** It cannot tell a path that is missing from one that it could not ask for, but by a message. */
async function isThere(client: PackageClient, path: string): Promise<FileStatus | null> {
  try {
    return await statusOf(client, path);
  } catch (error) {
    const isMissing =
      error instanceof HdfsFailure && error.message.startsWith('File does not exist');
    if (isMissing) return null;
    throw error;
  }
}

/** It takes a body that ends for a whole one: the bytes are counted here. */
async function* read(
  client: PackageClient,
  path: string,
  { offset = 0, length, status }: OpenOptions,
): AsyncGenerator<Buffer, void, undefined> {
  const file = status ?? (await statusOf(client, path));
  if (file.kind === 'directory') throw refused('LISPING_E_HDFS', `${path} is a directory`);
  const asked = Math.min(length ?? file.length, file.length - offset);
  if (asked <= 0) return;
  const source = client.createReadStream(path, { offset, length: asked });
  const through = new PassThrough();
  // It says `error` and then `end`; and it says `end` to errors that it does not notice.
  source.on('error', (error) => through.destroy(said(error)));
  source.pipe(through);
  let got = 0;
  const chunks: AsyncIterable<Buffer> = through; // no encoding was set
  for await (const chunk of chunks) {
    got += chunk.length;
    if (got > asked) break;
    yield chunk;
  }
  if (got !== asked) {
    const what = `${path}: ${got} bytes came instead of ${asked}`;
    throw refused('LISPING_E_HDFS_CUT', what);
  }
}

async function create(
  client: PackageClient,
  path: string,
  source: ByteSource,
  { overwrite, inPlace, permission = '0644', replication, blockSize }: CreateOptions,
): Promise<FileStatus> {
  const there = await isThere(client, path);
  if (there !== null && overwrite !== true) {
    throw refused('LISPING_E_HDFS_EXISTS', `${path} exists in HDFS`);
  }
  if (there !== null && inPlace !== true) throw unsupported('replace a file at once');
  const name = `.lisping-${randomBytes(8).toString('hex')}`;
  const first = inPlace === true ? path : childOf(parentOf(path), name);
  const more = {
    permission,
    ...(replication === undefined ? {} : { replication }),
    ...(blockSize === undefined ? {} : { blocksize: blockSize }),
  };
  try {
    const sent = await send(client.createWriteStream(first, false, more), source);
    const written = await confirmed(client, first, sent);
    if (first !== path) await rename(client, written, path);
    return { ...written, path };
  } catch (error) {
    await called((done) => client.unlink(first, false, done)).catch(() => undefined);
    throw error;
  }
}

/** Only what is piped into it is sent. It says `finish` after an error too. */
async function send(target: NodeJS.WritableStream, source: ByteSource): Promise<number> {
  let sent = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of typeof source === 'function' ? source() : [source]) {
      sent += chunk.length;
      yield chunk;
    }
  };
  const bytes = Readable.from(counted(), { objectMode: false });
  const broken = new Promise<never>((_, reject) => {
    target.on('error', (error: Error) => reject(said(error)));
    bytes.on('error', reject);
  });
  bytes.pipe(target);
  await Promise.race([once(target, 'finish'), broken]);
  return sent;
}

async function confirmed(client: PackageClient, path: string, length: number): Promise<FileStatus> {
  const status = await statusOf(client, path);
  if (status.length === length) return status;
  const what = `${path} has ${status.length} bytes instead of ${length}`;
  throw refused('LISPING_E_HDFS_CUT', what);
}

/** It drops the boolean that says whether anything happened. */
async function rename(client: PackageClient, source: FileStatus, target: string): Promise<void> {
  if ((await isThere(client, target)) !== null) {
    throw refused('LISPING_E_HDFS_EXISTS', `${target} exists in HDFS`);
  }
  await called((done) => client.rename(source.path, target, done));
  const now = await isThere(client, target);
  if (now !== null && isSameFile(now, source)) return;
  throw refused('LISPING_E_HDFS', `HDFS did not rename ${source.path} to ${target}`);
}

async function remove(client: PackageClient, path: string, recursive: boolean): Promise<boolean> {
  if ((await isThere(client, path)) === null) return false;
  await called((done) => client.unlink(path, recursive, done));
  if ((await isThere(client, path)) === null) return true;
  throw refused('LISPING_E_HDFS', `HDFS did not delete ${path}`);
}
