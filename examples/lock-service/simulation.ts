// The lock service in a world that breaks: one lock, one store, two workers, every fault there is.
import { simulateMachines } from '@lisping/sim';
import type { Fault, MachinesResult } from '@lisping/sim';
import { GOAL, lockServer, store, worker } from './lock-service.ts';
import type { Fence, Place } from './lock-service.ts';

/** One schedule to be run again. */
export interface Again {
  readonly seed: string;
  readonly faults: readonly Fault[];
}

export function simulated(fence: Fence, again?: Again): MachinesResult {
  return simulateMachines({
    nodes: {
      lock: lockServer,
      store: (place: Place) => store(place, fence),
      'worker-0': worker,
      'worker-1': worker,
    },
    ...(again ?? { seed: 'lock', schedules: 2_000, faults: 'swarm' }),
    duration: 1_000_000,
    always: {
      'no acknowledged increment is lost': ({ disk, outputs }) => {
        const value = Number(disk('store').get('value') ?? 0);
        return (
          value >= outputs.length || `${outputs.length} acknowledged, the store holds ${value}`
        );
      },
    },
    eventually: {
      'both workers reach their goal': ({ machine }) =>
        machine('worker-0')?.done === GOAL && machine('worker-1')?.done === GOAL,
    },
  });
}
