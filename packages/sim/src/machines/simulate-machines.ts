/**
 * The simulator for other people's systems: machines that are told what happens and push what they
 * want, in the world, under the faults and with the shrinking that our own protocol gets.
 */
import { LispingError } from '@lisping/core';
import type { Microseconds } from '@lisping/core';
import { parseFaultsFor } from '../fault-list.ts';
import type { Fault, FaultKind } from '../fault.ts';
import { scheduleSeed } from '../simulate.ts';
import type { StoryLine } from '../story.ts';
import { combinedHash } from '../trace-hash.ts';
import { Memory } from '../world.ts';
import { ForeignKeys } from './foreign.ts';
import type { Foreign, ForeignEffect } from './foreign.ts';
import type { Boot, MachineEffect, MachineOutput } from './machine.ts';
import type { Taking } from './machine-host.ts';
import { reportOf } from './machine-report.ts';
import type { MachineFailure, MachinesResult } from './machine-report.ts';
import { MachineRun } from './machine-run.ts';
import type { Broken, Checks, MachineOutcome, RunSetting, View } from './machine-run.ts';
import { smallest } from './machine-shrink.ts';
import { MachineStory } from './machine-story.ts';
import { machineSwarm } from './machine-swarm.ts';
import { machineProblem } from './machine-targets.ts';

type Nodes = Readonly<Record<string, Boot>>;

/** What the machines of these nodes show by their `output` effects. */
type OutputOf<Of extends Nodes> = ReturnType<Of[keyof Of]>['effects'][number] extends infer Effect
  ? Effect extends Extract<MachineEffect, { readonly kind: 'output' }>
    ? Effect['value']
    : never
  : never;

/** A world, as a check sees it from outside. Times are microseconds of virtual time. */
export interface MachineWorld<Of extends Nodes = Nodes> {
  readonly now: Microseconds;
  /** The machine that lives at a node now; null while the process is down. To be read only. */
  readonly machine: <Name extends keyof Of & string>(name: Name) => ReturnType<Of[Name]> | null;
  /** What is durable at a node, whether it lives or not. */
  readonly disk: (name: keyof Of & string) => ReadonlyMap<string, unknown>;
  /** Everything that nodes have shown, in order. */
  readonly outputs: readonly MachineOutput<OutputOf<Of>>[];
}

/**
 * Promises by their names. A check says true when its promise is kept; false, or better what is wrong,
 * when it is not.
 */
export type MachineChecks<Of extends Nodes> = Readonly<
  Record<string, (world: MachineWorld<Of>) => boolean | string>
>;

/** What is simulated. Times are integer microseconds of virtual time. */
export interface MachinesOptions<Of extends Nodes> {
  /** Every node by its name, with what makes its machine at the beginning of each life. */
  readonly nodes: Of;
  /** Any text. It fixes everything that is drawn. */
  readonly seed: string;
  /** How many schedules are run until one fails. Default 1. */
  readonly schedules?: number;
  /**
   * `swarm`: drawn for each schedule, every kind there is. A list: these, in every schedule. A function:
   * drawn by you, from the seed of the schedule. Default: none.
   */
  readonly faults?: 'swarm' | readonly Fault[] | ((seed: string) => readonly Fault[]);
  /** Kinds that the swarm leaves out, because the system does not promise to bear them. */
  readonly without?: readonly FaultKind[];
  /** Nodes that the swarm does not strike; their links it does. */
  readonly spare?: readonly (keyof Of & string)[];
  /**
   * Faults of the swarm strike before this, and nothing heals before it. After the healing the run goes
   * on for as long again, so that what is late arrives. Default 10 s.
   */
  readonly duration?: Microseconds;
  /** How long after that all of `eventually` must have come to hold at once. Default 60 s. */
  readonly patience?: Microseconds;
  /** How long a message takes. Default: 500 µs, and less than 1,000 µs longer. */
  readonly network?: Taking;
  /** How long a write or read of a disk takes. Default: 1,000 µs, and less than 2,000 µs longer. */
  readonly disk?: Taking;
  /** A schedule that has more events than this has no end. Default 100,000. */
  readonly eventsMax?: number;
  /** Holds after every event. */
  readonly always?: MachineChecks<Of>;
  /** Comes to hold once everything has healed; then the run ends. */
  readonly eventually?: MachineChecks<Of>;
  /** Holds when the run is over: for the judge of a whole history. */
  readonly atEnd?: MachineChecks<Of>;
  /** Run every schedule twice, and fail when the two differ. Default true. */
  readonly twice?: boolean;
}

