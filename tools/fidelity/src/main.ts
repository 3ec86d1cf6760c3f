// npm run soak:hadoop -- CASES [SEED]: cases of every kind through `lisping run` and through Hadoop's own map,
// sort and reduce code. Ends with 1 and the smallest case found when both differ.
import { checkFidelity } from './check.ts';

const EVERY = 100;
const cases = Number(process.argv[2] ?? 1000);
const seed = Number(process.argv[3] ?? Date.now() % 0x7fff_ffff);
const begin = performance.now();
const byJob = new Map<string, number>();
let done = 0;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const minutes = (): string => ((performance.now() - begin) / 60_000).toFixed(1);

say(`fidelity: ${cases} cases, seed ${seed}`);
try {
  await checkFidelity({
    cases,
    seed,
    onCase({ job }) {
      byJob.set(job, (byJob.get(job) ?? 0) + 1);
      if (++done % EVERY === 0) say(`${done} equal after ${minutes()} min`);
    },
  });
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
  say(`${error instanceof Error ? error.message : String(error)}\n${cause}`);
  process.exit(1);
}
const jobs = [...byJob].map(([job, n]) => `${job} ${n}`).sort((a, b) => (a < b ? -1 : 1));
process.stdout.write(
  `${done} of ${cases} cases equal, seed ${seed}, ${minutes()} min: ${jobs.join(', ')}\n`,
);
