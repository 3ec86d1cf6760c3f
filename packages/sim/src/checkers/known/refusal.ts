/**
 * Who speaks for an earlier epoch, or for none yet, is answered with what is current and was not heard
 * itself. So begins every new life of a replica: it knows of no epoch, and its first join changes nothing.
 */
import type { Effect } from '@lisping/core';

/** Whether the message that had these effects was refused. */
export function wasRefused(effects: readonly Effect[]): boolean {
  return effects.some((effect) => effect.kind === 'send' && effect.message.kind === 'current');
}
