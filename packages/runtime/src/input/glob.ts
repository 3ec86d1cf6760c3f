// Finds what a Hadoop pattern means, name by name. Own code, because Node 20 has none and because no
// library has exactly these rules.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expandBraces } from './braces.ts';
import { namePattern, plainName } from './name-pattern.ts';
import { compareMatches } from './order.ts';

const SPECIAL = /[*?[\]{}\\]/;

/** True when `path` holds a character that has a meaning in patterns. */
export function isPattern(path: string): boolean {
  return SPECIAL.test(path);
}

/** Existing paths that match, in Hadoop's order; twice when two alternatives with a slash match. */
export function expandGlob(pattern: string): string[] {
  // Hadoop makes a pattern absolute before it looks into braces: in `{/a/b,c}` no slash is the root.
  const root = pattern.startsWith('/') ? '/' : '';
  return expandBraces(pattern)
    .flatMap((alternative) => matchesOf(alternative, root))
    .sort(compareMatches);
}

function matchesOf(pattern: string, root: string): string[] {
  let bases: string[] = [root];
  for (const name of pattern.split('/')) {
    if (name === '') continue;
    const matcher = namePattern(name);
    bases = bases.flatMap((base) => childrenMatching(base, name, matcher));
  }
  return bases;
}

function childrenMatching(base: string, name: string, matcher: RegExp | null): string[] {
  if (matcher === null) {
    const path = join(base, plainName(name));
    return existsSync(path) ? [path] : [];
  }
  return namesIn(base === '' ? '.' : base)
    .filter((child) => matcher.test(child))
    .map((child) => join(base, child));
}

/** A pattern walks through what it may; a directory that cannot be listed matches nothing. */
function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
