/** The watch over one schedule of a simulation. */
import type { Fault } from '../fault.ts';
import { Simulation } from '../simulate.ts';
import type { SimulationOptions } from '../simulate.ts';
import { findDivergence } from './divergence.ts';
import type { Divergence } from './divergence.ts';

/**
 * Runs a schedule twice, each time as if nothing had been run before, and gives the first event at
 * which the two part; null when they are alike, as they must be.
 *
 * @example
 * const { resolved } = simulate(options);
 * const divergence = await divergenceOf(options, resolved);
 * if (divergence !== null) console.error(divergenceWords(divergence).join('\n'));
 */
export async function divergenceOf(
  options: SimulationOptions,
  { seed, faults }: { readonly seed: string; readonly faults: readonly Fault[] },
): Promise<Divergence | null> {
  return await findDivergence((observer) => {
    const simulation = new Simulation({ ...options, makespan: 0 });
    return simulation.trial(seed, faults, [observer]).outcome.hash;
  });
}
