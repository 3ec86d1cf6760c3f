/**
 * How fast the simulator is on the reference workload, beside the empty-handler loop of the same
 * queue in the same run. A program that prints figures, not a test.
 *
 *     npx tsc -b benchmarks && node benchmarks/dist/simulator.js [seconds] [fail-rate]
 */
import { cpus } from 'node:os';
import { EventQueue, referenceWorkload, simulate } from '@lisping/sim';

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
function emptyLoop(pending: number, events: number): number {
  const queue = new EventQueue();
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 12;
  };
  for (let i = 0; i < pending; i++) queue.add(draw(), 1, i);
  const { wallSeconds } = measured(() => {
    for (let i = 0; i < events; i++) {
      const event = queue.take();
      if (event === null) return;
      const { node } = event;
      queue.release(event);
      queue.add(queue.now + draw(), 1, node);
    }
  });
  return events / wallSeconds;
}

function run(schedules: number, failRate: number, seed: string): ReturnType<typeof simulate> {
  return simulate({
    ...referenceWorkload(),
    jobName: 'word-count',
    replicas: REPLICAS,
    slots: SLOTS,
    failRate,
    seed,
    schedules,
    keepGoing: true,
    faults: null,
    parameters: {},
    memo: true,
  });
}

const seconds = Number(process.argv[2] ?? 10);
const failRate = Number(process.argv[3] ?? 0.1);
const million = (perSecond: number): string => `${(perSecond / 1e6).toFixed(2)} M/s`;

console.log(`${process.version}, ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`);
emptyLoop(100, 2e6); // warms up
const empty = emptyLoop(100, 2e7);
console.log(`empty handler, 100 pending      ${million(empty)}`);
console.log(`empty handler, 30,000 pending   ${million(emptyLoop(30_000, 1e7))}`);

run(20, failRate, 'warm');
const one = measured(() => run(50, failRate, 'probe')).wallSeconds / 50;
const schedules = Math.max(50, Math.round(seconds / one));
let result = run(1, failRate, 'bench');
const { wallSeconds, cpuSeconds } = measured(() => {
  result = run(schedules, failRate, 'bench');
});
const { events, simulatedMicroseconds, memo } = result;
const simulated = simulatedMicroseconds / 1e6;

console.log(
  `\nreference workload, fail-rate ${failRate}, ${schedules} schedules: ${result.verdict}`,
);
console.log(`  events/s                      ${million(events / wallSeconds)}`);
console.log(
  `  of the empty loop             ${((100 * events) / wallSeconds / empty).toFixed(1)} %`,
);
console.log(`  schedules/s                   ${(schedules / wallSeconds).toFixed(1)}`);
console.log(`  simulated : real              ${Math.round(simulated / wallSeconds)}`);
console.log(`  events per schedule           ${Math.round(events / schedules)}`);
console.log(`  simulated seconds each        ${(simulated / schedules).toFixed(1)}`);
console.log(
  `  memo hits                     ${((100 * memo.hits) / (memo.hits + memo.misses)).toFixed(2)} %`,
);
console.log(`  wall ${wallSeconds.toFixed(1)} s, CPU of all threads ${cpuSeconds.toFixed(1)} s`);
