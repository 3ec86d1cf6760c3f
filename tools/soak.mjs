// Many schedules over many configurations, for as long as somebody has patience:
//   npm run -s soak -- MINUTES [SEED]
// Prints a line per configuration and the way to repeat each failure; docs/soak.md keeps the figures.
import { cpus } from 'node:os';
import { referenceWorkload, simulate, swarmFaults } from '@lisping/sim';

const MINUTES_MAX = 24 * 60;
const minutes = Number(process.argv[2] ?? 1);
const seed = process.argv[3] ?? String(Date.now());
if (!(minutes > 0 && minutes <= MINUTES_MAX)) {
  console.error(`usage: npm run -s soak -- MINUTES [SEED]   (up to ${MINUTES_MAX} minutes)`);
  process.exit(2);
}

const SCHEDULES_PER_TURN = 40;
const FAULTS = [0, 0.1, 0.5, 1, 'swarm'];
const configurations = [true, false].flatMap((hasInput) =>
  [3, 10, 50, 200].flatMap((replicas) =>
    [1, 16, 64].flatMap((reduces) =>
      FAULTS.map((faults) => ({ replicas, reduces, faults, hasInput, ...emptySums() })),
    ),
  ),
);

function emptySums() {
  return { schedules: 0, events: 0, simulated: 0, crashes: 0, struck: 0, lost: 0, failures: [] };
}

const reference = referenceWorkload();
const started = performance.now();
const deadline = started + minutes * 60_000;
const isOver = () => performance.now() >= deadline;

/** One turn of a configuration: some schedules under a seed of their own. */
function take(configuration, turn) {
  const { replicas, reduces, faults, hasInput } = configuration;
  const turnSeed = `${seed}-${turn}`;
  const result = simulate({
    ...reference,
    inputs: hasInput ? reference.inputs : [],
    jobName: 'word-count',
    replicas,
    slots: 2,
    reduces,
    failRate: faults === 'swarm' ? 0 : faults,
    faults: faults === 'swarm' ? swarmFaults : null,
    seed: turnSeed,
    schedules: SCHEDULES_PER_TURN,
    keepGoing: false,
    parameters: {},
    memo: true,
    onSchedule: () => !isOver(),
  });
  configuration.schedules += result.schedules;
  configuration.events += result.events;
  configuration.simulated += result.simulatedMicroseconds;
  configuration.crashes += result.faults.crash ?? 0;
  configuration.struck += Object.values(result.faults).reduce((sum, count) => sum + count, 0);
  configuration.lost += result.tasks.map.lost + result.tasks.reduce.lost;
  if (result.verdict !== 'passed') configuration.failures.push(failureOf(result));
}

function failureOf(result) {
  const broken = result.checks.filter(({ ok }) => !ok);
  return {
    verdict: result.verdict,
    seed: result.resolved.seed,
    said:
      broken.map(({ name, detail }) => `${name}: ${detail}`).join('; ') || result.error?.message,
    faults: result.resolved.faults,
  };
}

function nameOf({ replicas, reduces, faults, hasInput }) {
  const what = faults === 'swarm' ? 'swarm' : `fail-rate ${faults}`;
  return `${replicas} replicas, ${reduces} reduces, ${what}${hasInput ? '' : ', no input'}`;
}

for (let turn = 0; !isOver(); turn++) {
  // Runs over nothing are short, and two rounds of them say all they can.
  const candidates = configurations.filter(({ hasInput, schedules }) => hasInput || schedules < 80);
  const configuration = candidates[turn % candidates.length];
  const before = configuration.failures.length;
  take(configuration, turn);
  const failure = configuration.failures[before];
  if (failure === undefined) continue;
  console.log(`\nFAILED  ${nameOf(configuration)}, seed ${failure.seed}: ${failure.verdict}`);
  console.log(`  ${failure.said}`);
  console.log(`  faults ${JSON.stringify(failure.faults)}`);
}

const seconds = (performance.now() - started) / 1000;
const total = (of) => configurations.reduce((sum, each) => sum + of(each), 0);
const failures = total((each) => each.failures.length);
console.log(`\n| configuration | schedules | faults | lost tasks and outputs | failures |`);
console.log(`| --- | --: | --: | --: | --: |`);
for (const each of configurations) {
  if (each.schedules === 0) continue;
  const figures = [each.schedules, each.struck, each.lost, each.failures.length];
  console.log(`| ${nameOf(each)} | ${figures.join(' | ')} |`);
}
const schedules = total((each) => each.schedules);
const events = total((each) => each.events);
const simulated = total((each) => each.simulated) / 1e6;
console.log(
  `\nseed ${seed}, ${seconds.toFixed(0)} s, Node ${process.version}, ${cpus()[0]?.model}`,
);
console.log(
  `${schedules} schedules (${(schedules / seconds).toFixed(1)}/s), ${events} events (${Math.round(events / seconds)}/s), ` +
    `${(simulated / 3600).toFixed(1)} h simulated (${Math.round(simulated / seconds)} x real time), ` +
    `${total((each) => each.crashes)} crashes, ${failures} failures`,
);
process.exitCode = failures === 0 ? 0 : 1;
