// What one name of a Hadoop pattern matches: `*`, `?`, `[abc]`, `[a-z]`, `[^a]`, `[!a]`, `{x,y}`, `\` to
// escape. Hadoop writes a pattern as a regular expression and leaves the rest to that, so that `[?]` is a
// dot and `[*]` a dot or a star. Jobs must find the same files here: the same two steps are taken.
import { LispingError } from '../../errors/lisping-error.ts';

/** Null for a plain name. Throws LISPING_E_USAGE for what Hadoop refuses. */
export function namePattern(name: string): RegExp | null {
  const { text, isWild, escaped } = asExpression(name);
  // There the escape would be one of regular expressions: `\d` a digit, `\a` a bell, `\i` illegal.
  if (/[A-Za-z0-9]/.test(escaped)) throw illegal(name, 'it escapes a letter or a digit');
  if (!isWild) return null;
  return new RegExp(`^${asSource(name, text)}$`, 'su');
}

/** A plain name without its escapes. */
export function plainName(name: string): string {
  return name.replaceAll(/\\(.)/gsu, '$1');
}

export function illegal(pattern: string, why: string): LispingError {
  return new LispingError('LISPING_E_USAGE', `illegal pattern ${pattern}: ${why}`, {
    hint: 'A backslash takes the meaning from * ? [ ] { } and from itself.',
  });
}

interface Expression {
  readonly text: string;
  readonly isWild: boolean;
  /** All characters behind a backslash. */
  readonly escaped: string;
}

/** The regular expression as Hadoop writes it. */
function asExpression(name: string): Expression {
  let [text, escaped] = ['', ''];
  let groups = 0;
  let inClass = false;
  let isWild = false;
  for (let i = 0; i < name.length; i++) {
    const char = name[i]!;
    if (char === '\\') {
      if (++i === name.length) throw illegal(name, 'nothing follows the backslash');
      escaped += name[i]!;
      text += char + name[i]!;
    } else if (char === '*') text += '.*';
    else if (char === '?') text += '.';
    else if (char === '{') {
      groups++;
      text += '(?:';
    } else if (char === ',' && groups > 0) text += '|';
    else if (char === '}' && groups > 0) {
      groups--;
      text += ')';
    } else if (char === '!' && inClass && name[i - 1] === '[') text += '^';
    else if ('.$()|+'.includes(char) || (char === '^' && !inClass)) text += `\\${char}`;
    else text += char;
    if (char === '[') {
      if (inClass) throw illegal(name, 'a [ is not closed');
      inClass = true;
    } else if (char === ']') inClass = false;
    isWild ||= '*?{['.includes(char);
  }
  if (inClass) throw illegal(name, 'a [ is not closed');
  if (groups > 0) throw illegal(name, 'a { is not closed');
  return { text, isWild, escaped };
}

/** The same expression in JavaScript's words. */
function asSource(name: string, text: string): string {
  const chars = Array.from(text);
  let source = '';
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]!;
    if (char === '[') {
      const [set, end] = classAt(name, chars, i);
      source += set;
      i = end;
    } else if (char === '\\') source += literal(chars[++i]!);
    else source += '.(?:|)*'.includes(char) ? char : literal(char);
  }
  return source;
}

/** The class that begins at `start`, and where it ends. A `]` right at its beginning stands for itself. */
function classAt(name: string, chars: readonly string[], start: number): [string, number] {
  let at = start + 1;
  const next = (): string => {
    if (chars[at] === '\\') at++;
    const char = chars[at++];
    if (char === undefined) throw illegal(name, 'a [ is not closed');
    return char;
  };
  const isNegated = chars[at] === '^';
  if (isNegated) at++;
  const first = at;
  let set = '';
  while (at === first || chars[at] !== ']') {
    const from = next();
    const isRange = chars[at] === '-' && at + 1 < chars.length && chars[at + 1] !== ']';
    if (isRange) at++;
    const to = isRange ? next() : from;
    if (to.codePointAt(0)! < from.codePointAt(0)!) throw illegal(name, `${from}-${to} is empty`);
    set += `${literal(from)}-${literal(to)}`;
  }
  return [`[${isNegated ? '^' : ''}${set}]`, at];
}

function literal(char: string): string {
  return `\\u{${char.codePointAt(0)!.toString(16)}}`;
}
