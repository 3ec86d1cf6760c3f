// What `import ... from 'lisping'` offers: the public API.
export * from './job.ts';
export { ERRORS, isLispingError, LispingError, type ErrorCode } from '@lisping/core';
export { run, type RunOptions, type RunResult } from '@lisping/runtime';
export {
  referenceWorkload,
  simulate,
  type SimulationOptions,
  type SimulationResult,
} from '@lisping/sim';
