// Braces that hold a slash are written out before anything is matched, as Hadoop does; all others belong
// to the pattern of one name. So `{a/b,c}` is two patterns, and a file that both match is read twice.
import { illegal } from './name-pattern.ts';

/** `p{a/b,c/d}s` is `pa/bs` and `pc/ds`; `{a,b}/c` stays as it is. */
export function expandBraces(pattern: string): string[] {
  return expandFrom(pattern, 0);
}

function expandFrom(pattern: string, from: number): string[] {
  const open = openingWithSlash(pattern, from);
  if (open === -1) return [pattern];
  const { alternatives, end } = alternativesAt(pattern, open);
  const [head, tail] = [pattern.slice(0, open), pattern.slice(end)];
  return alternatives.flatMap((middle) => expandFrom(head + middle + tail, head.length));
}

/** Where the first outermost pair of braces with a slash in it begins; -1 without one. */
function openingWithSlash(pattern: string, from: number): number {
  let depth = 0;
  let open = -1;
  let hasSlash = false;
  for (let i = from; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '\\') {
      if (++i === pattern.length) throw illegal(pattern, 'nothing follows the backslash');
    } else if (char === '{') {
      if (depth++ === 0) open = i;
    } else if (char === '}' && depth > 0) {
      if (--depth === 0 && hasSlash) return open;
    } else if (char === '/' && depth > 0) hasSlash = true;
  }
  return -1;
}

/** What stands between the braces that open at `open`. Hadoop loses the backslashes in it, so we do. */
function alternativesAt(pattern: string, open: number): { alternatives: string[]; end: number } {
  const alternatives: string[] = [];
  let alternative = '';
  let depth = 1;
  let i = open + 1;
  for (; depth > 0; i++) {
    const char = pattern[i]!;
    if (char === '{') depth++;
    if (char === '}') depth--;
    if (depth === 0 || (char === ',' && depth === 1)) {
      alternatives.push(alternative);
      alternative = '';
    } else alternative += char === '\\' ? pattern[++i]! : char;
  }
  return { alternatives, end: i };
}
