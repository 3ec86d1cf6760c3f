// Starts the thread behind `lisping sim` and `lisping replay`.
import { supervise, type Supervised, type SupervisorOptions } from '@lisping/runtime';
import { SIMULATION_LIMITS } from '@lisping/sim';
import type { SimProgress, SimReply, SimWork } from './sim-task.ts';

/** Simulates in a thread. After `stop`, discard the output, the trace and the report. */
export function simulateInThread(
  work: SimWork,
  options: SupervisorOptions<SimProgress>,
): Supervised<SimReply> {
  return supervise(new URL('sim-thread.js', import.meta.url), work, {
    ...options,
    resourceLimits: SIMULATION_LIMITS,
  });
}
