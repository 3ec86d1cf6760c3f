/** The watch over one schedule of a simulation. */
import type { SimulationOptions } from '../simulate.ts';
import { divergenceBetween } from './divergence.ts';
import type { Divergence } from './divergence.ts';
import { recorded } from './recorded.ts';
import type { Scheduled } from './recorded.ts';

/**
 * Runs a schedule twice, and gives the first event at which the two runs part; null when they are
 * alike, as they must be. Between them another schedule is run, and what the first left to promises
 * has its turn: what leaks from schedule to schedule shows as well.
 *
 * @example
 * const { resolved } = simulate(options);
 * const divergence = await divergenceOf(options, resolved);
 * if (divergence !== null) console.error(divergenceWords(divergence).join('\n'));
 */
export async function divergenceOf(
  options: SimulationOptions,
  schedule: Scheduled,
): Promise<Divergence | null> {
  const first = recorded(options, schedule);
  recorded(options, { ...schedule, seed: `${schedule.seed} and another`, faults: [] });
  await Promise.resolve();
  return divergenceBetween(first, recorded(options, schedule));
}