/** Machines that draw the durations of their timers have any number of them. */
const TIMERS_MAX = 64;

const SAME = 'the same seed runs alike';

/**
 * Runs schedules of a system of machines until one breaks a promise, makes the list of faults of that
 * one as small as it can be, and tells its story.
 *
 * @throws LISPING_E_FAULTS_FILE when a fault cannot strike these nodes, LISPING_E_USAGE when there is
 * nothing to run.
 *
 * @example
 * const { verdict, report } = simulateMachines({
 *   nodes: { ping: () => new Ping('pong'), pong: () => new Echo() },
 *   seed: 'a',
 *   schedules: 1000,
 *   faults: 'swarm',
 *   eventually: { 'ping hears of pong': (world) => world.machine('ping')?.heard === true },
 * });
 */
export function simulateMachines<const Of extends Nodes>(
  options: MachinesOptions<Of>,
): MachinesResult {
  return new MachineSimulation(options).run();
}

class MachineSimulation<Of extends Nodes> {
  private readonly options: MachinesOptions<Of>;
  private readonly setting: RunSetting;
  private readonly memory = new Memory<Foreign>(new ForeignKeys());
  private readonly names: readonly string[];
  private readonly applied = new Map<FaultKind, number>();

  constructor(options: MachinesOptions<Of>) {
    this.options = options;
    this.names = Object.keys(options.nodes);
    this.setting = {
      nodes: options.nodes,
      duration: options.duration ?? 10_000_000,
      patience: options.patience ?? 60_000_000,
      eventsMax: options.eventsMax ?? 100_000,
      network: options.network ?? { base: 500, jitter: 1_000 },
      disk: options.disk ?? { base: 1_000, jitter: 2_000 },
      always: checksFor(options.always),
      eventually: checksFor(options.eventually),
      atEnd: checksFor(options.atEnd),
    };
  }

  run(): MachinesResult {
    const { schedules = 1, seed } = this.options;
    if (this.names.length === 0 || schedules < 1) {
      throw new LispingError('LISPING_E_USAGE', 'there is no node, or no schedule, to run');
    }
    const hashes: string[] = [];
    let [events, simulated] = [0, 0];
    let failure: MachineFailure | null = null;
    let isLate = false;
    for (let schedule = 0; schedule < schedules && failure === null; schedule++) {
      const one = scheduleSeed(seed, schedule);
      const faults = this.faultsOf(one);
      const outcome = this.outcomeOf(one, faults);
      hashes.push(outcome.hash);
      events += outcome.events;
      simulated += outcome.now;
      for (const [kind, count] of outcome.applied) {
        this.applied.set(kind, (this.applied.get(kind) ?? 0) + count);
      }
      isLate = outcome.broken?.isLate ?? false;
      failure = this.differs(one, faults, outcome, schedule);
      if (outcome.broken !== null) failure ??= this.explained(one, faults, outcome, schedule);
    }
    const result = {
      verdict: failure === null ? 'passed' : isLate ? 'no-convergence' : 'failed',
      schedules: hashes.length,
      events,
      simulatedMicroseconds: simulated,
      faults: Object.fromEntries(this.applied),
      traceHash: combinedHash(hashes),
      failure,
    } as const;
    return { ...result, report: reportOf(result, this.checkNames(), this.options.twice !== false) };
  }

  private checkNames(): readonly string[] {
    const { always, eventually, atEnd } = this.setting;
    return [always, eventually, atEnd].flatMap((checks) => Object.keys(checks));
  }

