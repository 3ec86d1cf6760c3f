// Prints what the simulator finds: node run.js FENCE [SCHEDULE.json]
import { readFileSync } from 'node:fs';
import type { Fence } from './lock-service.ts';
import { simulated } from './simulation.ts';
import type { Again } from './simulation.ts';

const FENCES: readonly Fence[] = ['none', 'in memory', 'on disk'];
const [, , word, file] = process.argv;
const fence = FENCES.find((known) => known === word);
if (fence === undefined) throw new Error(`which fence? ${FENCES.join(', ')}`);
// What the file holds is checked where faults are read.
const again = file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as Again);
const { verdict, report } = simulated(fence, again);
process.stdout.write(report);
process.exitCode = verdict === 'passed' ? 0 : 1;
