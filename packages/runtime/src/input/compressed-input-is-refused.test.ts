// Hadoop 3.4.2 decompresses these by their suffix, or fails over bytes that are not compressed; what it
// never does is read them as they lie. Seen with a plain text under each name: gz, deflate, lz4 and zst
// fail, bz2 and snappy give no record.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localFiles } from './local-files.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lisping-compressed-'));
});
afterAll(() => rmSync(root, { recursive: true }));

function resolved(name: string): number {
  const path = join(root, name);
  writeFileSync(path, 'plain\n');
  return localFiles.resolve([path]).length;
}

it.each(['a.gz', 'a.GZ', 'a.bz2', 'a.deflate', 'a.lz4', 'a.snappy', 'a.zst'])(
  '%s is refused',
  (name) => {
    expect(() => resolved(name)).toThrow(
      expect.objectContaining({ code: 'LISPING_E_INPUT_COMPRESSED' }),
    );
  },
);

it.each(['gz', 'a.gz.txt', 'a.tgz', 'a.zip', 'a.xz', 'a.lzo', 'a.br', 'a.Z', 'a.gzip'])(
  '%s is read as it lies, there too',
  (name) => {
    expect(resolved(name)).toBe(1);
  },
);
