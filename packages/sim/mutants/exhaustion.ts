/**
 * The process that searches one mutant exhaustively: a mutant that never returns is ended with its
 * process, and processor time is its own. Who starts it is exhaustive.ts; it prints one line.
 */
import { writeSync } from 'node:fs';
import { buildMutant } from './build-mutant.ts';
import { loadMutant } from './corpus.ts';
import { coreSeconds } from './hunt.ts';
import type { Exhausted } from './exhaustive-report.ts';

/** What this process is given. */
export interface ExhaustedTask {
  readonly name: string;
  readonly depth: number;
  /** Of one core, after which a variant of the small world is given up. */
  readonly seconds: number;
}

class Tired extends Error {}

// The program that starts this one gives it just this.
const { name, depth, seconds } = JSON.parse(process.argv[2] ?? '') as ExhaustedTask;
const { exhaust, smallVariants } = await buildMutant(await loadMutant(name));
const started = coreSeconds();
const counts = { schedules: 0, states: 0 };
let kill: Exhausted['kill'] = null;
let isWhole = true;
for (const variant of smallVariants()) {
  if (kill === null) searchIn(variant.name, coreSeconds() + seconds);
}

function searchIn(variant: string, deadline: number): void {
  const onStep: Parameters<typeof exhaust>[0]['onStep'] = ({ schedules, states, failing }) => {
    counts.schedules += schedules;
    counts.states += states;
    if (failing !== null) kill = { variant, checker: failing.checker, faults: failing.faults };
    else if (coreSeconds() > deadline) throw new Tired();
  };
  try {
    // To compare states pays only in a search that goes to its end.
    exhaust({ depth, variants: [variant], prune: false, onStep });
  } catch (error) {
    // What breaks the search itself is told as it is: it is no verdict of a checker.
    if (!(error instanceof Tired)) throw error;
    isWhole = false;
  }
}

const row: Exhausted = { name, depth, kill, isWhole, ...counts, seconds: coreSeconds() - started };
writeSync(1, `${JSON.stringify(row)}\n`);
