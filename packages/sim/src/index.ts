// The public surface of the simulator.
export { nodeName } from './address.ts';
export {
  exhaust,
  type ExhaustFailing,
  type ExhaustOptions,
  type ExhaustStates,
  type ExhaustStep,
} from './exhaustive/exhaust.ts';
export { FAULT_KINDS, type Fault, type FaultKind } from './fault.ts';
export { parseFaults } from './fault-list.ts';
export { mixedFaults, type MixSetting } from './fault-mix.ts';
export { faultsAtRate } from './fault-rate.ts';
export type { ModelJob, ModelTasks, ModelWorkload } from './model/model.ts';
export { type ModelOptions, type ModelResult, simulateModel } from './model/simulate-model.ts';
export type { ModelSummary } from './model/summary.ts';
export { parseWorkload } from './model/workload-file.ts';
export type { Observer, WorldView } from './observe.ts';
export { EventQueue, QueuedEvent } from './queue.ts';
export { type ReferenceWorkload, referenceWorkload } from './reference/workload.ts';
export {
  type Check,
  type FaultGenerator,
  scheduleSeed,
  simulate,
  type SimulationOptions,
  type SimulationResult,
  type TaskSums,
} from './simulate.ts';
export { shrink, type ShrinkOptions, type Shrunk } from './shrink/shrink.ts';
export { SIMULATION_LIMITS } from './thread-limits.ts';
export type { StoryLine } from './story.ts';
export type { TraceEvent } from './trace.ts';
export type { InputBytes } from './workload.ts';
