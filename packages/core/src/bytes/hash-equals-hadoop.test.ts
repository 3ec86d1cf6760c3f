// Every partition here was seen on Hadoop 3.4.2.
import { expect, test } from 'vitest';
import { hashKey, partitionOfHash } from './hash.ts';
import { encodeUtf8 } from './utf8-encode.ts';

const SEEN = [
  { key: '', text: 1, of3: 1, of7: 1, fields: 0, fieldsOf7: 0 },
  { key: 'a', text: 128, of3: 2, of7: 2, fields: 97, fieldsOf7: 6 },
  { key: 'the', text: 144592, of3: 1, of7: 0, fields: 114801, fieldsOf7: 1 },
  { key: 'hello', text: 127791473, of3: 2, of7: 5, fields: 99162322, fieldsOf7: 0 },
  { key: 'é', text: -1017, of3: 2, of7: 0, fields: -1978, fieldsOf7: 5 },
  { key: '世界', text: 16208637, of3: 0, of7: 4, fields: -871295044, fieldsOf7: 5 },
  { key: '𝒳', text: 348239, of3: 2, of7: 3, fields: -575282, fieldsOf7: 1 },
];

test.each(SEEN)('the hash of "$key" is Hadoop\'s', ({ key, text, of3, of7, fields, fieldsOf7 }) => {
  const bytes = encodeUtf8(key);
  const hash = hashKey(bytes, 0, bytes.length);
  expect(hash).toBe(text);
  expect(partitionOfHash(hash, 3)).toBe(of3);
  expect(partitionOfHash(hash, 7)).toBe(of7);
  const fieldHash = hashKey(bytes, 0, bytes.length, 0);
  expect(fieldHash).toBe(fields);
  expect(partitionOfHash(fieldHash, 7)).toBe(fieldsOf7);
});
