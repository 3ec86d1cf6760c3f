// Hadoop takes several inputs in one argument, separated by commas, but not by those inside the
// braces of a pattern. A backslash takes the meaning from the character behind it.

/** `a,{b,c}/d` is `a` and `{b,c}/d`. Empty names vanish. */
export function splitPathList(list: string): string[] {
  const paths: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let i = 0; i < list.length; i++) {
    const char = list[i];
    if (char === '\\') i++;
    else if (char === '{') depth++;
    else if (char === '}') depth = Math.max(0, depth - 1);
    else if (char === ',' && depth === 0) {
      paths.push(list.slice(begin, i));
      begin = i + 1;
    }
  }
  paths.push(list.slice(begin));
  return paths.filter((path) => path !== '');
}
