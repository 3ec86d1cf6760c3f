/** What an effect is answered with; the core's own name for it is taken by the results of jobs. */
import type { Machine } from '@lisping/core';

export type EffectResult = Parameters<Machine['completed']>[2];
