/** What a primary pushed when it heard a replica, as its answer. */
import type { Effect, HeartbeatAnswer } from '@lisping/core';

export function answerIn(effects: readonly Effect[]): HeartbeatAnswer | undefined {
  for (const effect of effects) {
    if (effect.kind === 'send' && effect.message.kind === 'heartbeat-answer') return effect.message;
  }
  return undefined;
}

/** Only who was heard is answered so: that its lease goes on, or that its snapshot has arrived. */
export function wasHeard(effects: readonly Effect[]): boolean {
  for (const effect of effects) {
    if (effect.kind !== 'send') continue;
    const { message } = effect;
    if (message.kind === 'page-received') return true;
    if (message.kind === 'heartbeat-answer' && !message.resync) return true;
  }
  return false;
}
