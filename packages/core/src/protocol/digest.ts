/**
 * Small order-free digests, so that two nodes can compare what they believe about long lists with
 * one integer. A digest is the sum, modulo 2^32, of a mix of each element: adding and removing an
 * element is one addition, and the order in which elements came does not matter.
 */
import type { AttemptId, ContentChecksum, JobId } from './ids.ts';

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): spreads 32 bits over 32 bits. */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A 32-bit hash of a job's id. */
export function jobHash(job: JobId): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < job.length; i++) h = Math.imul(h ^ job.charCodeAt(i), 0x01000193);
  return mix32(h);
}

/** The element of one attempt in a digest of attempts. `hash` is the job's {@link jobHash}. */
export function attemptElement(attempt: AttemptId, hash: number): number {
  let h = mix32(hash ^ Math.imul(attempt.task + 1, 0x9e3779b1));
  h = mix32(h ^ Math.imul(attempt.epoch, 0x85ebca77) ^ (attempt.kind === 'map' ? 0 : 0x5bd1e995));
  return mix32(h ^ Math.imul(attempt.number + 1, 0xc2b2ae3d));
}

/** The element of one map's version in the digest of the versions that a reduce consumed. */
export function versionElement(map: number, version: number): number {
  return mix32(Math.imul(map + 1, 0x9e3779b1) ^ Math.imul(version, 0x85ebca77));
}

/** One integer for the checksums of all partitions of a map output, in their order. */
export function checksumsDigest(checksums: readonly ContentChecksum[]): number {
  let h = 0x2f0b4f27 ^ checksums.length;
  for (const checksum of checksums) {
    // The operator takes the low 32 bits by itself.
    h = mix32(h ^ checksum);
    h = mix32(h ^ Math.floor(checksum / 0x1_0000_0000));
  }
  return h;
}

/** A held output in a snapshot: its name, and a digest of its checksums. */
export interface HeldSummary {
  readonly attempt: AttemptId;
  readonly checksums: number;
}
