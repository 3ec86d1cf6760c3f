/** Writes docs/exhaustive.md from the rows of exhaustive searches, and from a run of the true protocol. */
import { cpus } from 'node:os';
import type { Fault } from '@lisping/sim';

/** What became of one mutant. */
export interface Exhausted {
  readonly name: string;
  /** How many faults were tried at most. */
  readonly depth: number;
  readonly kill: {
    readonly variant: string;
    readonly checker: string;
    readonly faults: readonly Fault[];
  } | null;
  /** False: it was given up before all was tried. */
  readonly isWhole: boolean;
  readonly schedules: number;
  readonly states: number;
  /** Of one core, without the building of the mutated copy. */
  readonly seconds: number;
}

/** What `lisping sim --exhaustive --json` says, as far as it is read here. */
export interface TrueRun {
  readonly verdict: string;
  readonly maxFaults: number;
  readonly schedules: number;
  readonly states: number;
  readonly left: number;
  readonly events: number;
  readonly wallMilliseconds: number;
}

export function exhaustiveReport(rows: readonly Exhausted[], run: TrueRun | null): string {
  const sorted = [...rows].sort((a, b) => (a.name < b.name ? -1 : 1));
  const killed = sorted.filter(({ kill }) => kill !== null);
  const by = [0, 1, 2].map(
    (faults) => killed.filter(({ kill }) => kill?.faults.length === faults).length,
  );
  const alive = sorted.filter(({ kill }) => kill === null);
  return `${HEAD}${run === null ? '' : runText(run)}
## Mutants

Every mutant of [the corpus](mutants.md) is put through the same search, one fault before two, each for
a limited time:

\`\`\`text
npm run -s mutants:exhaustive -- --json --seconds 60 > rows.ndjson
npm run -s mutants:exhaustive -- --report rows.ndjson
\`\`\`

Of ${rows.length} mutants ${killed.length} were killed: ${by[0]} without a fault, ${by[1]} by one, ${by[2]} by two. (${machine()}; seconds are those
of one core, other work beside it.)

| mutant | faults | killed by | in | schedules | seconds |
| --- | --- | --- | --- | ---: | ---: |
${killed.map(killedLine).join('\n')}

### Alive

| mutant | faults tried | schedules | all of them |
| --- | ---: | ---: | --- |
${alive.map(({ name, depth, schedules, isWhole }) => `| ${name} | ${depth} | ${schedules} | ${isWhole ? 'yes' : 'no'} |`).join('\n')}
`;
}

function killedLine({ name, kill, schedules, seconds }: Exhausted): string {
  if (kill === null) return '';
  const kinds = kill.faults.map(({ kind }) => kind).join(', ');
  const faults = `${kill.faults.length}${kinds === '' ? '' : `: ${kinds}`}`;
  return `| ${name} | ${faults} | ${kill.checker} | ${kill.variant} | ${schedules} | ${seconds.toFixed(1)} |`;
}

function runText({ verdict, maxFaults, schedules, states, left, events, ...run }: TrueRun): string {
  return `
## The true protocol

\`lisping sim --exhaustive --max-faults ${maxFaults}\`: ${verdict}, ${schedules} schedules with ${events} events; ${states} distinct states
from which schedules were continued, ${left} schedules that joined another at one of them; ${(run.wallMilliseconds / 1000).toFixed(0)} s by the
clock. (${machine()}.)
`;
}

function machine(): string {
  const all = cpus();
  return `${all.length} × ${all[0]?.model ?? 'an unknown processor'}, Node ${process.version.slice(1)}`;
}

const HEAD = `# Every placement of faults

What [the exhaustive search](adr/0015-every-placement-in-a-small-world.md) has found. This page is generated.
`;
