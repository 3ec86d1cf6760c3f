// How replay ids know a file again.
import { createHash } from 'node:crypto';

/** 16 hex digits. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
