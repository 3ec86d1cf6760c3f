// Fifty simulations whose traces are known: the same on every machine and under every version of Node.
//   node tools/golden.mjs            compares them with packages/sim/testdata/golden-hashes.json
//   node tools/golden.mjs --record   writes that file anew; the commit says why the hashes changed
// Runs against the build (npx tsc -b), so that a Node without TypeScript can check it too.
import { readFileSync, writeFileSync } from 'node:fs';
import { referenceWorkload, simulate, swarmFaults } from '@lisping/sim';

const file = new URL('../packages/sim/testdata/golden-hashes.json', import.meta.url);

const REPLICAS = [3, 10, 50, 1, 25, 200];
const REDUCES = [1, 16, 64, 3, 16];
/** A rate at which replicas crash, or the swarm of every kind of fault. */
const FAULTS = [0.1, 'swarm', 0, 0.5, 'swarm', 1, 0.1];

/** The settings of the fifty runs: the lists differ in length, so that the pairs vary. */
const settings = Array.from({ length: 50 }, (_, number) => ({
  seed: `golden-${number}`,
  replicas: REPLICAS[number % REPLICAS.length],
  reduces: REDUCES[number % REDUCES.length],
  faults: FAULTS[number % FAULTS.length],
}));

function hashOf({ seed, replicas, reduces, faults }) {
  const result = simulate({
    ...referenceWorkload(),
    jobName: 'word-count',
    replicas,
    slots: 2,
    reduces,
    failRate: faults === 'swarm' ? 0 : faults,
    faults: faults === 'swarm' ? swarmFaults : null,
    seed,
    schedules: 1,
    keepGoing: false,
    parameters: {},
    memo: true,
  });
  if (result.verdict === 'passed') return result.traceHash;
  const broken = result.checks
    .filter(({ ok }) => !ok)
    .map(({ name, detail }) => `${name}: ${detail}`);
  return `${result.verdict}: ${broken.join('; ') || result.error?.message}`;
}

const record = process.argv.includes('--record');
const known = record ? [] : JSON.parse(readFileSync(file, 'utf8'));
const found = settings.map((setting) => ({ ...setting, traceHash: hashOf(setting) }));
const failed = found.filter(({ traceHash }) => !/^[0-9a-f]{16}$/.test(traceHash));
const differing = found.filter(
  (run, number) => JSON.stringify(run) !== JSON.stringify(known[number]),
);

if (failed.length > 0) {
  for (const { seed, traceHash } of failed) console.log(`${seed} did not pass: ${traceHash}`);
  process.exitCode = 1;
} else if (record) {
  writeFileSync(file, `[\n${found.map((run) => `  ${JSON.stringify(run)}`).join(',\n')}\n]\n`);
  console.log(`recorded ${found.length} traces; say in the commit why they changed`);
} else if (differing.length > 0 || known.length !== found.length) {
  for (const run of differing) {
    const before = known.find(({ seed }) => seed === run.seed);
    console.log(`${run.seed} gave ${run.traceHash}, and is known as ${before?.traceHash}`);
  }
  console.log(`${differing.length} of ${found.length} traces differ under Node ${process.version}`);
  console.log('If that is meant: npm run -s golden -- --record, and say in the commit why.');
  process.exitCode = 1;
} else {
  console.log(
    `${found.length} of ${found.length} traces are as known under Node ${process.version}`,
  );
}
