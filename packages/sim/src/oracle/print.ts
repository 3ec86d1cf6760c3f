/** One line of final output, by the contract for what people read. */
import type { AnyJob } from '@lisping/core';
import { json } from '@lisping/core';
import { byteString, formOf, latin1 } from './form.ts';

/** The line of a pair, one character per byte. */
export function lineOf(job: AnyJob, key: unknown, value: unknown): string {
  if (key === undefined) throw new TypeError('a line without a key');
  if (value === undefined) return `${shown(job, key, 'key', /[\n\r]/g)}\n`;
  return `${shown(job, key, 'key', /[\n\r\t]/g)}\t${shown(job, value, 'value', /[\n\r]/g)}\n`;
}

function shown({ output }: AnyJob, item: unknown, role: 'key' | 'value', breaking: RegExp): string {
  if (output !== null) return formOf(output, item, role).wire;
  if (typeof item === 'string') return escaped(byteString(item), breaking);
  if (item instanceof Uint8Array) return escaped(latin1(item), breaking);
  return byteString(json().encode(item).toString());
}

function escaped(text: string, breaking: RegExp): string {
  return text.replace(breaking, (c) => (c === '\n' ? '\\n' : c === '\r' ? '\\r' : '\\t'));
}
