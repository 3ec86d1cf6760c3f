// File names in the order in which HDFS lists them: by the bytes of their UTF-8.
import { compareBytes } from '@lisping/core';

const encoder = new TextEncoder();

export function compareText(a: string, b: string): number {
  return compareBytes(encoder.encode(a), encoder.encode(b));
}
