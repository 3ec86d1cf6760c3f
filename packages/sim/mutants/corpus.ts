/** Finds the mutants: every file beside this one that exports one. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './build-mutant.ts';

/** The names of all mutants, in order. Works on sources and on what they are compiled to. */
export function mutantNames(): string[] {
  const machinery = [
    'build-mutant',
    'corpus',
    'grounds',
    'hunt',
    'hunter',
    'matrix',
    'report',
    'exhaustion',
    'exhaustive',
    'exhaustive-report',
  ];
  return readdirSync(fileURLToPath(new URL('.', import.meta.url)))
    .filter((file) => /^[\w-]+\.(ts|js)$/.test(file))
    .map((file) => file.replace(/\.(ts|js)$/, ''))
    .filter((name) => !machinery.includes(name))
    .sort((a, b) => (a < b ? -1 : 1));
}

export async function loadMutant(name: string): Promise<Mutant> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  // What a file of the corpus exports is checked by the compiler, which sees all of them.
  const { mutant } = (await import(new URL(`${name}.${extension}`, import.meta.url).href)) as {
    readonly mutant: Mutant;
  };
  return mutant;
}
