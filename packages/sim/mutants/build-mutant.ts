/**
 * Builds a mutated copy of the simulator with all it stands on, apart from the real one: sources are
 * transpiled as they are, except for edits by anchor text. Test-only; nothing of it is shipped, and
 * shipped code has no switch for it.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as simulator from '@lisping/sim';
import ts from 'typescript';

/** One change to one source file. */
interface Edit {
  /** From `packages/` on: `core/src/protocol/primary/reports.ts`. */
  readonly file: string;
  /** Must occur exactly once in the file. */
  readonly anchor: string;
  readonly replacement: string;
}

/** A broken rule. */
export interface Mutant {
  /** The rule that is broken, as one would say it. */
  readonly rule: string;
  /** The bug of a real system that it stands for, where there is one. */
  readonly standsFor?: string;
  /** The row of the list of such bugs in docs/mutants.md. */
  readonly row?: number;
  /** Why nothing kills it, where nothing does: it is hunted all the same, and may not fail a run. */
  readonly survives?: string;
  readonly edits: readonly Edit[];
}

type Simulator = typeof simulator;

const PACKAGES = ['core', 'formats', 'sim'] as const;
/** Where the workspace lies. */
export const root: string = rootDirectory(fileURLToPath(new URL('.', import.meta.url)));
const packagesDirectory = join(root, 'packages');
// Inside node_modules, so that packages are found, and test runners leave the files alone.
const cacheDirectory = join(root, 'node_modules/.cache/lisping-mutants');

/** Source file, from `packages/` on, to what it is when nothing is edited. */
let transpiled: Map<string, string> | null = null;
let built = 0;

/** Builds and loads the mutated copy; throws when an anchor is not there, or there twice. */
export async function buildMutant(mutant: Pick<Mutant, 'edits'>): Promise<Simulator> {
  const directory = placeMutant(mutant);
  try {
    const entry = join(directory, 'node_modules/@lisping/sim/dist/index.js');
    // What is imported is the package itself, under another path.
    return (await import(pathToFileURL(entry).href)) as Simulator;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Builds the mutated copy and gives its directory, which whoever asked for it removes. */
export function placeMutant({ edits }: Pick<Mutant, 'edits'>): string {
  transpiled ??= new Map(sourceFiles().map((file) => [file, transpile(file, sourceOf(file))]));
  const directory = join(cacheDirectory, `${process.pid}-${++built}`);
  for (const [file, code] of transpiled) write(directory, file, code);
  for (const [file, source] of mutated(edits)) write(directory, file, transpile(file, source));
  for (const name of PACKAGES) {
    const manifest = join(packagesDirectory, name, 'package.json');
    const target = join(directory, 'node_modules/@lisping', name, 'package.json');
    writeFileSync(target, readFileSync(manifest));
  }
  return directory;
}

/** The edited sources, by file; throws when an anchor is not there, or there twice. */
export function mutated(edits: readonly Edit[]): Map<string, string> {
  const sources = new Map<string, string>();
  for (const { file, anchor, replacement } of edits) {
    const source = sources.get(file) ?? sourceOf(file);
    const places = source.split(anchor).length - 1;
    if (places !== 1) {
      throw new Error(`the anchor occurs ${places} times in ${file}, and must once:\n${anchor}`);
    }
    sources.set(
      file,
      source.replace(anchor, () => replacement),
    );
  }
  return sources;
}

/** Where the workspace lies: this file runs from its source, and from where it is compiled to. */
function rootDirectory(start: string): string {
  let directory = start;
  while (!existsSync(join(directory, 'package-lock.json'))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`no workspace above ${start}`);
    directory = parent;
  }
  return directory;
}

function sourceFiles(): string[] {
  return PACKAGES.flatMap((name) =>
    readdirSync(join(packagesDirectory, name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file))
      .map((file) => `${name}/src/${file}`),
  );
}

function sourceOf(file: string): string {
  return readFileSync(join(packagesDirectory, file), 'utf8');
}

/** Transpiling is slow, and most files never change: what came out is kept from run to run. */
function transpile(fileName: string, source: string): string {
  const hash = createHash('sha256').update(ts.version).update(source).digest('hex').slice(0, 32);
  const kept = join(cacheDirectory, 'transpiled', `${hash}.js`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { outputText } = ts.transpileModule(source, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  mkdirSync(dirname(kept), { recursive: true });
  // Renamed into place: several test files build at once.
  const fresh = `${kept}.${process.pid}`;
  writeFileSync(fresh, outputText);
  renameSync(fresh, kept);
  return outputText;
}

function write(directory: string, file: string, code: string): void {
  const place = file.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
  const target = join(directory, 'node_modules/@lisping', place);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}
