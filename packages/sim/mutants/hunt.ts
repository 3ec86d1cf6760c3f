/** Searches a mutant with the generator that is always used, without a hint, until a checker fires. */
import type { Fault, SimulationOptions, SimulationResult, StoryLine } from '@lisping/sim';
import { buildMutant } from './build-mutant.ts';
import type { Mutant } from './build-mutant.ts';
import { GROUNDS } from './grounds.ts';
import type { Ground } from './grounds.ts';

export interface Kill {
  /** The names of the checkers that fired. */
  readonly checkers: readonly string[];
  readonly detail: string;
  /** Schedules until then, this one included. */
  readonly schedules: number;
  /** The name of the cluster and job. */
  readonly ground: string;
  readonly seed: string;
  readonly faults: readonly Fault[];
  readonly story: readonly StoryLine[];
  /** What was left of it, where that was asked for; null: it did not fail again. */
  readonly shrunk?: Small | null;
}

/** A kill made small. */
export interface Small {
  readonly faults: readonly Fault[];
  /** It does not fail so without any one of them. That was tried. */
  readonly minimal: boolean;
  /** Of one core. */
  readonly seconds: number;
}

export interface HuntOptions {
  readonly seed?: string;
  readonly schedules?: number;
  /** Go on until this checker fires; without it, until any does. */
  readonly checker?: string;
  /** Make the kill small. */
  readonly shrink?: boolean;
  /** Seconds of one core after which the search is given up. */
  readonly patience?: number;
}

type Simulator = Awaited<ReturnType<typeof buildMutant>>;

/** Schedules on one ground before it is the next one's turn. */
const TURN = 10;

/** The first schedule in which the checker fires; null when it never does. */
export async function hunt(mutant: Mutant, options: HuntOptions = {}): Promise<Kill | null> {
  const simulator = await buildMutant(mutant);
  const { seed = 'hunt', schedules = 2000, checker, patience = 600 } = options;
  const deadline = coreSeconds() + patience;
  let done = 0;
  for (let turn = 0; done < schedules && coreSeconds() < deadline; turn++) {
    const ground = GROUNDS[turn % GROUNDS.length];
    if (ground === undefined) throw new Error('there is a ground to hunt on');
    const last = Math.min(done + TURN, schedules);
    while (done < last) {
      const setting = settingOf(simulator, ground, `${seed}-${done}`, last - done);
      const result = simulator.simulate(setting);
      done += result.failing === undefined ? last - done : result.failing.schedule + 1;
      const kill = killOf(result, ground, done, checker);
      if (kill === null) continue;
      return options.shrink === true
        ? { ...kill, shrunk: small(simulator, setting, result) }
        : kill;
    }
  }
  return null;
}

/** What this process has used of its cores so far: other programs do not make a search longer. */
export function coreSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

function settingOf(
  { swarmFaults, swarmKnobs }: Simulator,
  ground: Ground,
  seed: string,
  schedules: number,
): SimulationOptions {
  const { name: _name, ...setting } = ground;
  return {
    ...setting,
    jobName: ground.job.name,
    failRate: 0,
    seed,
    schedules,
    keepGoing: false,
    faults: swarmFaults,
    knobs: swarmKnobs,
    parameters: {},
  };
}

function small(
  { shrink }: Simulator,
  setting: SimulationOptions,
  { failing }: SimulationResult,
): Small | null {
  if (failing === undefined) return null;
  const started = coreSeconds();
  const shrunk = shrink(setting, failing);
  if (shrunk === null) return null;
  const { faults, minimal } = shrunk;
  return { faults, minimal, seconds: coreSeconds() - started };
}

/** Without a checker that fired, the job failed as it had to. */
function killOf(
  { failing, checks }: SimulationResult,
  ground: Ground,
  schedules: number,
  checker: string | undefined,
): Kill | null {
  if (failing === undefined) return null;
  const fired = checks.filter((check) => !check.ok);
  const checkers = fired.map((check) => check.name);
  if (checker === undefined ? checkers.length === 0 : !checkers.includes(checker)) return null;
  const { seed, faults, story } = failing;
  const detail = fired.map((check) => check.detail ?? '').join('; ');
  return { checkers, detail, schedules, ground: ground.name, seed, faults, story };
}
