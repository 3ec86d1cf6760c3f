// Vectors that a real Hadoop wrote, or read.
import { expect, test } from 'vitest';
import { splitFilesOf } from './split-files.ts';
import { WritableBytes } from './writable.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test.each([
  [0, '00'],
  [127, '7f'],
  [-1, 'ff'],
  [-112, '90'],
  [128, '8f80'],
  [255, '8fff'],
  [256, '8e0100'],
  [1000, '8e03e8'],
  [-113, '8770'],
  [-129, '8780'],
  [-257, '860100'],
  [2 ** 32, '8b0100000000'],
  [2 ** 53 - 1, '891fffffffffffff'],
])('the VLong %i is %s', (value, expected) => {
  expect(hex(new WritableBytes().vlong(value).toBytes())).toBe(expected);
});

test('one split of 1000 bytes on host dn1', () => {
  const { splits, metaInfo } = splitFilesOf([
    { uri: 'hdfs://nn:8020/in/été', start: 5, length: 1000, hosts: ['dn1'] },
  ]);
  expect(hex(metaInfo)).toBe('4d4554412d53504c01010103646e31078e03e8');
  const name = Buffer.from('org.apache.hadoop.mapred.FileSplit');
  const uri = Buffer.from('hdfs://nn:8020/in/été');
  expect(hex(splits)).toBe(
    '53504c00000001' +
      `22${name.toString('hex')}` +
      `17${uri.toString('hex')}` +
      '0000000000000005' +
      '00000000000003e8',
  );
});

test('the second split begins where the first ended', () => {
  const split = { uri: 'hdfs:///f', start: 0, length: 0, hosts: [] };
  const one = splitFilesOf([split]);
  const two = splitFilesOf([split, split]);
  const secondOffset = two.metaInfo.at(-2);
  expect(secondOffset).toBe(one.splits.length);
});

test('no split at all is a job without map tasks', () => {
  const { splits, metaInfo } = splitFilesOf([]);
  expect(hex(splits)).toBe('53504c00000001');
  expect(hex(metaInfo)).toBe('4d4554412d53504c0100');
});
