// Which files a list of paths means, by the rules of Hadoop's FileInputFormat: names that start with `_` or
// `.` are hidden, a directory stands for the files in it, a directory inside it is an error, and patterns are
// Hadoop's. A file system answers at once or much later, so the walk asks questions and whoever drives it
// answers them: `walkInputs` for those that answer at once.
import { LispingError } from '../../errors/lisping-error.ts';
import type { InputFile } from '../plan-splits.ts';
import { expandBraces } from './braces.ts';
import { namePattern, plainName } from './name-pattern.ts';
import { compareMatches, compareNames } from './order.ts';
import { splitPathList } from './path-list.ts';

/** What lies under a path; `other` can be read neither as a file nor as a directory. */
export type InputEntry =
  | { readonly kind: 'file'; readonly size: number }
  | { readonly kind: 'directory' }
  | { readonly kind: 'other' };

/**
 * `entry` is answered with what lies under the path, null for nothing; `names` with the names in the
 * directory. Where `mayFail`, what cannot be looked at counts as nothing.
 */
export interface InputQuestion {
  readonly what: 'entry' | 'names';
  readonly path: string;
  readonly mayFail: boolean;
}

export type InputAnswer = InputEntry | null | readonly string[];

/** Gives the files in the order in which Hadoop would read them. */
export type InputWalk = Walk<InputFile[]>;
type Walk<T> = Generator<InputQuestion, T, InputAnswer>;

/** Makes a path absolute; the host knows what it is relative to. */
export type Absolute = (path: string) => string;

/**
 * The files that paths, patterns and comma lists mean. The answer to each question goes into `next`.
 *
 * Throws LISPING_E_INPUT_MISSING, LISPING_E_INPUT_IS_DIRECTORY, LISPING_E_INPUT_COMPRESSED, LISPING_E_FILE,
 * and LISPING_E_USAGE for a pattern that Hadoop refuses.
 */
export function* inputWalk(paths: readonly string[], absolute: Absolute): InputWalk {
  const files: InputFile[] = [];
  for (const path of paths.flatMap(splitPathList)) {
    for (const match of yield* matchesOf(tidyPath(path), absolute)) {
      files.push(...(yield* filesUnder(match)));
    }
  }
  return files;
}

/** Drives the walk over a file system that answers at once. */
export function walkInputs(
  paths: readonly string[],
  absolute: Absolute,
  answer: (question: InputQuestion) => InputAnswer,
): InputFile[] {
  const walk = inputWalk(paths, absolute);
  let step = walk.next(null);
  while (step.done !== true) step = walk.next(answer(step.value));
  return step.value;
}

/** As Hadoop reads a path: `a//b`, `a/./b`, `c/../a/b` and `a/b/` are `a/b`, in a pattern too. */
function tidyPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (!isAbsolute) names.push(name);
  }
  const tidy = names.join('/');
  if (isAbsolute) return `/${tidy}`;
  return tidy === '' ? '.' : tidy;
}

function* matchesOf(path: string, absolute: Absolute): Walk<string[]> {
  const isVisible = (match: string): boolean => !isHidden(absolute(match));
  if (!isPattern(path)) {
    if ((yield* entryAt(path)) === null) {
      throw new LispingError('LISPING_E_INPUT_MISSING', `no such input: ${path}`);
    }
    if (isVisible(path)) return [path];
    throw new LispingError('LISPING_E_INPUT_MISSING', `the input ${path} is hidden by its name`, {
      hint: 'As on Hadoop, names that start with _ or . are never input. Rename it.',
    });
  }
  const matches = (yield* expandGlob(path, absolute)).filter(isVisible);
  if (matches.length > 0) return matches;
  throw new LispingError('LISPING_E_INPUT_MISSING', `no input matches the pattern ${path}`);
}

const SPECIAL = /[*?[\]{}\\]/;

/** True when `path` holds a character that has a meaning in patterns. */
function isPattern(path: string): boolean {
  return SPECIAL.test(path);
}

/** Existing paths that match, in Hadoop's order; twice when two alternatives with a slash match. */
function* expandGlob(pattern: string, absolute: Absolute): Walk<string[]> {
  // Hadoop makes a pattern absolute before it looks into braces: in `{/a/b,c}` no slash is the root.
  const root = pattern.startsWith('/') ? '/' : '';
  const matches: string[] = [];
  for (const alternative of expandBraces(pattern)) {
    matches.push(...(yield* matchesBelow(root, alternative)));
  }
  return matches.sort((a, b) => compareMatches(absolute(a), absolute(b)));
}

function* matchesBelow(root: string, pattern: string): Walk<string[]> {
  let bases: string[] = [root];
  for (const name of pattern.split('/')) {
    if (name === '') continue;
    const matcher = namePattern(name);
    const next: string[] = [];
    for (const base of bases) next.push(...(yield* childrenMatching(base, name, matcher)));
    bases = next;
  }
  return bases;
}

function* childrenMatching(base: string, name: string, matcher: RegExp | null): Walk<string[]> {
  if (matcher === null) {
    const path = childOf(base, plainName(name));
    return (yield* entryAt(path, true)) === null ? [] : [path];
  }
  // A pattern walks through what it may; a directory that cannot be listed matches nothing.
  const names = yield* namesIn(base === '' ? '.' : base, true);
  return names.filter((child) => matcher.test(child)).map((child) => childOf(base, child));
}

function* filesUnder(path: string): Walk<InputFile[]> {
  const entry = yield* entryAt(path);
  if (entry === null) throw new LispingError('LISPING_E_INPUT_MISSING', `no such input: ${path}`);
  if (entry.kind !== 'directory') return [inputFile(path, entry)];
  const names = (yield* namesIn(path)).filter((name) => !isHidden(name)).sort(compareNames);
  const files: InputFile[] = [];
  for (const name of names) {
    const child = childOf(path, name);
    const inner = yield* entryAt(child);
    // Gone since the directory was listed.
    if (inner === null)
      throw new LispingError('LISPING_E_INPUT_MISSING', `no such input: ${child}`);
    if (inner.kind === 'directory') throw nested(path, child);
    files.push(inputFile(child, inner));
  }
  return files;
}

function nested(directory: string, child: string): LispingError {
  return new LispingError(
    'LISPING_E_INPUT_IS_DIRECTORY',
    `the input directory ${directory} holds a directory: ${child}`,
  );
}

// Hadoop picks a codec by these suffixes, in capitals too, and never reads the bytes as they lie.
const COMPRESSED = /\.(gz|bz2|deflate|lz4|snappy|zst)$/i;

function inputFile(path: string, entry: Exclude<InputEntry, { kind: 'directory' }>): InputFile {
  if (COMPRESSED.test(path)) {
    throw new LispingError('LISPING_E_INPUT_COMPRESSED', `the input ${path} is compressed`);
  }
  if (entry.kind === 'file') return { path, size: entry.size };
  throw new LispingError('LISPING_E_FILE', `the input ${path} is no regular file`, {
    hint: 'Inputs are read by range; write what the pipe or device gives into a file first.',
  });
}

function isHidden(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.startsWith('_') || name.startsWith('.');
}

function childOf(directory: string, name: string): string {
  if (directory === '' || directory === '.') return name;
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}

function* entryAt(path: string, mayFail = false): Walk<InputEntry | null> {
  return (yield { what: 'entry', path, mayFail }) as InputEntry | null; // what such a question is answered with
}

function* namesIn(path: string, mayFail = false): Walk<readonly string[]> {
  return (yield { what: 'names', path, mayFail }) as readonly string[]; // likewise
}