  private faultsOf(seed: string): readonly Fault[] {
    const { faults = [], without = [], spare = [] } = this.options;
    const { duration } = this.setting;
    const list =
      faults === 'swarm'
        ? machineSwarm(seed, {
            nodes: this.names,
            duration,
            without,
            spare,
            timers: this.timers(),
          })
        : typeof faults === 'function'
          ? faults(seed)
          : faults;
    return parseFaultsFor(list, machineProblem(this.names));
  }

  private knownTimers: readonly Microseconds[] | null = null;

  /** How long the timers are that machines set when nothing goes wrong. */
  private timers(): readonly Microseconds[] {
    if (this.knownTimers !== null) return this.knownTimers;
    const timers = new Set<Microseconds>();
    const note = (effects: readonly ForeignEffect[]): void => {
      for (const effect of effects) if (effect.kind === 'set-timer') timers.add(effect.after);
    };
    this.started(this.options.seed, []).run([
      {
        processStarted: (_now, _node, _life, effects) => note(effects),
        delivered: (_now, _node, _from, _message, effects) => note(effects),
        timerFired: (_now, _node, _timer, effects) => note(effects),
        completed: (_now, _node, _request, _answer, effects) => note(effects),
      },
    ]);
    this.knownTimers = [...timers].slice(0, TIMERS_MAX);
    return this.knownTimers;
  }

  private started(seed: string, faults: readonly Fault[]): MachineRun {
    return new MachineRun(this.setting, this.memory, seed, faults);
  }

  private outcomeOf(seed: string, faults: readonly Fault[]): MachineOutcome {
    return this.started(seed, faults).run([]);
  }

  // ------------------------------------------------------------------ failures

  /** What is not a function of its seed proves nothing: that is told before anything else. */
  private differs(
    seed: string,
    faults: readonly Fault[],
    { hash, events }: MachineOutcome,
    schedule: number,
  ): MachineFailure | null {
    if (this.options.twice === false || this.outcomeOf(seed, faults).hash === hash) return null;
    const [one, other] = [this.retold(seed, faults), this.retold(seed, faults)];
    const place = one.lines.findIndex((line, at) => wordsOf(line) !== wordsOf(other.lines[at]));
    const at = one.lines[Math.max(place, 0)]?.at ?? 0;
    const detail =
      place < 0
        ? 'two runs differ, in what is told of neither'
        : `once "${wordsOf(one.lines[place])}", once "${wordsOf(other.lines[place])}"`;
    const broken: Broken = { name: SAME, detail, at, isLate: false };
    const told = one.upTo(at).tell(broken);
    const from = { events, faults: faults.length };
    return { check: SAME, detail, schedule, seed, faults, story: told, events, from };
  }

  private explained(
    seed: string,
    faults: readonly Fault[],
    { broken, events }: MachineOutcome,
    schedule: number,
  ): MachineFailure {
    const check = broken?.name ?? '';
    const small = smallest(
      { seed, faults },
      check,
      (tried) => this.outcomeOf(tried.seed, tried.faults),
      machineProblem(this.names),
    );
    const run = this.started(small.seed, small.faults);
    const story = new MachineStory(run.names);
    const outcome = run.run([story]);
    return {
      check,
      detail: outcome.broken?.detail ?? '',
      schedule,
      seed: small.seed,
      faults: small.faults,
      story: outcome.broken === null ? [] : story.tell(outcome.broken),
      events: outcome.events,
      from: { events, faults: faults.length },
    };
  }

  private retold(seed: string, faults: readonly Fault[]): MachineStory {
    const run = this.started(seed, faults);
    const story = new MachineStory(run.names);
    run.run([story]);
    return story;
  }
}

function wordsOf(line: StoryLine | undefined): string {
  return line === undefined ? 'nothing more happens' : `${line.node} ${line.text}`;
}

/** A view has the machines, disks and outputs of the nodes that it was made of, and so their types. */
function checksFor<Of extends Nodes>(checks: MachineChecks<Of> = {}): Checks<View> {
  return checks as Checks<never> as Checks<View>;
}
