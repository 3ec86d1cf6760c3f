/**
 * The swarm for machines of other people: the same kinds, made in the same way, about their nodes and
 * around the durations of their own timers.
 */
import { DEFAULT_TIMING } from '@lisping/core';
import type { Microseconds } from '@lisping/core';
import { Draws, mixKey } from '../draws.ts';
import type { Fault, FaultKind } from '../fault.ts';
import { FaultDraws } from '../swarm-draws.ts';
import type { SwarmSetting, Theme } from '../swarm-draws.ts';
import { drawnFaults } from '../swarm.ts';
import { MACHINE_FAULT_KINDS } from './machine-targets.ts';

interface SwarmOfMachines {
  readonly nodes: readonly string[];
  /** Not struck themselves. */
  readonly spare: readonly string[];
  readonly duration: Microseconds;
  readonly without: readonly FaultKind[];
  /** Durations that machines give their timers. */
  readonly timers: readonly Microseconds[];
}

/** The faults of one schedule, in order of time. */
export function machineSwarm(seed: string, of: SwarmOfMachines): Fault[] {
  const { nodes, spare, duration, without } = of;
  const draws = new Draws(seed, 'swarm');
  const struck = nodes.filter((name) => !spare.includes(name));
  const ofNodes: readonly FaultKind[] = struck.length === 0 ? OF_NODES : [];
  const allowed = MACHINE_FAULT_KINDS.filter(
    (kind) => !without.includes(kind) && !ofNodes.includes(kind),
  );
  if (allowed.length === 0) return [];
  const theme: Theme = {
    victim: draws.perMille(600, 13)
      ? (struck[draws.below(Math.max(1, struck.length), 11)] ?? null)
      : null,
    focus: draws.perMille(400, 14) ? draws.below(Math.max(1, duration), 15) : null,
  };
  const setting: SwarmSetting = {
    replicas: 1,
    makespan: duration,
    timing: DEFAULT_TIMING,
    maps: 1,
    reduces: 0,
    jobs: 1,
    moments: () => [],
  };
  const drawsOf = (key: number): FaultDraws =>
    new MachineDraws(draws, key, setting, theme, { ...of, struck });
  return drawnFaults(draws, allowed, [], drawsOf).map((fault, place) =>
    bearable(fault, drawsOf(mixKey(5, place))),
  );
}

const OF_NODES: readonly FaultKind[] = [
  'crash',
  'crash-at-write',
  'pause',
  'slow',
  'clock',
  'disk-full',
  'disk-slow',
];

/** Disks survive and processes come back, whatever a node is called: few systems promise more. */
function bearable(fault: Fault, draws: FaultDraws): Fault {
  if (fault.kind === 'crash') {
    const disk = fault.disk === 'wiped' ? 'unsynced-lost' : fault.disk;
    return { ...fault, disk, until: fault.until ?? fault.at + draws.duration() };
  }
  return fault.kind === 'crash-at-write'
    ? { ...fault, down: fault.down ?? draws.duration() }
    : fault;
}

class MachineDraws extends FaultDraws {
  private readonly of: SwarmOfMachines & { readonly struck: readonly string[] };

  constructor(
    draws: Draws,
    key: number,
    setting: SwarmSetting,
    theme: Theme,
    of: SwarmOfMachines & { readonly struck: readonly string[] },
  ) {
    super(draws, key, setting, theme);
    this.of = of;
  }

  override duration(): Microseconds {
    const short = 1 + this.below(200_000);
    const timer = this.timer();
    const long = 1 + this.below(this.of.duration);
    return this.pick(short, timer, timer, long);
  }

  /** One of the durations of timers, a little less or a little more. */
  override timer(): Microseconds {
    const { timers } = this.of;
    const timer = timers[this.below(timers.length)] ?? 1_000_000;
    return Math.max(1, timer + this.epsilon());
  }

  override replica(): string {
    return this.node();
  }

  override node(): string {
    return this.oneOf(this.of.struck);
  }

  private oneOf(names: readonly string[]): string {
    const { victim } = this.theme;
    const any = names[this.below(names.length)] ?? '';
    return this.below(4) > 0 && victim !== null ? victim : any;
  }

  override link(): string {
    const one = this.oneOf(this.of.nodes);
    const any = this.of.nodes[this.below(this.of.nodes.length)] ?? '';
    const other = any === one ? '*' : this.pick('*', any, any);
    return this.pick(`${one}->${other}`, `${other}->${one}`, `${one}<->${other}`);
  }
}
