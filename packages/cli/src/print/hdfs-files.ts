// What `lisping hdfs` prints of files: a table for a list, a line for each copy.
import type { FileStatus, Transferred } from '@lisping/hadoop-bridge';
import { bytes } from './numbers.ts';
import type { Output } from './terminal.ts';

/** A line for each file, names last, so that names of any length do no harm. */
export function listing(files: readonly FileStatus[], { style }: Output): string {
  const owners = Math.max(0, ...files.map(({ owner }) => owner.length));
  return files
    .map((file) => {
      const size = file.kind === 'file' ? bytes(file.length) : '';
      const time = new Date(file.modificationTimeMs).toISOString().slice(0, 16).replace('T', ' ');
      const facts = `${file.permission.padStart(4)} ${file.owner.padEnd(owners)} ${size.padStart(10)}  ${time}`;
      return `${style.dim(facts)}  ${oneLine(file.path)}${file.kind === 'directory' ? '/' : ''}\n`;
    })
    .join('');
}

export function transfers(files: readonly Transferred[]): string {
  return files.map(({ from, to, bytes: n }) => `${from} → ${to}  ${bytes(n)}\n`).join('');
}

/** A name may hold a line break, and what moves the cursor. */
function oneLine(path: string): string {
  return path.replaceAll(/\p{Cc}/gu, (char) => JSON.stringify(char).slice(1, -1));
}
