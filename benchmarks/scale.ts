/**
 * Ten thousand replicas, a million tasks, an hour: how long the simulator takes for a workload
 * model, beside the empty-handler loop of the same queue in the same run. A program that prints
 * figures, not a test.
 *
 *     npm run -s bench:scale -- [replicas] [jobs]
 */
import { cpus } from 'node:os';
import { EventQueue, simulateModel } from '@lisping/sim';
import type { ModelJob, ModelWorkload } from '@lisping/sim';

const HOUR = 3600e6;
const MAPS = 998;
const REDUCES = 2;
const SLOTS = 2;

/**
 * Jobs that come evenly, the last of them so that it ends with the hour. Tasks take 20 to 60 s of
 * user code: with 10 replicas for every job the slots are busy a little more than half of the time.
 */
function workloadOf(count: number): ModelWorkload {
  const last = HOUR - 150e6;
  const jobs: ModelJob[] = [];
  for (let number = 0; number < count; number++) {
    const durations = (salt: number, tasks: number): number[] =>
      Array.from({ length: tasks }, (_, task) => 20e6 + (spread(number, task + salt) % 40e6));
    jobs.push({
      id: `job-${number}`,
      after: Math.floor((last * number) / Math.max(1, count - 1)),
      maps: { count: MAPS, durations: durations(0, MAPS) },
      reduces: { count: REDUCES, durations: durations(MAPS, REDUCES) },
      inputBytes: MAPS * 128 * 1024 * 1024,
      shuffleBytes: MAPS * 256 * 1024,
      outputBytes: 64 * 1024 * 1024,
    });
  }
  return { name: `${count} jobs`, jobs };
}

/** The same numbers in every run. */
function spread(a: number, b: number): number {
  let h = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  return (h ^ (h >>> 13)) >>> 0;
}

interface Measured {
  readonly wall: number;
  /** Of all threads, the collector's included: on a shared machine it says more than the wall. */
  readonly cpu: number;
}

function measured<T>(work: () => T): Measured & { readonly result: T } {
  const cpu = process.cpuUsage();
  const began = process.hrtime.bigint();
  const result = work();
  const wall = Number(process.hrtime.bigint() - began) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1e6, result };
}

/**
 * Takes an item, does nothing with it, adds one: what a queue costs when handlers cost nothing.
 * In events per second of CPU time.
 */
function emptyLoop(pending: number, events: number): number {
  const queue = new EventQueue();
  for (let i = 0; i < pending; i++) queue.add(spread(i, 0) >>> 12, 1, i);
  const { cpu } = measured(() => {
    for (let i = 0; i < events; i++) {
      const event = queue.take();
      if (event === null) return;
      const { node } = event;
      queue.release(event);
      queue.add(queue.now + (spread(i, node) >>> 12), 1, node);
    }
  });
  return events / cpu;
}

const replicas = Number(process.argv[2] ?? 10_000);
const jobs = Number(process.argv[3] ?? 1_000);
const million = (value: number): string => `${(value / 1e6).toFixed(2)} M`;

console.log(`${process.version}, ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`);
emptyLoop(30_000, 1e6); // warms up
const empty = emptyLoop(30_000, 5e6);
const workload = workloadOf(jobs);
const { wall, cpu, result } = measured(() =>
  simulateModel({
    workload,
    replicas,
    slots: SLOTS,
    failRate: 0,
    seed: 'scale',
    schedules: 1,
    keepGoing: false,
    faults: null,
    timing: {
      heartbeat: 10e6,
      lease: 30e6,
      silence: 25e6,
      detection: 40e6,
      clientRetry: 20e6,
    },
  }),
);
const peak = process.resourceUsage().maxRSS / 1024;
const { events, model, tasks, simulatedMicroseconds, verdict, checks } = result;
const attempts = tasks.map.attempts + tasks.reduce.attempts;
const minutes = (time: number): string => (time / 60e6).toFixed(1);

console.log(
  `\n${replicas} replicas of ${SLOTS} slots, ${jobs} jobs of ${MAPS} maps and ${REDUCES} reduces, heartbeat 10 s: ${verdict}`,
);
console.log(`  simulated                     ${minutes(simulatedMicroseconds)} minutes`);
console.log(`  wall                          ${wall.toFixed(1)} s`);
console.log(`  CPU of all threads            ${cpu.toFixed(1)} s`);
console.log(`  peak RSS                      ${peak.toFixed(0)} MB`);
console.log(`  events                        ${million(events)}`);
console.log(`  events/s                      ${million(events / wall)}/s`);
console.log(`  events per second of CPU      ${million(events / cpu)}/s`);
console.log(`  empty handler, 30,000 pending ${million(empty)}/s`);
console.log(`  of the empty loop             ${((100 * events) / cpu / empty).toFixed(1)} %`);
console.log(`  attempts at tasks             ${attempts}`);
console.log(`  slot utilisation              ${(100 * model.slotUtilisation).toFixed(1)} %`);
console.log(
  `  job latency, median and most  ${minutes(model.latency.p50)} and ${minutes(model.latency.max)} minutes`,
);
for (const { name, ok, detail } of checks) {
  if (!ok) console.log(`  BROKEN ${name}: ${detail ?? ''}`);
}
process.exitCode = verdict === 'passed' ? 0 : 1;
