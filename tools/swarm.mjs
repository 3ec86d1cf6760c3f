// The true protocol under the swarm: no checker may fire, every "sometimes" mark must be hit, and every
// kind of fault must have struck.
//   npm run -s marks -- [SCHEDULES] [SEED]
// Prints how often each kind struck and each mark was hit; ends with 1 when anything is missing or fired.
import {
  FAULT_KINDS,
  Marks,
  MARKS,
  noMarks,
  referenceWorkload,
  simulate,
  swarmFaults,
  swarmKnobs,
} from '@lisping/sim';
import { job, sum } from '@lisping/core';

const schedules = Number(process.argv[2] ?? 5000);
const seed = process.argv[3] ?? 'marks';
if (!(Number.isSafeInteger(schedules) && schedules > 0)) {
  console.error('usage: npm run -s marks -- [SCHEDULES] [SEED]');
  process.exit(2);
}

const wordCount = job({
  name: 'word-count',
  map(line, emit) {
    for (const word of line.split(' ')) emit(word, 1);
  },
  combine: sum,
  reduce(word, counts, emit) {
    emit(word, sum(counts));
  },
});

const lines = Array.from({ length: 60 }, (_, i) => `a word ${i % 7} and ${i % 5} others`);
const text = new Uint8Array(Buffer.from(lines.join('\n')));

/** Small clusters find most, and the reference workload has its share. In thousandths. */
const SHAPES = [
  { name: 'a few reduces', share: 300, replicas: 4, reduces: 3, splitBytes: 150 },
  { name: 'eight replicas', share: 200, replicas: 8, reduces: 6, splitBytes: 90 },
  { name: 'more reduces than slots', share: 150, replicas: 3, reduces: 12, splitBytes: 250 },
  { name: 'map-only', share: 120, replicas: 5, reduces: 0, splitBytes: 120 },
  { name: 'more replicas than work', share: 110, replicas: 12, reduces: 1, splitBytes: 500 },
  { name: 'one of everything', share: 100, replicas: 1, reduces: 1, splitBytes: 1 << 20 },
  { name: 'the reference workload', share: 20, replicas: 50, reduces: 16, splitBytes: 0 },
];

const counts = noMarks();
const struck = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0]));
const perSchedule = new Map();
let run = 0;
let events = 0;
let failedJobs = 0;
let cancelled = 0;
const alarms = [];
const started = performance.now();

/** Counts what struck in each schedule, so that a blind generator is seen. */
function counter() {
  let faults = 0;
  return {
    faultApplied(_now, { kind }) {
      struck[kind]++;
      faults++;
    },
    end() {
      perSchedule.set(faults, (perSchedule.get(faults) ?? 0) + 1);
    },
  };
}

function take({ name, share, replicas, reduces, splitBytes }) {
  const count = Math.ceil((schedules * share) / 1000);
  const began = performance.now();
  const reference = referenceWorkload();
  const isReference = splitBytes === 0;
  for (let done = 0; done < count;) {
    const result = simulate({
      ...(isReference
        ? reference
        : { job: wordCount, inputs: [{ path: 'text', bytes: text }], splitBytes }),
      jobName: 'word-count',
      replicas,
      slots: 2,
      failRate: 0,
      reduces,
      seed: `${seed} ${name} ${done}`,
      schedules: count - done,
      keepGoing: false,
      faults: swarmFaults,
      knobs: swarmKnobs,
      parameters: {},
      memo: true,
      observe: () => [new Marks(counts), counter()],
    });
    done += result.schedules;
    run += result.schedules;
    events += result.events;
    failedJobs += result.failedJobs;
    cancelled += result.cancelled;
    if (result.failing !== undefined) alarm(name, result);
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(`${name}: ${count} schedules, ${(count / seconds).toFixed(0)}/s`);
}

function alarm(name, result) {
  const fired = result.checks.filter(({ ok }) => !ok);
  const said = fired.map((check) => `${check.name}: ${check.detail}`).join('; ');
  const { seed: failing, faults, knobs } = result.failing;
  alarms.push(said);
  console.log(
    `\nALARM  ${name}, seed ${JSON.stringify(failing)}: ${said || result.error?.message}`,
  );
  console.log(`  ${JSON.stringify(knobs)} ${JSON.stringify(faults)}`);
}

for (const shape of SHAPES) take(shape);

const seconds = (performance.now() - started) / 1000;
const missing = [
  ...MARKS.filter((mark) => counts[mark] === 0),
  ...FAULT_KINDS.filter((kind) => struck[kind] === 0),
];
console.log('\nfaults that struck');
for (const kind of FAULT_KINDS) console.log(`  ${String(struck[kind]).padStart(7)}  ${kind}`);
console.log('\nmarks');
for (const mark of MARKS) console.log(`  ${String(counts[mark]).padStart(7)}  ${mark}`);
const histogram = [...perSchedule].sort(([a], [b]) => a - b);
console.log(
  `\nfaults in a schedule: ${histogram.map(([n, times]) => `${n}: ${times}`).join(', ')}`,
);
console.log(
  `${run} schedules (seed ${JSON.stringify(seed)}), ${events} events, ${seconds.toFixed(1)} s, ` +
    `${(run / seconds).toFixed(0)} schedules/s; ${cancelled} jobs cancelled, ${failedJobs} failed as they must`,
);
console.log(`${alarms.length} alarms; ${missing.length} marks and kinds never seen`);
for (const what of missing) console.log(`  NEVER SEEN: ${what}`);
process.exitCode = alarms.length + missing.length === 0 ? 0 : 1;
