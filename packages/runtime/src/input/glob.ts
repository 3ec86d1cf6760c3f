// Hadoop's patterns: `*` and `?` within one name, `[abc]`, `[a-z]`, `[^a]`, `{x,y/z}`, `\` to escape.
// Own code, because Node 20 has none and because no library has exactly these rules.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from './order.ts';

const SPECIAL = /[*?[\]{}\\]/;

/** True when `path` holds a character that has a meaning in patterns. */
export function isPattern(path: string): boolean {
  return SPECIAL.test(path);
}

/** Existing paths that match, in byte order. */
export function expandGlob(pattern: string): string[] {
  const found = new Set(expandBraces(pattern).flatMap((alternative) => matchesOf(alternative)));
  return [...found].sort(compareText);
}

function matchesOf(pattern: string): string[] {
  const names = pattern.split('/');
  let bases: string[] = [pattern.startsWith('/') ? '/' : ''];
  for (const name of names) {
    if (name === '') continue;
    bases = bases.flatMap((base) => childrenMatching(base, name));
  }
  return bases;
}

function childrenMatching(base: string, name: string): string[] {
  if (!isPattern(name)) {
    const path = join(base, name);
    return existsSync(path) ? [path] : [];
  }
  const matcher = nameMatcher(name);
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

/** `a{b,c}d` stands for `abd` and `acd`; braces nest and may hold slashes. */
export function expandBraces(pattern: string): string[] {
  const open = unescapedIndex(pattern, 0, '{');
  if (open === -1) return [pattern];
  const alternatives: string[] = [];
  let depth = 0;
  let begin = open + 1;
  for (let i = open; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '\\') i++;
    else if (char === '{') depth++;
    else if (char === ',' && depth === 1) {
      alternatives.push(pattern.slice(begin, i));
      begin = i + 1;
    } else if (char === '}' && --depth === 0) {
      alternatives.push(pattern.slice(begin, i));
      const head = pattern.slice(0, open);
      const tail = pattern.slice(i + 1);
      return alternatives.flatMap((middle) => expandBraces(`${head}${middle}${tail}`));
    }
  }
  // No closing brace: it is an ordinary character.
  return [`${pattern.slice(0, open)}\\${pattern.slice(open)}`];
}

function unescapedIndex(text: string, from: number, wanted: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === wanted) return i;
  }
  return -1;
}

function nameMatcher(name: string): RegExp {
  let source = '';
  for (let i = 0; i < name.length; i++) {
    const char = name[i] ?? '';
    if (char === '\\') source += escaped(name[++i] ?? '\\');
    else if (char === '*') source += '.*';
    else if (char === '?') source += '.';
    else if (char === '[') {
      const end = name.indexOf(']', i + 2);
      if (end === -1) source += escaped(char);
      else {
        source += characterClass(name.slice(i + 1, end));
        i = end;
      }
    } else source += escaped(char);
  }
  return new RegExp(`^${source}$`, 'su');
}

function characterClass(inner: string): string {
  const negated = inner.startsWith('^') || inner.startsWith('!');
  const body = (negated ? inner.slice(1) : inner).replaceAll(/[\\\]^[]/g, '\\$&');
  return `[${negated ? '^' : ''}${body}]`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
