// From a stack trace in the bundle to file:line:column of what the user wrote. The bundle carries its
// source map in its last line, which is read only when something failed.
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module';
import { fileURLToPath } from 'node:url';
import { causesOf, type SourceRef } from '@lisping/core';

/** What begins the names of Lisping's own sources in the map of a bundle, and those of libraries. */
export const OWN_SOURCES = 'lisping:';
export const LIBRARIES = 'node_modules/';
const MAP_MARK = '//# sourceMappingURL=data:application/json;base64,';

/** The innermost frame of `error`, or of what caused it, that lies in the user's source; `bundle` is the URL of this module. */
export function placeOf(error: unknown, bundle: string): SourceRef | undefined {
  const map = mapOf(bundle);
  if (map === undefined) return undefined;
  // The cause first: it is the user's own error, while what wraps it was made by the engine.
  for (const each of causesOf(error).reverse()) {
    const place = placeIn(each.stack ?? '', bundle, map);
    if (place !== undefined) return place;
  }
  return undefined;
}

function mapOf(bundle: string): SourceMap | undefined {
  const code = readFileSync(fileURLToPath(bundle), 'utf8');
  const at = code.lastIndexOf(MAP_MARK);
  if (at < 0) return undefined;
  const json = Buffer.from(code.slice(at + MAP_MARK.length), 'base64').toString();
  return new SourceMap(JSON.parse(json) as SourceMapPayload); // of our own making
}

function placeIn(stack: string, bundle: string, map: SourceMap): SourceRef | undefined {
  for (const frame of stack.split('\n')) {
    const at = frame.indexOf(`${bundle}:`);
    const position = /^(\d+):(\d+)/.exec(frame.slice(at + bundle.length + 1));
    if (at < 0 || position === null) continue;
    const [line, column] = [Number(position[1]), Number(position[2])];
    const entry: Partial<SourceMapping> = map.findEntry(line - 1, column - 1); // empty for nothing
    const { originalSource: file, originalLine = 0, originalColumn = 0 } = entry;
    if (file === undefined || file.startsWith(OWN_SOURCES) || file.startsWith(LIBRARIES)) continue;
    return { file, line: originalLine + 1, column: originalColumn + 1 };
  }
  return undefined;
}
