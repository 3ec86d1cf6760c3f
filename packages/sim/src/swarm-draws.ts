/**
 * What the swarm draws a fault from: nodes, links, times and durations, with a liking for those at
 * which protocols like this one break. Every draw has a key of its own (the fault's place in the list
 * and what is drawn), so that no fault depends on another one's draws.
 */
import type { Microseconds, Timing } from '@lisping/core';
import { nodeName, replicaNode } from './address.ts';
import { mixKey } from './draws.ts';
import type { Draws } from './draws.ts';
import { DEFAULT_WORLD } from './setting.ts';

export interface SwarmSetting {
  readonly replicas: number;
  /** Of a run without faults: most faults strike before it is over. */
  readonly makespan: Microseconds;
  readonly timing: Timing;
  /** How many tasks the job has, for faults of a single one. */
  readonly maps: number;
  readonly reduces: number;
  readonly jobs: number;
  /**
   * When the primary's journal is being written in the same schedule without faults: some faults
   * strike just there. The windows are milliseconds long, and nothing hits them by chance.
   */
  readonly moments: () => readonly Microseconds[];
}

/** What one run is about. */
export interface Theme {
  /** The node that most faults are about, or null: each is about another. */
  readonly victim: string | null;
  /** Most faults strike within a few seconds of this, or null: anywhere. */
  readonly focus: Microseconds | null;
}

/** A write, and what follows from it, is over after this. */
const NEAR: Microseconds = 6_000;

/** Draws for one fault, or for a pair that belongs together. */
export class FaultDraws {
  private field = 0;
  private readonly draws: Draws;
  private readonly key: number;
  protected readonly setting: SwarmSetting;
  protected readonly theme: Theme;

  constructor(draws: Draws, key: number, setting: SwarmSetting, theme: Theme) {
    this.draws = draws;
    this.key = key;
    this.setting = setting;
    this.theme = theme;
  }

  /** How many jobs there are. */
  get jobs(): number {
    return this.setting.jobs;
  }

  below(limit: number): number {
    return this.draws.below(Math.max(1, limit), mixKey(this.key, this.field++));
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    const which = this.below(others.length + 1);
    return which === 0 ? first : (others[which - 1] ?? first);
  }

  // ------------------------------------------------------------------ times

  /** When it strikes. */
  at(): Microseconds {
    const { makespan } = this.setting;
    const { focus } = this.theme;
    const anywhere = this.below(makespan);
    const late = Math.floor(makespan * 0.7) + this.below(Math.floor(makespan * 0.4));
    const close = Math.max(0, (focus ?? 0) + this.below(4_000_000) - 500_000);
    const early = this.below(3_000_000);
    const draw = this.below(10);
    if (focus !== null && draw < 7) return close;
    if (draw === 7) return late;
    return draw === 8 ? early : anywhere;
  }

  /** When the primary writes, or just after that; anywhere when nothing is known. */
  moment(): Microseconds {
    const times = this.setting.moments();
    const moment = times[this.below(times.length)];
    const after = this.below(NEAR);
    return moment === undefined ? this.at() : moment + after;
  }

  /** How long it lasts: very short, a timer more or less, or long. */
  duration(): Microseconds {
    const short = 1 + this.below(200_000);
    const timer = this.timer();
    const long = this.setting.timing.lease + this.below(12_000_000);
    return this.pick(short, timer, timer, long);
  }

  /** Until what was taken away has been noticed and done again. */
  long(): Microseconds {
    return this.setting.timing.detection + 2_000_000 + this.below(14_000_000);
  }

  /** About as long as the job takes. */
  aWhile(): Microseconds {
    return Math.max(1, this.setting.makespan + this.below(2_000_000));
  }

  /** One of the protocol's durations, a little less or a little more. */
  timer(): Microseconds {
    const { timing } = this.setting;
    const timer = this.pick(
      timing.lease,
      timing.lease,
      timing.detection,
      timing.detection,
      timing.silence,
      timing.heartbeat,
      2 * timing.heartbeat,
      timing.clientRetry,
      timing.fetchRetry,
      timing.storeRetry,
      DEFAULT_WORLD.storePatience,
      DEFAULT_WORLD.fetchPatience,
    );
    return Math.max(1, timer + this.epsilon());
  }

  /** Longer than anybody waits for an ordinary sign of life, and up to twice as long. */
  lateness(): Microseconds {
    const { detection } = this.setting.timing;
    return detection + this.below(detection);
  }

  /** A little, to either side. */
  protected epsilon(): Microseconds {
    const scale = this.pick(2, 2_000, 50_000, 500_000);
    return this.below(2 * scale + 1) - scale;
  }

  // ------------------------------------------------------------------ targets

  replica(): string {
    const { victim } = this.theme;
    const any = nodeName(replicaNode(this.below(this.setting.replicas)));
    const isAgain = this.below(4) > 0;
    return victim?.startsWith('replica-') === true && isAgain ? victim : any;
  }

  /** Any of them, whichever the run is about. */
  anyReplica(): string {
    return nodeName(replicaNode(this.below(this.setting.replicas)));
  }

  /** A replica, or one of these. */
  node(...others: readonly string[]): string {
    const { victim } = this.theme;
    const isAgain = this.below(4) > 0;
    const which = this.below(others.length * 2);
    const replica = this.replica();
    const isVictim = victim !== null && (others.includes(victim) || victim.startsWith('replica-'));
    return isVictim && isAgain ? victim : (others[which] ?? replica);
  }

  /** One node is set apart from one other or from everybody, in one direction or in both. */
  link(): string {
    const one = this.node('primary', 'store', 'client', 'primary');
    const other = this.pick('*', 'primary', 'store', this.replica(), this.replica());
    const arrow = this.pick('->', '<->', '->');
    if (one === other) return arrow === '->' ? this.pick(`${one}->*`, `*->${one}`) : `${one}<->*`;
    return this.pick(`${one}${arrow}${other}`, `${other}${arrow}${one}`);
  }

  /** Where a primary's way to the journal is meant. */
  journal(): string {
    return this.pick('journal', 'primary', 'primary', 'successor');
  }

  task(): string {
    const { maps, reduces } = this.setting;
    const map = `map-${this.below(maps)}`;
    const reduce = reduces === 0 ? map : `reduce-${this.below(reduces)}`;
    return this.pick(map, reduce, map, '*');
  }
}
