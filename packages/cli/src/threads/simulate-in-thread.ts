// Starts the thread behind `lisping sim` and `lisping replay`.
import { supervise, type Supervised, type SupervisorOptions } from '@lisping/runtime';
import { SIMULATION_LIMITS } from '@lisping/sim';
import type { SimProgress, SimReply, SimTask } from './sim-task.ts';

/** Simulates in a thread. After `stop`, discard the output and the trace. */
export function simulateInThread(
  task: SimTask,
  options: SupervisorOptions<SimProgress>,
): Supervised<SimReply> {
  return supervise(new URL('sim-thread.js', import.meta.url), task, {
    ...options,
    resourceLimits: SIMULATION_LIMITS,
  });
}
