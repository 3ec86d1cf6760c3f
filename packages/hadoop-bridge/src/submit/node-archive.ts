// Node itself as an archive for clusters whose nodes have none. It lies in HDFS under the hash of what is
// in it, so it is uploaded once for each version.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { exists } from '../hdfs/exists.ts';
import type { Hdfs } from '../hdfs/hdfs.ts';
import type { ShippedArchive } from './streaming-job.ts';

const NAME = 'lisping-node';
/** The program's path in a task's working directory. */
export const SHIPPED_NODE: string = `${NAME}/bin/node`;
const BLOCK = 512;

/** Uploads this very Node, unless it is there. */
export async function shipNode(hdfs: Hdfs, user: string): Promise<ShippedArchive> {
  const program = await readFile(process.execPath);
  const hash = createHash('sha256').update(program).digest('hex').slice(0, 16);
  const { version, platform, arch } = process;
  const path = `/user/${user}/.lisping/node-${version}-${platform}-${arch}-${hash}.tar.gz`;
  if (!(await exists(hdfs, path))) {
    const archive = await promisify(gzip)(tarOf('bin/node', program), { level: 1 });
    await hdfs.create(path, archive, { overwrite: true });
  }
  return { name: NAME, path };
}

/** An archive of one executable file, always the same for the same bytes. */
function tarOf(name: string, bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(BLOCK);
  const field = (offset: number, text: string): void => void header.write(text, offset, 'latin1');
  const octal = (value: number, digits: number): string =>
    `${value.toString(8).padStart(digits, '0')}\0`;
  field(0, name);
  field(100, octal(0o755, 7)); // mode
  field(108, octal(0, 7)); // owner
  field(116, octal(0, 7)); // group
  field(124, octal(bytes.length, 11));
  field(136, octal(0, 11)); // time
  field(148, ' '.repeat(8)); // the checksum counts itself as blanks
  field(156, '0'); // a file
  field(257, 'ustar\x0000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  field(148, `${octal(sum, 6)} `);
  const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, bytes, padding, Buffer.alloc(2 * BLOCK)]);
}
