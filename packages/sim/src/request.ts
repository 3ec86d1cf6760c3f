/** What is asked for and answered, and what an answer carries. */
import type { Effect, EffectId, StoreAnswer } from '@lisping/core';
import type { Output } from './disk.ts';

/** What an answer brings: the outputs asked for, as far as they are there, or the store's word. */
export type Cargo = readonly (Output | null)[] | StoreAnswer;

/** An effect that is answered. */
export type Request = Extract<Effect, { readonly effect: EffectId }>;
