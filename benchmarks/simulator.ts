/**
 * How fast the simulator is on the reference workload, beside the empty-handler loop of the same
 * queue in the same run. A program that prints figures, not a test.
 *
 *     npm run -s bench -- [seconds] [fail-rate]
 *
 * It runs in a thread with the same limits as that of `lisping sim`.
 */
import { cpus } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';
import { EventQueue, referenceWorkload, simulate, SIMULATION_LIMITS } from '@lisping/sim';

const REPLICAS = 50;
const SLOTS = 2;

interface Measured {
  readonly wallSeconds: number;
  /** Of all threads, the collector's included. */
  readonly cpuSeconds: number;
}

function measured(work: () => void): Measured {
  const cpu = process.cpuUsage();
  const wall = process.hrtime.bigint();
  work();
  const wallSeconds = Number(process.hrtime.bigint() - wall) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { wallSeconds, cpuSeconds: (user + system) / 1e6 };
}

/** Takes an item, does nothing with it, adds one: what a queue costs when handlers cost nothing. */
function emptyLoop(pending: number, events: number): Measured {
  const queue = new EventQueue();
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 12;
  };
  for (let i = 0; i < pending; i++) queue.add(draw(), 1, i);
  return measured(() => {
    for (let i = 0; i < events; i++) {
      const event = queue.take();
      if (event === null) return;
      const { node } = event;
      queue.release(event);
      queue.add(queue.now + draw(), 1, node);
    }
  });
}

function run(
  schedules: number,
  failRate: number,
  seed: string,
  replicas: number = REPLICAS,
  makespan: number | null = null,
): ReturnType<typeof simulate> {
  return simulate({
    ...referenceWorkload(),
    jobName: 'word-count',
    replicas,
    slots: SLOTS,
    failRate,
    seed,
    schedules,
    keepGoing: true,
    faults: null,
    parameters: {},
    memo: true,
    ...(makespan === null ? {} : { makespan }),
  });
}

/** By the clock, and by the processor: the two differ where others use the machine as well. */
function rate(events: number, { wallSeconds, cpuSeconds }: Measured): string {
  const million = (seconds: number): string => (events / seconds / 1e6).toFixed(2);
  return `${million(wallSeconds)} M/s (${million(cpuSeconds)} M per second of CPU)`;
}

function line(what: string, figure: string | number): void {
  console.log(`  ${what.padEnd(32)}${figure}`);
}

/** The three figures of the contract, in one run; and what they could hide, beside them. */
function reference(seconds: number, failRate: number, emptyPerSecond: number): void {
  run(60, failRate, 'warm');
  const one = measured(() => run(100, failRate, 'probe')).wallSeconds / 100;
  const schedules = Math.max(50, Math.round(seconds / one));
  let result = run(1, failRate, 'bench');
  const all = measured(() => {
    result = run(schedules, failRate, 'bench');
  });
  const { wallSeconds, cpuSeconds } = all;
  const { events, simulatedMicroseconds, memo } = result;
  const simulated = simulatedMicroseconds / 1e6;
  const hits = (100 * memo.hits) / (memo.hits + memo.misses);
  const title = `reference workload, fail-rate ${failRate}, ${schedules} schedules`;
  console.log(`\n${title}: ${result.verdict}`);
  line('events/s', rate(events, all));
  line(
    'of the empty loop',
    `${((100 * events) / cpuSeconds / emptyPerSecond).toFixed(1)} %, by CPU`,
  );
  line('schedules/s', (schedules / wallSeconds).toFixed(1));
  line('simulated : real', Math.round(simulated / wallSeconds));
  line('events per schedule', Math.round(events / schedules));
  line('simulated seconds per schedule', (simulated / schedules).toFixed(1));
  line('memo hits', `${hits.toFixed(2)} %`);
  line('wall', `${wallSeconds.toFixed(1)} s`);
  const each = ((1000 * cpuSeconds) / schedules).toFixed(2);
  line('CPU of all threads', `${cpuSeconds.toFixed(1)} s, ${each} ms per schedule`);
}

/** An event costs the logarithm of what is pending, so that this hardly grows. */
function replicas(): void {
  console.log('\nthe same job without faults, by replicas');
  let least = 0;
  for (const [count, schedules] of [
    [50, 200],
    [500, 30],
    [5_000, 4],
  ] as const) {
    // Nothing fails, so that nothing needs the makespan, nor a run without events to measure it.
    run(1, 0, 'warm', count, 1);
    let events = 0;
    const { cpuSeconds } = measured(() => {
      ({ events } = run(schedules, 0, 'bench', count, 1));
    });
    const cost = (cpuSeconds * 1e9) / events;
    if (least === 0) least = cost;
    const each = `${Math.round(events / schedules)} events per schedule`;
    line(`${count} replicas`, `${Math.round(cost)} ns per event (${times(cost / least)}), ${each}`);
  }
}

const times = (ratio: number): string => `${ratio.toFixed(2)} times`;

function main(seconds: number, failRate: number): void {
  console.log(`${process.version}, ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`);
  emptyLoop(100, 2e6); // warms up
  const empty = emptyLoop(100, 2e7);
  console.log(`empty handler, 100 pending      ${rate(2e7, empty)}`);
  console.log(`empty handler, 30,000 pending   ${rate(1e7, emptyLoop(30_000, 1e7))}`);
  reference(seconds, failRate, 2e7 / empty.cpuSeconds);
  replicas();
}

if (isMainThread) {
  new Worker(new URL(import.meta.url), {
    argv: process.argv.slice(2),
    resourceLimits: SIMULATION_LIMITS,
  });
} else main(Number(process.argv[2] ?? 10), Number(process.argv[3] ?? 0.1));
