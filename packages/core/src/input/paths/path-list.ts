// Hadoop takes several inputs in one argument, separated by commas, but not by those inside the
// braces of a pattern. It knows no escape here: a name with a comma is `a?b`.
import { LispingError } from '../../errors/lisping-error.ts';

/** `a,{b,c}/d` is `a` and `{b,c}/d`. Throws LISPING_E_USAGE for an empty name. */
export function splitPathList(list: string): string[] {
  const paths: string[] = [];
  let depth = 0;
  let inBraces = false;
  let begin = 0;
  for (let i = 0; i < list.length; i++) {
    const char = list[i];
    if (char === '{') {
      depth++;
      inBraces = true;
    } else if (char === '}') {
      if (--depth === 0) inBraces = false;
    } else if (char === ',' && !inBraces) {
      paths.push(list.slice(begin, i));
      begin = i + 1;
    }
  }
  paths.push(list.slice(begin));
  if (!paths.includes('')) return paths;
  throw new LispingError('LISPING_E_USAGE', `an input without a name in '${list}'`, {
    hint: 'Remove the comma that stands alone.',
  });
}
