/** The small world as options of an ordinary simulation, for the story and the replay of a schedule. */
import { LispingError } from '@lisping/core';
import type { SimulationOptions } from '../simulate.ts';
import { SMALL_SEED } from './small-run.ts';
import {
  SMALL_REPLICAS,
  SMALL_SETTING,
  SMALL_SPLIT_BYTES,
  smallInputs,
  VARIANTS,
} from './small-world.ts';

type SmallOptions = Pick<
  SimulationOptions,
  | 'job'
  | 'jobName'
  | 'inputs'
  | 'reduces'
  | 'splitBytes'
  | 'replicas'
  | 'slots'
  | 'seed'
  | 'parameters'
  | 'memo'
> &
  Required<Pick<SimulationOptions, 'timing' | 'world'>>;

/** What runs in the small world: names, and what they are in words. */
export function smallVariants(): readonly { readonly name: string; readonly title: string }[] {
  return VARIANTS.map(({ name, title }) => ({ name, title }));
}

/**
 * What makes a simulation run in the small world.
 *
 * @throws LISPING_E_REPLAY_FORMAT when there is no such variant.
 * @example
 * simulate({ ...smallOptions('steady'), faults: [], failRate: 0, schedules: 1, keepGoing: false });
 */
export function smallOptions(variant: string): SmallOptions {
  const found = VARIANTS.find(({ name }) => name === variant);
  if (found === undefined) {
    const names = VARIANTS.map(({ name }) => name).join(', ');
    throw new LispingError(
      'LISPING_E_REPLAY_FORMAT',
      `the small world has no variant ${JSON.stringify(variant)}; there are ${names}`,
    );
  }
  const { job, reduces, slots, timing } = found;
  return {
    job,
    jobName: job.name,
    inputs: smallInputs(),
    reduces,
    splitBytes: SMALL_SPLIT_BYTES,
    replicas: SMALL_REPLICAS,
    slots,
    seed: SMALL_SEED,
    parameters: {},
    memo: false,
    timing,
    world: SMALL_SETTING,
  };
}
