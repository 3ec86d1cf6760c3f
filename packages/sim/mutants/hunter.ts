/** The thread that hunts one mutant: a mutant that never returns is ended with its thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadMutant } from './corpus.ts';
import { hunt } from './hunt.ts';
import type { HuntOptions } from './hunt.ts';

// Who starts this thread is matrix.ts, and gives it just this.
const { name, options } = workerData as { readonly name: string; readonly options: HuntOptions };
const kill = await hunt(await loadMutant(name), options);
parentPort?.postMessage(kill);
