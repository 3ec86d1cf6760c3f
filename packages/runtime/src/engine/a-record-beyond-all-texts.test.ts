// A line that no text can hold is the input's fault, and is said so.
import { LispingError } from '@lisping/core';
import { expect, test } from 'vitest';
import { createDecoder } from '@lisping/formats';

const TOO_LONG = 2 ** 29;

test('a record of more than 512 MiB is LISPING_E_RECORD, with its length', () => {
  const decode = (): string => createDecoder()(Buffer.alloc(TOO_LONG), 0, TOO_LONG);
  expect(decode).toThrow(LispingError);
  expect(decode).toThrow(
    expect.objectContaining({
      code: 'LISPING_E_RECORD',
      message: `a record of ${TOO_LONG} bytes is longer than a text can be`,
    }),
  );
});
