// The public surface of the simulator.
export { nodeName } from './address.ts';
export {
  exhaust,
  exhaustFirst,
  type ExhaustFailing,
  type ExhaustStep,
  type OpenBranches,
} from './exhaustive/exhaust.ts';
export { type Divergence, divergenceWords } from './determinism/divergence.ts';
export { divergenceOf } from './determinism/watch.ts';
export { smallOptions, smallVariants } from './exhaustive/small-options.ts';
export { FAULT_KINDS, type Fault, type FaultKind } from './fault.ts';
export { endWords, faultWords } from './fault-words.ts';
export { parseFaults } from './fault-list.ts';
export type { FaultGenerator, FaultSetting } from './fault-generator.ts';
export { FaultScript, faultScript } from './fault-script.ts';
export { faultsAtRate } from './fault-rate.ts';
export { type KnobGenerator, type Knobs, type KnobSetting, knobWords, NO_KNOBS } from './knobs.ts';
export type { ModelJob, ModelTasks, ModelWorkload } from './model/model.ts';
export { type ModelOptions, type ModelResult, simulateModel } from './model/simulate-model.ts';
export type { ModelSummary } from './model/summary.ts';
export { parseWorkload } from './model/workload-file.ts';
export { Marks, MARKS, type MarkCounts, noMarks } from './marks.ts';
export {
  type ClientOperation,
  linearizable,
  type SequentialModel,
} from './machines/linearizable.ts';
export type {
  Machine,
  MachineAnswer,
  MachineEffect,
  MachineOutput,
  MachinePlace,
} from './machines/machine.ts';
export type { MachineFailure, MachinesResult } from './machines/machine-report.ts';
export {
  type MachineChecks,
  type MachinesOptions,
  type MachineWorld,
  simulateMachines,
} from './machines/simulate-machines.ts';
export type { Observer, WorldView } from './observe.ts';
export { EventQueue, QueuedEvent } from './queue.ts';
export { type ReferenceWorkload, referenceWorkload } from './reference/workload.ts';
export type { Check } from './checkers/index.ts';
export {
  scheduleSeed,
  simulate,
  type SimulationOptions,
  type SimulationResult,
  type TaskSums,
} from './simulate.ts';
export { shrink, type ShrinkOptions, type Shrunk } from './shrink/shrink.ts';
export { SIMULATION_LIMITS } from './thread-limits.ts';
export { swarmFaults } from './swarm.ts';
export { swarmKnobs } from './swarm-knobs.ts';
export type { StoryLine } from './story.ts';
export type { TraceEvent } from './trace.ts';
export type { InputBytes } from './workload.ts';
