/** The protocol: three machines, the messages they send, and the effects they ask for. */
export * from './ids.ts';
export * from './timing.ts';
export * from './plan.ts';
export * from './messages.ts';
export * from './digest.ts';
export * from './journal-entries.ts';
export * from './effects.ts';
export { createPrimary } from './primary/primary.ts';
export type { Primary, PrimaryOptions, ScoreboardEntry } from './primary/primary.ts';
export { createReplica } from './replica/replica.ts';
export type { Replica } from './replica/replica.ts';
export type { Membership, ReplicaOptions } from './replica/state.ts';
export { createClient } from './client/client.ts';
export type { Client, ClientOptions } from './client/client.ts';
