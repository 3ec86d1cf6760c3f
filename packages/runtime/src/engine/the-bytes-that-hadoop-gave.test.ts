// The local engine gives the bytes that a real Hadoop gave: splits, line ownership, order, partitions,
// numbering and what is refused. The vectors say how they were made; running them needs no Hadoop.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { job, json, text, type Emit, type Job } from '@lisping/core';
import { bytes, csv, jsonLines } from '@lisping/formats';
import { describe, expect, test } from 'vitest';
import { run } from './run.ts';

type Content = string | { readonly base64: string } | readonly (readonly [string, number])[];

interface Vector {
  readonly promise: string;
  readonly job: string;
  readonly files: Readonly<Record<string, Content | null>>;
  readonly inputs?: readonly string[];
  readonly splitBytes?: number;
  readonly reduces?: number;
  readonly parts?: readonly (string | { readonly base64: string } | { readonly sha256: string })[];
  readonly error?: string;
}

const path = new URL('../../testdata/hadoop-vectors.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly Vector[] };

const TAB = 0x09;
type Pair = readonly [key: string, value?: unknown];

const jobs: Readonly<Record<string, Job>> = {
  lines: job({
    name: 'lines',
    input: bytes(),
    map(line, emit, { input }) {
      emit(new Uint8Array(Buffer.concat([Buffer.from(`${input.offset}\t`), line])));
    },
  }),
  group: job({
    name: 'group',
    input: bytes(),
    key: bytes(),
    value: bytes(),
    map(line, emit) {
      const tab = line.includes(TAB) ? line.indexOf(TAB) : line.length;
      emit(line.slice(0, tab), line.slice(tab + 1));
    },
    reduce(key, values, emit) {
      const texts = Array.from(values, (value) => Buffer.from(value).toString('latin1')).sort();
      emit(key, new Uint8Array(Buffer.from(texts.join(','), 'latin1')));
    },
  }),
  shapes: job({
    name: 'shapes',
    input: jsonLines<Pair>(),
    key: text(),
    value: json<unknown>(),
    map([key, value], emit) {
      emit(key, value);
    },
    reduce(key, values, emit) {
      const shown = Array.from(values, (value) =>
        value === undefined ? 'missing' : JSON.stringify(value),
      ).sort();
      emit(key, shown.join(','));
      emit(key);
      emit(key, '');
      emit(key, { k: key, n: shown.length });
      emit(key, `\r${key}\t\n\\`);
    },
  }),
  sorted: job({
    name: 'sorted',
    input: jsonLines<readonly [key: string, value?: string]>(),
    sortValues: true,
    map([key, value], emit: Emit<string, string | undefined>) {
      emit(key, value);
    },
    reduce(key, values, emit) {
      emit(
        key,
        Array.from(values, (value) => value ?? null),
      );
    },
  }),
  csv: job({
    name: 'csv',
    input: csv({ header: true }),
    map(row, emit) {
      emit(JSON.stringify(row));
    },
  }),
};

function bytesOf(content: Content): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  if ('base64' in content) return Buffer.from(content.base64, 'base64');
  return Buffer.from(content.map(([piece, times]) => piece.repeat(times)).join(''));
}

function lay(directory: string, files: Vector['files']): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(directory, name);
    mkdirSync(content === null ? file : dirname(file), { recursive: true });
    if (content !== null) writeFileSync(file, bytesOf(content));
  }
}

/** A part as the vectors show it. */
function shown(part: Buffer, like: unknown): unknown {
  if (typeof like === 'object' && like !== null) {
    if ('base64' in like) return { base64: part.toString('base64') };
    if ('sha256' in like) return { sha256: createHash('sha256').update(part).digest('hex') };
  }
  return part.toString();
}

describe('as Hadoop 3.4.2 does it', () => {
  test.each(cases)('$promise', async ({ job: name, files, inputs, parts, error, ...options }) => {
    const directory = mkdtempSync(join(tmpdir(), 'lisping-vectors-'));
    try {
      const [data, output] = [join(directory, 'data'), join(directory, 'out')];
      lay(data, files);
      const input = (inputs ?? ['$/in']).map((given) => given.replaceAll('$/', `${data}/`));
      const result = run(jobs[name]!, { ...options, input, output });
      if (error !== undefined) {
        await expect(result).rejects.toMatchObject({ code: error });
        expect(readdirSync(directory)).toEqual(['data']);
        return;
      }
      await result;
      const names = parts!.map((_, number) => `part-${String(number).padStart(5, '0')}`);
      expect(readdirSync(output).sort()).toEqual(['_SUCCESS', ...names]);
      const given = names.map((part, i) => shown(readFileSync(join(output, part)), parts![i]));
      expect(given).toEqual(parts);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
