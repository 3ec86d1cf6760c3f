/**
 * What of a schedule is drawn beside its faults: knobs of the cluster, of its network and of what it is
 * given to do. Like a list of faults they are data, and a knob that is absent stands where it always does.
 */
import type { Microseconds, Timing } from '@lisping/core';
import type { WorldSetting } from './setting.ts';

/** Times are in microseconds. */
export interface Knobs {
  /** The most entries of any list in one message. */
  readonly page?: number | undefined;
  /** Attempts that one replica runs at once. */
  readonly slots?: number | undefined;
  /** How many requests for segments a reduce has in flight. */
  readonly fetchesInFlight?: number | undefined;
  /** How often a replica sends a heartbeat. */
  readonly heartbeat?: Microseconds | undefined;
  /** The least that a packet takes. */
  readonly latency?: Microseconds | undefined;
  /** How much longer it may take. */
  readonly jitter?: Microseconds | undefined;
  /** So long after the first job the client submits the same work once more, as a job of its own. */
  readonly secondJob?: Microseconds | undefined;
  /** Some attempts at a map write the same pairs in other bytes, as user code may. */
  readonly otherBytes?: true | undefined;
}

/** What a generator of knobs is told. */
export interface KnobSetting {
  /** Of a run without faults and with no knob turned. */
  readonly makespan: Microseconds;
}

/** Draws the knobs of one schedule: the same for the same seed and setting. */
export type KnobGenerator = (seed: string, setting: KnobSetting) => Knobs;

/** All knobs stand where they always do. */
export const NO_KNOBS: Knobs = {};

export function timingUnder(timing: Timing, knobs: Knobs): Timing {
  const { page = timing.page, heartbeat = timing.heartbeat } = knobs;
  const { fetchesInFlight = timing.fetchesInFlight } = knobs;
  return { ...timing, page, heartbeat, fetchesInFlight };
}

export function worldUnder(world: WorldSetting, knobs: Knobs): WorldSetting {
  const { network } = world;
  const { latency = network.latency, jitter = network.jitter } = knobs;
  return { ...world, network: { ...network, latency, jitter } };
}

/** Which knobs are turned, one clause each. */
export function knobWords(knobs: Knobs): string[] {
  const { page, slots, fetchesInFlight, heartbeat, latency, jitter, secondJob, otherBytes } = knobs;
  const words: string[] = [];
  const time = (microseconds: Microseconds): string => `${microseconds / 1000} ms`;
  if (page !== undefined) words.push(`lists in pages of ${page}`);
  if (slots !== undefined) words.push(slots === 1 ? 'one slot each' : `${slots} slots each`);
  if (fetchesInFlight !== undefined) words.push(`fetches in flight: ${fetchesInFlight}`);
  if (heartbeat !== undefined) words.push(`a heartbeat every ${time(heartbeat)}`);
  if (latency !== undefined) words.push(`packets take ${time(latency)} or more`);
  if (jitter !== undefined) words.push(`packets differ by ${time(jitter)}`);
  if (secondJob !== undefined) words.push(`a second job after ${time(secondJob)}`);
  if (otherBytes === true) words.push('maps write the same pairs in other bytes');
  return words;
}

/** The same with one knob less, for each that is turned. */
export function withoutOneKnob(knobs: Knobs): Knobs[] {
  const names = Object.keys(knobs);
  return names.map((name) =>
    Object.fromEntries(Object.entries(knobs).filter(([other]) => other !== name)),
  );
}
