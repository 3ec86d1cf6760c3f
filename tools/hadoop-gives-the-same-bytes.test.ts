// `lisping run` and Hadoop's own map, sort and reduce code, around the children that run on a cluster, give
// the same parts and the same counters. Real Hadoop 3.4.2, real processes, one JVM.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipReason, STARTING_MS } from './hadoop/src/index.ts';
import { BothWays, type Case } from './fidelity/src/both-ways.ts';
import { anyCase } from './fidelity/src/cases.ts';
import { difference } from './fidelity/src/compare.ts';
import { startLocalHadoop, type LocalHadoop } from './fidelity/src/local-hadoop.ts';

const isCi = process.env['CI'] === 'true';
const CASES = isCi ? 300 : 8;
const SEED = 20_261_128;
const CASE_MS = 6000; // a machine that does other things as well; a case takes about one second

interface Named extends Omit<Case, 'files'> {
  readonly promise: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What was found different once, or is easy to get wrong. */
const NAMED: readonly Named[] = [
  {
    promise: 'CR and CRLF end lines, cut anywhere',
    job: 'offsets',
    files: { a: '\r\r\n\n\r\n\r', b: 'x\r\ny' },
    splitBytes: 2,
    reduces: 0,
  },
  {
    promise: 'a byte order mark and offsets behind it',
    job: 'offsets',
    files: { a: '\ufeffa\n\ufeffb\r\nc', b: '\ufeff', c: '' },
    splitBytes: 4,
    reduces: 0,
  },
  {
    promise: 'a job with a reduce, of which only map is wanted',
    job: 'words',
    files: { a: 'b a b\n\tx\\ \n' },
    splitBytes: 100,
    reduces: 0,
  },
  {
    promise: 'whole files: marks, CR, no LF at the end, nothing at all',
    job: 'whole-files',
    files: { a: '\ufeffx\r\ny\r', b: '', c: '\ufeff', d: '\ufeff\n', e: 'z\n\n', é: '\n' },
    splitBytes: 3,
    reduces: 2,
  },
  {
    promise: 'quoted line breaks of CSV',
    job: 'csv-files',
    files: { a: 'x,y\n1,"a\nb"\r\n2,"c ""d"""\n', b: '\ufeffx,y\n3,4' },
    splitBytes: 4,
    reduces: 2,
  },
  {
    promise: 'more parts than keys',
    job: 'raw-groups',
    files: { a: 'k\tv\nk\tw\n' },
    splitBytes: 4,
    reduces: 16,
  },
  {
    promise: 'sorted values under a partition of the job',
    job: 'sorted-placed',
    files: { a: 'a bb a\u0001 ccc\ndddd bb \n' },
    splitBytes: 8,
    reduces: 5,
  },
  {
    promise: 'a combiner that may hold next to nothing',
    job: 'longest',
    files: { a: 'aaa bb\nc\n\naaa bc\n'.repeat(40) },
    splitBytes: 300,
    reduces: 3,
    combineBytes: 100,
  },
  {
    promise: 'records of the job itself',
    job: 'source',
    files: { a: '' },
    splitBytes: 10,
    reduces: 2,
  },
  {
    promise: 'a file of which no name is ASCII',
    job: 'context',
    files: { 'é 世': 'a\nbb\n' },
    splitBytes: 3,
    reduces: 2,
  },
];

describe.skipIf(skipReason() !== null)('as Hadoop does', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'lisping-fidelity-'));
  let hadoop: LocalHadoop;
  let ways: BothWays;
  beforeAll(async () => {
    hadoop = await startLocalHadoop(scratch);
    ways = new BothWays(hadoop, scratch);
  }, STARTING_MS);
  afterAll(async () => {
    await hadoop.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test.each(NAMED)('$promise', { timeout: 60_000 }, async ({ files, ...rest }) => {
    const bytes = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
    const given: Case = { ...rest, files: Object.fromEntries(bytes) };
    expect(difference(await ways.run(given), given)).toBeNull();
  });

  test(`${CASES} drawn cases`, { timeout: 60_000 + CASES * CASE_MS }, async () => {
    const property = fc.asyncProperty(anyCase, async (given) => {
      expect(difference(await ways.run(given), given)).toBeNull();
    });
    await fc.assert(property, { numRuns: CASES, seed: SEED });
  });

  test(
    'a difference of one byte, or of one in a counter, is seen',
    { timeout: 60_000 },
    async () => {
      const given: Case = {
        job: 'words',
        files: { a: Buffer.from('a b a\n') },
        splitBytes: 9,
        reduces: 2,
      };
      const { ours, hadoop: theirs } = await ways.run(given);
      const files = { ...theirs.files, 'part-00001': theirs.files['part-00000']! };
      expect(difference({ ours, hadoop: { ...theirs, files } }, given)).toMatch(/^part-00001: /);
      const counters = { ...theirs.counters, 'lisping.map_input_records': 2 };
      expect(difference({ ours, hadoop: { ...theirs, counters } }, given)).toMatch(
        /^counter lisping\.map_input/,
      );
      const { _SUCCESS: _, ...fewer } = theirs.files;
      expect(difference({ ours, hadoop: { ...theirs, files: fewer } }, given)).toMatch(
        /^_SUCCESS: /,
      );
    },
  );
});
