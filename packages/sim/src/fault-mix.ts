/**
 * A schedule of any kinds of faults: mostly one, two or three, sometimes twenty. Each record is drawn
 * by its place in the list alone.
 */
import type { Microseconds } from '@lisping/core';
import { nodeName, replicaNode } from './address.ts';
import { Draws, mixKey } from './draws.ts';
import type { Fault, FaultKind } from './fault.ts';

export interface MixSetting {
  readonly replicas: number;
  /** Faults strike between 0 and this. */
  readonly makespan: Microseconds;
  /** How long a lease is: pauses and cuts are drawn around it. */
  readonly lease: Microseconds;
  /** Kinds that may not occur. */
  readonly without?: readonly FaultKind[];
  /**
   * When the primary's journal is being written in the same schedule without faults: some crashes,
   * pauses and successors strike the primary just there. The windows are milliseconds long, and
   * nothing hits them by chance.
   */
  readonly moments?: () => readonly Microseconds[];
}

/** Kinds that a mix may have. */
type MixedKind = Extract<
  FaultKind,
  | 'crash'
  | 'pause'
  | 'cut'
  | 'loss'
  | 'duplication'
  | 'delay'
  | 'successor'
  | 'damage'
  | 'slow'
  | 'cancel'
  | 'store-full'
>;

const KINDS: readonly MixedKind[] = [
  'crash',
  'crash',
  'crash',
  'pause',
  'pause',
  'cut',
  'cut',
  'loss',
  'duplication',
  'delay',
  'successor',
  'damage',
  'slow',
  'cancel',
  'store-full',
];

/** The faults of one schedule, in order of time. */
export function mixedFaults(seed: string, setting: MixSetting): Fault[] {
  const draws = new Draws(seed, 'mixed-faults');
  const kinds = KINDS.filter((kind) => setting.without?.includes(kind) !== true);
  const many = draws.perMille(100, 1);
  const count = many ? draws.between(4, 20, 2) : draws.between(1, 3, 3);
  const faults: Fault[] = [];
  for (let place = 0; place < count; place++) {
    const one = new OneFault(draws, mixKey(4, place), setting);
    const kind = kinds[one.below(kinds.length)];
    if (kind !== undefined) faults.push(one.make(kind));
  }
  return faults.sort((a, b) => a.at - b.at);
}

/** A write, and what follows from it, is over after this. */
const NEAR: Microseconds = 6_000;

/** Draws for one record. */
class OneFault {
  private field = 0;
  private readonly draws: Draws;
  private readonly key: number;
  private readonly setting: MixSetting;

  constructor(draws: Draws, key: number, setting: MixSetting) {
    this.draws = draws;
    this.key = key;
    this.setting = setting;
  }

  below(limit: number): number {
    return this.draws.below(limit, mixKey(this.key, this.field++));
  }

  make(kind: MixedKind): Fault {
    const at = this.below(Math.max(1, this.setting.makespan));
    const until = at + this.duration();
    return this.atMoment(kind) ?? this.anywhere(kind, at, until);
  }

  /** Strikes the primary within a few milliseconds of a write, now and then. */
  private atMoment(kind: MixedKind): Fault | null {
    const { moments } = this.setting;
    if (moments === undefined || this.draws.below(3, mixKey(this.key, 101)) > 0) return null;
    if (kind !== 'crash' && kind !== 'pause' && kind !== 'successor') return null;
    const times = moments();
    const moment = times[this.draws.below(Math.max(1, times.length), mixKey(this.key, 102))];
    if (moment === undefined) return null;
    const at = moment + this.draws.below(NEAR, mixKey(this.key, 103));
    const until = at + this.duration();
    if (kind === 'successor') return { at, kind, target: 'successor' };
    if (kind === 'pause') return { at, kind, target: 'primary', until };
    return { at, kind, target: 'primary', disk: 'kept', until };
  }

  private anywhere(kind: MixedKind, at: Microseconds, until: Microseconds): Fault {
    switch (kind) {
      case 'crash':
        return this.crash(at, until);
      case 'pause':
        return { at, kind, target: this.node(['primary', 'successor']), until };
      case 'slow':
        return { at, kind, target: this.replica(), until, factor: 2 + this.below(9) };
      case 'cut':
        return { at, kind, target: this.link(), until };
      case 'loss':
      case 'duplication':
        return { at, kind, target: this.link(), until, perMille: 50 + this.below(500) };
      case 'delay':
        return {
          at,
          kind,
          target: this.link(),
          until,
          by: this.duration(),
          perMille: 50 + this.below(951),
        };
      case 'successor':
        return { at, kind, target: 'successor' };
      case 'damage':
        return { at, kind, target: this.replica(), partition: this.below(64) };
      case 'cancel':
        return { at, kind, target: 'client' };
      case 'store-full':
        return { at, kind, target: 'store', until };
    }
  }

  private crash(at: Microseconds, until: Microseconds): Fault {
    const who = this.below(10);
    if (who < 3) return { at, kind: 'crash', target: 'primary', disk: 'kept', until };
    if (who === 3) return { at, kind: 'crash', target: 'client', disk: 'kept', until };
    const disk = this.below(2) === 0 ? 'kept' : 'wiped';
    const forever = this.below(4) === 0;
    return { at, kind: 'crash', target: this.replica(), disk, until: forever ? null : until };
  }

  /** Very short, around the length of a lease, or long. */
  private duration(): Microseconds {
    const { lease } = this.setting;
    switch (this.below(3)) {
      case 0:
        return 1 + this.below(200_000);
      case 1:
        return lease - 1_000_000 + this.below(3_000_000);
      default:
        return lease + this.below(12_000_000);
    }
  }

  private replica(): string {
    return nodeName(replicaNode(this.below(this.setting.replicas)));
  }

  private node(others: readonly string[]): string {
    const which = this.below(others.length * 2);
    return others[which] ?? this.replica();
  }

  /** One node is set apart from one other or from everybody, in one direction or in both. */
  private link(): string {
    const one = this.node(['primary', 'store', 'client']);
    const far = ['*', 'primary', 'store', this.replica()][this.below(4)] ?? '*';
    const other = far === one ? '*' : far;
    switch (this.below(3)) {
      case 0:
        return `${one}->${other}`;
      case 1:
        return `${other}->${one}`;
      default:
        return `${one}<->${other}`;
    }
  }
}
