// Paths as errors show them.
import { relative } from 'node:path';

/** Relative to the working directory when that is shorter to read, else absolute. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || short === '' ? path : short;
}
