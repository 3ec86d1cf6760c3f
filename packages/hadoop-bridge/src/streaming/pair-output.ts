// Where the pairs of a mapper leave: `key TAB value LF`, or `token TAB key TAB value LF`.
import type { MapExit } from '@lisping/core';
import type { ChildSettings } from './plan.ts';
import type { ByteOutput } from './standard-output.ts';
import { tokenOf } from './token.ts';

const TAB = 0x09;
const ENDS = { key: TAB, pair: 0x0a };

/** The exit of a map attempt to Hadoop. */
export function createPairOutput(settings: ChildSettings, out: ByteOutput): MapExit {
  const { pairs, reduces, combineBytes } = settings;
  const tokens = pairs === 'token' ? createTokens(reduces) : null;
  return {
    combineBytes,
    wantsPartitions: tokens !== null,
    pair(bytes, start, middle, end, partition) {
      if (tokens !== null) {
        out.write(tokens(partition));
        out.writeByte(TAB);
      }
      out.writePair(bytes, start, middle, end, ENDS);
    },
    lines: (bytes, length) => out.write(bytes, 0, length),
  };
}

function createTokens(reduces: number): (partition: number) => Uint8Array {
  const made: Uint8Array[] = [];
  return (partition) => (made[partition] ??= tokenOf(partition, reduces));
}
