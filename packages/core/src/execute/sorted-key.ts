// Under `sortValues` what is sorted is `key TAB value`. Where does the key in it end?
import type { AnyJob } from '../job/any-job.ts';

const TAB = 0x09;

/** The end of the user's key in a sorted key; no encoded key holds a TAB. */
export function keyEnd(job: AnyJob, bytes: Uint8Array, start: number, end: number): number {
  if (!job.sortValues) return end;
  let at = start;
  while (at < end && bytes[at] !== TAB) at++;
  return at;
}
