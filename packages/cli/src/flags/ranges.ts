// What numbers on the command line may be.
import type { WholeRange } from './values.ts';

export const REPLICAS: WholeRange = { min: 1, max: 100_000 };
/** The names of parts have five digits. */
export const REDUCES: WholeRange = { min: 0, max: 100_000 };
export const SPLIT_BYTES: WholeRange = { min: 1, max: Number.MAX_SAFE_INTEGER };
export const SCHEDULES: WholeRange = { min: 1, max: 1_000_000_000 };
