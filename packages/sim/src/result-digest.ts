/** What an answered effect says, as one integer for the trace's hash. */
import { checksumsDigest } from '@lisping/core';
import type { EffectResult as Result } from './effect-result.ts';
import { mixKey } from './draws.ts';

export function resultDigest(result: Result): number {
  switch (result.kind) {
    case 'mapped':
      return mixKey(1, checksumsDigest(result.checksums));
    case 'part':
      return mixKey(mixKey(2, result.part.length), result.part.checksum);
    case 'failed':
      return mixKey(3, result.error.record?.offset ?? 0);
    case 'process-lost':
      return mixKey(4, result.record ?? -1);
    case 'fetched':
      return mixKey(5, statusesDigest(result));
    case 'unreachable':
      return 6;
    case 'store':
      return mixKey(7, result.answer.length);
    case 'planned':
      return mixKey(8, result.plan.splits.length);
    case 'refused':
      return 9;
    case 'journal-list':
      return mixKey(10, result.epochs.length);
    case 'journal-created':
      return mixKey(11, result.created.length);
    case 'journal-read':
      return mixKey(mixKey(12, result.entries.length), result.prefix.checksum);
    case 'journal-written':
      return mixKey(13, result.ok ? 1 : 0);
    case 'no-room':
      return 14;
  }
}

function statusesDigest(result: Result & { readonly kind: 'fetched' }): number {
  let digest = 0;
  for (const status of result.statuses) digest = Math.imul(digest, 31) + status.length;
  return digest;
}
