// The true protocol under the swarm: no checker may fire, every "sometimes" mark must be hit, and every
// kind of fault must have struck.
//   npm run -s marks -- [SCHEDULES] [SEED] [--threads N]
// Prints how often each kind struck and each mark was hit; ends with 1 when anything is missing or fired.
// What is run, and so what is found, does not depend on the number of threads.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { FAULT_KINDS, MARKS, SIMULATION_LIMITS } from '@lisping/sim';
import { SWARM_GROUNDS } from './swarm-grounds.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string', default: String(cpus().length) } },
});
const schedules = Number(positionals[0] ?? 5000);
const seed = positionals[1] ?? 'marks';
const threads = Number(values.threads);
if (![schedules, threads].every((n) => Number.isSafeInteger(n) && n > 0)) {
  console.error('usage: npm run -s marks -- [SCHEDULES] [SEED] [--threads N]');
  process.exit(2);
}

/** Schedules that a thread runs before it answers. */
const STRETCH = 100;

/** Everything there is to do, the dearest ground first, so that no thread is left alone with it. */
function* stretches() {
  for (let ground = SWARM_GROUNDS.length - 1; ground >= 0; ground--) {
    const count = Math.ceil((schedules * SWARM_GROUNDS[ground].share) / 1000);
    for (let first = 0; first < count; first += STRETCH) {
      yield { ground, seed: `${seed} ${first}`, schedules: Math.min(STRETCH, count - first) };
    }
  }
}

const sums = { marks: {}, struck: {}, perSchedule: {} };
const totals = { schedules: 0, events: 0, failedJobs: 0, cancelled: 0, alarms: 0 };
const perGround = SWARM_GROUNDS.map(() => ({ schedules: 0, events: 0 }));

function take({ ground }, found) {
  for (const what of Object.keys(sums)) {
    for (const [name, count] of Object.entries(found[what])) {
      // A list that came from a thread may have holes.
      sums[what][name] = (sums[what][name] ?? 0) + (count ?? 0);
    }
  }
  for (const what of ['schedules', 'events', 'failedJobs', 'cancelled']) {
    totals[what] += found[what];
  }
  perGround[ground].schedules += found.schedules;
  perGround[ground].events += found.events;
  for (const { name, seed: failing, said, knobs, faults } of found.alarms) {
    totals.alarms++;
    console.log(`\nALARM  ${name}, seed ${JSON.stringify(failing)}: ${said}`);
    console.log(`  ${JSON.stringify(knobs)} ${JSON.stringify(faults)}`);
  }
}

/** One thread takes what is next until nothing is left. */
function work(todo) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./swarm-thread.mjs', import.meta.url), {
      resourceLimits: SIMULATION_LIMITS,
    });
    let current;
    const next = () => {
      const { value, done } = todo.next();
      if (done) return void thread.terminate().then(resolve, reject);
      current = value;
      thread.postMessage(value);
    };
    thread.on('message', (found) => {
      take(current, found);
      next();
    });
    thread.on('error', reject);
    next();
  });
}

function list(title, names, counts) {
  console.log(`\n${title}`);
  for (const name of names) console.log(`  ${String(counts[name] ?? 0).padStart(7)}  ${name}`);
}

const started = performance.now();
const todo = stretches();
await Promise.all(Array.from({ length: threads }, () => work(todo)));
const seconds = (performance.now() - started) / 1000;

SWARM_GROUNDS.forEach(({ name }, i) => {
  console.log(`${name}: ${perGround[i].schedules} schedules, ${perGround[i].events} events`);
});
list('faults that struck', FAULT_KINDS, sums.struck);
list('marks', MARKS, sums.marks);
const histogram = Object.entries(sums.perSchedule).filter(([, times]) => times > 0);
console.log(
  `\nfaults in a schedule: ${histogram.map(([n, times]) => `${n}: ${times}`).join(', ')}`,
);
console.log(
  `${totals.schedules} schedules (seed ${JSON.stringify(seed)}), ${totals.events} events, ` +
    `${seconds.toFixed(1)} s on ${threads} threads, ${(totals.schedules / seconds).toFixed(0)} schedules/s; ` +
    `${totals.cancelled} jobs cancelled, ${totals.failedJobs} failed as they must`,
);
const missing = [
  ...MARKS.filter((mark) => !sums.marks[mark]),
  ...FAULT_KINDS.filter((kind) => !sums.struck[kind]),
];
console.log(`${totals.alarms} alarms; ${missing.length} marks and kinds never seen`);
for (const what of missing) console.log(`  NEVER SEEN: ${what}`);
process.exitCode = totals.alarms + missing.length === 0 ? 0 : 1;
