/** Writes docs/mutants.md from the rows of hunts. */
import { cpus } from 'node:os';
import type { Kill } from './hunt.ts';

/** What one hunt gave. */
export interface Row {
  readonly name: string;
  readonly rule: string;
  readonly standsFor?: string;
  readonly row?: number;
  readonly survives?: string;
  readonly kill: Kill | null;
  /** Of one core, the building of the mutated copy included. */
  readonly seconds: number;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

export function reportOf(rows: readonly Row[], all: number): string {
  const sorted = [...rows].sort((a, b) => (a.name < b.name ? -1 : 1));
  const killed = sorted.filter(({ kill }) => kill !== null);
  const alive = sorted.filter(({ kill }) => kill === null);
  const kills = killed.flatMap(({ kill }) => (kill === null ? [] : [kill]));
  const half = median(kills.map(({ schedules }) => schedules));
  const slowest = Math.max(...killed.map(({ seconds }) => seconds));
  const faults = kills.map(({ shrunk }) => shrunk?.faults.length ?? 0);
  const shrinking = Math.max(...kills.map(({ shrunk }) => shrunk?.seconds ?? 0));
  return `${HEAD}
${rows.length} of ${all} mutants were hunted: ${killed.length} were killed, ${alive.length} were not. Half of the kills took ${half}
schedules or fewer, the slowest ${slowest.toFixed(1)} s of one core. The largest shrunk schedule has ${Math.max(...faults)} faults; shrinking
took at most ${shrinking.toFixed(1)} s. (${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.version.slice(1)}; times are those of one core, other work beside it.)

## Bugs that real systems shipped

| row | bug | mutant | killed by |
| --- | --- | --- | --- |
${sorted
  .filter(({ row }) => row !== undefined)
  .sort((a, b) => (a.row ?? 0) - (b.row ?? 0))
  .map(
    ({ row, standsFor, name, kill }) =>
      `| ${row} | ${standsFor ?? ''} | ${name} | ${kill?.checkers.join(', ') ?? 'nothing yet'} |`,
  )
  .join('\n')}

## Killed

| mutant | the rule that it breaks | killed by | schedules | seconds | shrunk to | seconds |
| --- | --- | --- | ---: | ---: | ---: | ---: |
${killed.map(killedLine).join('\n')}

## Alive

Not killed by the search that made this page. Where there is a reason it is given; otherwise it is an
open question whether a checker, the generator or the protocol is to change.

| mutant | the rule that it breaks | seconds searched | why |
| --- | --- | ---: | --- |
${alive.map(({ name, rule, seconds, survives }) => `| ${name} | ${rule} | ${seconds.toFixed(0)} | ${survives ?? ''} |`).join('\n')}
`;
}

function killedLine({ name, rule, kill, seconds }: Row): string {
  if (kill === null) return '';
  const { checkers, schedules, shrunk } = kill;
  const faults = shrunk?.faults.map(({ kind }) => kind).join(', ') ?? '';
  const small = shrunk
    ? `${shrunk.faults.length}${shrunk.minimal ? '' : ' or fewer'}${faults === '' ? '' : `: ${faults}`} | ${shrunk.seconds.toFixed(1)}`
    : '- | -';
  return `| ${name} | ${rule} | ${checkers.join(', ')} | ${schedules} | ${seconds.toFixed(1)} | ${small} |`;
}

const HEAD = `# Mutants

To test the tests, the protocol is broken on purpose: each file in \`packages/sim/mutants\` is one rule of
it and the edit that breaks it. A mutant is built apart and searched with the generator that
\`lisping sim --faults swarm\` always uses, on the same eight clusters and jobs, without a hint, until a
checker fires; what it found is then made small. This page is generated:

\`\`\`text
npm run -s mutants -- --json --seconds 60 > rows.ndjson
npm run -s mutants -- --report rows.ndjson
\`\`\`

\`npm run -s mutants -- NAME...\` hunts some of them, \`--rotate today/30\` another part each day, as CI does.
`;
