/**
 * From a schedule that fails to the smallest that fails in the same way: fewer faults, plainer ones,
 * a smaller world, fewer records. What comes out is what people read, so every pass makes something
 * go away that one would have to explain.
 */
import type { LispingError } from '@lisping/core';
import type { Fault } from '../fault.ts';
import type { Check } from '../checkers/index.ts';
import type { Judged, SimulationOptions } from '../simulate.ts';
import { Simulation } from '../simulate.ts';
import type { StoryLine } from '../story.ts';
import { combinedHash } from '../trace-hash.ts';
import { withoutFault } from './case.ts';
import type { Case } from './case.ts';
import { failsLike, failureOf } from './failure.ts';
import type { Failure } from './failure.ts';
import { fewerRecords, fewerSplits } from './input-passes.ts';
import { Laboratory } from './laboratory.ts';
import type { LaboratorySetting } from './laboratory.ts';
import { NO_KNOBS } from '../knobs.ts';
import type { Knobs } from '../knobs.ts';
import { FEW, fewerFaults, nothingElse, plainerFaults, shorterByChance } from './list-passes.ts';
import { fewerReplicas, fewerKnobs, lowerNumbers, smallerWorld } from './world-passes.ts';

/** A failing schedule made small. It is complete: a simulation of it alone fails in the same way. */
export interface Shrunk extends Case {
  readonly verdict: 'failed' | 'no-convergence';
  /** How many map tasks the input makes. */
  readonly maps: number;
  /** Events until it broke. */
  readonly events: number;
  readonly checks: readonly Check[];
  readonly error: LispingError | null;
  readonly story: readonly StoryLine[];
  readonly traceHash: string;
  /** True: it does not fail so without any one of the faults. That was tried. False: not tried yet. */
  readonly minimal: boolean;
  /** What happens without each of the faults: `passed`, or the check or error that is broken then. */
  readonly without: readonly string[];
  /** True: the input is only a part of what was given. */
  readonly cut: boolean;
  /** What it was shrunk from. */
  readonly from: { readonly events: number; readonly faults: number };
  /** Schedules that were run for it. */
  readonly runs: number;
}

/** A schedule that fails. */
export interface Found {
  readonly seed: string;
  readonly faults: readonly Fault[];
  readonly knobs?: Knobs;
}

export interface ShrinkOptions {
  /** What the search may cost, in events. It is no time: the same comes out on every machine. */
  readonly budget?: number;
  /** The check that must stay broken; by default the one that broke first. */
  readonly check?: string;
  /** Hears after every run which share of the budget is spent; `soFar` gives the smallest that is known. False ends the search. */
  readonly onStep?: (share: number, soFar: () => Shrunk | null) => boolean;
}

/** About five seconds on one core. */
const BUDGET = 5_000_000;
const ROUNDS_MAX = 3;

/**
 * Makes a failing schedule small. Null: it does not fail again when it is run alone, so that the
 * job, or the simulator, is not deterministic.
 *
 * @example
 * const result = simulate(options);
 * if (result.failing !== undefined) shrink(options, result.failing);
 */
export function shrink(
  options: SimulationOptions,
  { seed, faults, knobs = NO_KNOBS }: Found,
  { budget = BUDGET, check, onStep = () => true }: ShrinkOptions = {},
): Shrunk | null {
  const { replicas, reduces, splitBytes, inputs } = options;
  const first: Case = { seed, faults, knobs, replicas, reduces, splitBytes, inputs };
  const before = runAlone(options, first);
  const found = failureOf(before);
  if (found === null) return null;
  const failure: Failure = check === undefined ? found : { ...found, check };
  const from = { events: before.outcome.events, faults: faults.length };
  for (const afresh of [false, true]) {
    const onRun = (lab: Laboratory): boolean => {
      const share = Math.min(1, lab.spent / budget);
      return onStep(share, () => reported(lab, setting, from, null));
    };
    const setting = { options, failure, budget, afresh, onRun };
    const lab = new Laboratory(first, setting);
    search(lab);
    const without = onlyWhatIsNeeded(lab, setting);
    const done = reported(lab, setting, from, without);
    if (done !== null) return done;
  }
  return null;
}

function search(lab: Laboratory): void {
  const origin = lab.best.faults;
  fewerKnobs(lab);
  fewerFaults(lab, 0);
  if (lab.best.faults.length > 1) fewerFaults(lab, 3);
  if (lab.best.faults.length > FEW) shorterByChance(lab, origin);
  smallerWorld(lab);
  for (let round = 0; round < ROUNDS_MAX && !lab.exhausted; round++) {
    const { best } = lab;
    if (lab.best.faults.length > 1) fewerFaults(lab, 6);
    fewerRecords(lab);
    fewerSplits(lab);
    fewerReplicas(lab);
    lowerNumbers(lab);
    plainerFaults(lab);
    fewerKnobs(lab);
    if (lab.best === best) break;
  }
  nothingElse(lab);
}

/** Runs the schedule as a replay does: nothing is known of other schedules. */
function runAlone(options: SimulationOptions, only: Case): Judged {
  return simulationOf(options, only).trial(only);
}

function simulationOf(options: SimulationOptions, only: Case): Simulation {
  return new Simulation({ ...options, ...only, makespan: 0 });
}

type Asked = Pick<LaboratorySetting, 'options' | 'failure'>;

/** Leaves out every fault that it does not need when it is run alone; what happens without the others. */
function onlyWhatIsNeeded(lab: Laboratory, { options, failure }: Asked): readonly string[] {
  for (;;) {
    const { best } = lab;
    const without = best.faults.map((_, place) => runAlone(options, withoutFault(best, place)));
    const needless = without.findIndex((run) => failsLike(run, failure));
    if (needless < 0) return without.map(wordOf);
    lab.best = withoutFault(best, needless);
  }
}

/** The best case as it is when it is run alone; null when it does not fail so then. */
function reported(
  { best, runs }: Laboratory,
  { options, failure }: Asked,
  from: Shrunk['from'],
  without: readonly string[] | null,
): Shrunk | null {
  const simulation = simulationOf(options, best);
  const judged = simulation.trial(best);
  if (!failsLike(judged, failure)) return null;
  const cut = best.inputs !== options.inputs;
  const minimal = without !== null;
  return {
    ...best,
    ...shown(simulation, judged),
    maps: simulation.maps,
    minimal,
    without: without ?? [],
    from,
    runs,
    cut,
  };
}

function wordOf(judged: Judged): string {
  const failure = failureOf(judged);
  return failure === null ? 'passed' : (failure.check ?? failure.error ?? failure.verdict);
}

function shown(
  simulation: Simulation,
  judged: Judged,
): Pick<Shrunk, 'verdict' | 'events' | 'checks' | 'error' | 'story' | 'traceHash'> {
  const { outcome, checks, error, verdict } = judged;
  return {
    verdict: verdict === 'no-convergence' ? verdict : 'failed',
    events: outcome.events,
    checks,
    error,
    story: simulation.retold(judged),
    traceHash: combinedHash([outcome.hash]),
  };
}
