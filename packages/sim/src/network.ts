/**
 * The network: every packet takes a latency and a jitter that depend on its key alone, and then runs
 * down a chain of rules, one per fault of a link that is in force.
 *
 * A rule answers with pass, a longer way, or drop. Nothing is kept per link: without a fault a
 * packet costs one draw, and no pair of nodes is ever looked at that has nothing to say.
 */
import type { Microseconds } from '@lisping/core';
import { Draws, mixKey, textKey } from './draws.ts';
import type {
  CutFault,
  DelayFault,
  DuplicationFault,
  HoldFault,
  LossFault,
  ReorderFault,
} from './fault.ts';
import type { MapReduce, Protocol } from './protocol.ts';
import type { QueuedEvent } from './queue.ts';

export type LinkFault =
  CutFault | LossFault | DuplicationFault | DelayFault | ReorderFault | HoldFault;

/** Stands for every node in a rule. */
export const ANYBODY = -1;

interface Rule<P extends Protocol> {
  readonly fault: LinkFault;
  readonly from: number;
  readonly to: number;
  /** Keeps the draws of two faults on one link apart, and is the same when others are removed. */
  readonly key: number;
  /** Packets that went this way since the fault began. */
  packets: number;
  /** Of a hold: what it has kept back, in the order of sending. */
  readonly held: QueuedEvent<P>[];
}

export interface NetworkSetting {
  readonly latency: Microseconds;
  readonly jitter: Microseconds;
  /** Bytes that pass in one microsecond. */
  readonly bytesPerMicrosecond: number;
}

export class Network<P extends Protocol = MapReduce> {
  /** Found by {@link route}: how long the packet takes, and why it does not arrive. */
  delay = 0;
  fate: 'on-its-way' | 'lost' | 'cut' = 'on-its-way';
  /** Found by {@link route}: a copy arrives this long after the sending, or -1. */
  duplicateDelay = -1;
  /** Found by {@link route}: where to keep the packet until somebody lets go of it, or null. */
  held: QueuedEvent<P>[] | null = null;

  private rules: readonly Rule<P>[] = [];
  private readonly setting: NetworkSetting;
  private readonly latencies: Draws;
  private readonly faults: Draws;

  constructor(seed: string, setting: NetworkSetting) {
    this.setting = setting;
    this.latencies = new Draws(seed, 'latency');
    this.faults = new Draws(seed, 'link-faults');
  }

  /** Puts a fault in force on one direction; either end may be {@link ANYBODY}. */
  impose(fault: LinkFault, from: number, to: number): void {
    const key = mixKey(mixKey(mixKey(fault.at, textKey(fault.kind)), from), to);
    const isSplit = this.rules.find((rule) => rule.fault === fault);
    this.rules = [...this.rules, { fault, from, to, key, packets: 0, held: isSplit?.held ?? [] }];
  }

  /** What packets have to pass, for whoever looks at the whole world. */
  get inForce(): readonly object[] {
    return this.rules;
  }

  /** Takes it out of force, and gives back what it has held, in the order of sending. */
  lift(fault: LinkFault): readonly QueuedEvent<P>[] {
    const held = this.rules.find((rule) => rule.fault === fault)?.held ?? [];
    this.rules = this.rules.filter((rule) => rule.fault !== fault);
    return held;
  }

  /** Decides what becomes of one packet, and leaves the decision in the fields. */
  route(from: number, to: number, key: number, bytes: number): void {
    const { latency, jitter, bytesPerMicrosecond } = this.setting;
    this.delay = latency + this.latencies.below(jitter, key);
    if (bytes > 0) this.delay += Math.floor(bytes / bytesPerMicrosecond);
    this.fate = 'on-its-way';
    this.duplicateDelay = -1;
    this.held = null;
    if (this.rules.length > 0 && from !== to) this.applyRules(from, to, key);
  }

  private applyRules(from: number, to: number, key: number): void {
    for (const rule of this.rules) {
      if (rule.from !== ANYBODY && rule.from !== from) continue;
      if (rule.to !== ANYBODY && rule.to !== to) continue;
      const { fault } = rule;
      rule.packets++;
      if ('packet' in fault && (fault.packet ?? rule.packets) !== rule.packets) continue;
      const drawKey = mixKey(rule.key, key);
      switch (fault.kind) {
        case 'cut':
          this.fate = 'cut';
          return;
        case 'loss':
          if (this.faults.perMille(fault.perMille, drawKey)) {
            this.fate = 'lost';
            return;
          }
          break;
        case 'hold':
          this.held = rule.held;
          break;
        case 'reorder':
          this.delay += this.faults.below(fault.by, drawKey);
          break;
        case 'delay':
          if (this.faults.perMille(fault.perMille, drawKey)) this.delay += fault.by;
          break;
        case 'duplication':
          if (this.faults.perMille(fault.perMille, drawKey)) {
            this.duplicateDelay = this.delay + (fault.by ?? this.duplicateAfter(drawKey));
          }
          break;
      }
    }
  }

  /** Mostly soon after, sometimes seconds later, as packets that took another way do. */
  private duplicateAfter(key: number): Microseconds {
    const late = this.faults.perMille(250, mixKey(key, 1));
    return this.faults.between(1, late ? 5_000_000 : 20_000, mixKey(key, 2));
  }
}
