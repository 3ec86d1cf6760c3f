// Paths of HDFS: made tidy as Hadoop's `Path` does, and encoded byte by byte. URL classes are kept away
// from them, because they resolve `..` and re-encode what the server takes literally.
import { refused } from './failure.ts';

/** `/a//b/./c/../d/` is `/a/b/d`. Throws LISPING_E_HDFS_PATH for what can be no path. */
export function tidyPath(path: string): string {
  if (!path.startsWith('/')) {
    throw refused('LISPING_E_HDFS_PATH', `the HDFS path ${JSON.stringify(path)} is not absolute`);
  }
  if (/\p{Surrogate}/u.test(path)) {
    throw refused(
      'LISPING_E_HDFS_PATH',
      `the HDFS path ${JSON.stringify(path)} holds half of a surrogate pair`,
    );
  }
  if (path.includes(':')) {
    throw refused('LISPING_E_HDFS_PATH', `the HDFS path ${JSON.stringify(path)} holds a colon`);
  }
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') names.pop();
    else names.push(name);
  }
  return `/${names.join('/')}`;
}

/** Every byte of UTF-8 outside `A-Za-z0-9_.~-` as `%XX`; slashes stay. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeText).join('/');
}

/** The same for a value in a query, slashes included. */
export function encodeText(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The directory that holds this path; `/` for the root itself. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

/** `name` in the directory `path`; the path itself when the name is empty, as in the list of a file. */
export function childOf(path: string, name: string): string {
  if (name === '') return path;
  return path === '/' ? `/${name}` : `${path}/${name}`;
}
