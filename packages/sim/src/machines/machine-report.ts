/** What a simulation of machines found, for people. */
import type { Microseconds } from '@lisping/core';
import type { Fault, FaultKind } from '../fault.ts';
import type { StoryLine } from '../story.ts';

/** Why a schedule failed, made small. */
export interface MachineFailure {
  /** The promise that was broken: the name of a check, or `no machine throws`, `the run ends`,
   * `the same seed runs alike`. */
  readonly check: string;
  readonly detail: string;
  /** Which of the schedules failed, from 0. */
  readonly schedule: number;
  /**
   * With this seed and these faults a simulation of one schedule fails again. Without any one of the
   * faults it does not fail so: that was tried.
   */
  readonly seed: string;
  readonly faults: readonly Fault[];
  readonly story: readonly StoryLine[];
  /** Events until it broke, and of what was found first. */
  readonly events: number;
  readonly from: { readonly events: number; readonly faults: number };
}

/** What a simulation of machines found. Counts are sums over the schedules that were run. */
export interface MachinesResult {
  readonly verdict: 'passed' | 'failed' | 'no-convergence';
  readonly schedules: number;
  /** Of one run of each schedule. */
  readonly events: number;
  readonly simulatedMicroseconds: Microseconds;
  /** Faults that struck, by kind. */
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  /** 16 hexadecimal digits: equal hashes, equal runs. */
  readonly traceHash: string;
  readonly failure: MachineFailure | null;
  /** All this for people: a verdict, and the story of what failed. */
  readonly report: string;
}

const NAMES_MAX = 60;

/** A few lines without colours, each ending with a line feed. */
export function reportOf(
  result: Omit<MachinesResult, 'report'>,
  checks: readonly string[],
  twice: boolean,
): string {
  const { schedules, events, failure, simulatedMicroseconds, traceHash } = result;
  const run = `${grouped(schedules)} ${schedules === 1 ? 'schedule' : 'schedules'}`;
  const strikes = Object.entries(result.faults).map(([kind, count]) => `${count} × ${kind}`);
  const kept = checks.filter((name) => name !== failure?.check);
  const lines = [
    `  ran       ${run}${twice ? ', each of them twice' : ''}`,
    `  events    ${grouped(events)} in ${seconds(simulatedMicroseconds)} of virtual time, trace ${traceHash}`,
    ...wrapped('  faults    ', strikes.length === 0 ? ['none'] : strikes),
    '',
    ...(failure === null ? kept.map((name) => `  ✓ ${name}`) : [brokenLine(failure)]),
    '',
    ...(failure === null ? [`  PASSED`] : failureLines(failure)),
  ];
  return `${lines.join('\n')}\n`;
}

function brokenLine({ check, detail }: NonNullable<MachinesResult['failure']>): string {
  return detail === '' ? `  ✗ ${check}` : `  ✗ ${check.padEnd(36)}  ${detail}`;
}

function failureLines(failure: NonNullable<MachinesResult['failure']>): string[] {
  const { from, faults, events, schedule, seed, story } = failure;
  const nodes = Math.max(0, ...story.map(({ node }) => node.length));
  const lines = story.map(({ at, node, text, broken }) => {
    const time = seconds(at).padStart(11);
    return `${time}  ${node.padEnd(nodes)}  ${text}${broken ? '  ← broken here' : ''}`;
  });
  return [
    `  FAILED    in schedule ${schedule}, shrunk from ${counted(from.faults)} and ${grouped(from.events)} events to ${counted(faults.length)} and ${grouped(events)} events`,
    ...lines,
    '',
    `  again     seed: ${JSON.stringify(seed)}, faults: ${faults.length === 0 ? '[]' : '['}`,
    ...faults.map((fault) => `    ${JSON.stringify(fault)},`),
    ...(faults.length === 0 ? [] : ['  ]']),
  ];
}

function counted(faults: number): string {
  return `${faults} ${faults === 1 ? 'fault' : 'faults'}`;
}

function wrapped(head: string, words: readonly string[]): string[] {
  const lines = [head];
  for (const [place, word] of words.entries()) {
    const last = lines.length - 1;
    const more = place === words.length - 1 ? word : `${word}, `;
    if ((lines[last] ?? '').length + more.length > NAMES_MAX + head.length) {
      lines.push(`${' '.repeat(head.length)}${more}`);
    } else lines[last] += more;
  }
  return lines.map((line) => line.trimEnd());
}

function seconds(time: Microseconds): string {
  return `${(time / 1_000_000).toFixed(3)}s`;
}

function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
