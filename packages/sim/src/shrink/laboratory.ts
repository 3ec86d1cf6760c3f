/**
 * Where a shrinker tries things out: runs a case, sees whether it fails in the same way, and keeps
 * the best case so far. What it may spend is counted in events, never in seconds, so that what comes
 * out does not depend on how fast the machine is.
 */
import { Simulation } from '../simulate.ts';
import type { Judged, SimulationOptions } from '../simulate.ts';
import type { Case } from './case.ts';
import { failsLike } from './failure.ts';
import type { Failure } from './failure.ts';
import { validFault } from './simpler-faults.ts';
import type { Valid } from './simpler-faults.ts';

/** What a run costs beside its events, in events: building the world, and one of its nodes. */
const COST_OF_RUN = 1_000;
const COST_OF_REPLICA = 20;
/** What work that has never been seen costs: the oracle reads every byte several times. */
const COST_OF_WORKLOAD = 4_000;
const COST_OF_BYTE = 1;

export interface LaboratorySetting {
  /** All that no case changes. */
  readonly options: SimulationOptions;
  readonly failure: Failure;
  /** What may be spent, in events. */
  readonly budget: number;
  /** Start every run without what earlier ones gave: for jobs whose tasks give now this, now that. */
  readonly afresh: boolean;
  /** Hears of every run; false ends the search. */
  readonly onRun: (lab: Laboratory) => boolean;
}

export class Laboratory {
  /** The smallest case so far that fails in the same way. */
  best: Case;
  /** In events. */
  spent = 0;
  runs = 0;
  /** Somebody does not want to wait any longer. */
  private stopped = false;
  private readonly setting: LaboratorySetting;
  private latest: { readonly of: Case; readonly simulation: Simulation } | null = null;

  constructor(first: Case, setting: LaboratorySetting) {
    this.best = first;
    this.setting = setting;
  }

  readonly valid: Valid = (fields) => validFault(fields, this.best.replicas);

  /** Nothing more can be tried. */
  get exhausted(): boolean {
    return this.stopped || this.spent >= this.setting.budget;
  }

  /** Whether the case fails in the same way; then it is the best from now on. */
  accepts(candidate: Case): boolean {
    if (this.exhausted || !this.fails(candidate)) return false;
    this.best = candidate;
    return true;
  }

  /** The same for what is changed in the best case. */
  improves(change: Partial<Case>): boolean {
    return this.accepts({ ...this.best, ...change });
  }

  /** Runs it whatever is left to spend. */
  fails(candidate: Case): boolean {
    return failsLike(this.run(candidate), this.setting.failure);
  }

  run(candidate: Case): Judged {
    const { afresh, onRun } = this.setting;
    const simulation = this.simulationFor(candidate);
    if (afresh) simulation.forget();
    const judged = simulation.trial(candidate);
    this.runs++;
    this.spent += COST_OF_RUN + COST_OF_REPLICA * candidate.replicas + judged.outcome.events;
    if (!onRun(this)) this.stopped = true;
    return judged;
  }

  /** Cases that follow each other mostly differ in their schedules alone. */
  private simulationFor(candidate: Case): Simulation {
    const { latest } = this;
    const { seed, replicas, reduces, splitBytes, inputs } = candidate;
    const sibling = latest !== null && sameWork(latest.of, candidate) ? latest.simulation : null;
    if (sibling !== null && latest?.of.replicas === replicas) return sibling;
    if (sibling === null) {
      const bytes = inputs.reduce((sum, input) => sum + input.bytes.length, 0);
      this.spent += COST_OF_WORKLOAD + COST_OF_BYTE * bytes;
    }
    const { options } = this.setting;
    const simulation = new Simulation(
      // Nothing is drawn over a makespan, so it need not be measured.
      { ...options, seed, replicas, reduces, splitBytes, inputs, makespan: 0 },
      sibling,
    );
    this.latest = { of: candidate, simulation };
    return simulation;
  }
}

function sameWork(a: Case, b: Case): boolean {
  return a.inputs === b.inputs && a.reduces === b.reduces && a.splitBytes === b.splitBytes;
}
