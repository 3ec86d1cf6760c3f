// From a stack trace to file:line:column of what the user wrote. Node can do this by itself
// (--enable-source-maps), but then for every stack of the process; here it costs only on failure.
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module';
import { dirname, resolve } from 'node:path';
import { causesOf, type SourceRef } from '@lisping/core';
import type { Bundle } from './bundle.ts';
import { shown } from './shown.ts';

/** Finds the user's line in an error. */
export interface Places {
  /** The innermost frame of `error` (or of what caused it) that lies in the user's source. */
  find(error: unknown): SourceRef | undefined;
}

/** Places of the bundle that was imported from `url`. */
export function placesIn(bundle: Bundle, url: string): Places {
  let map: SourceMap | undefined;
  const frame = new RegExp(`${escaped(url)}:(\\d+):(\\d+)`);
  // How Node shows a module that cannot be linked: the line, and below it a mark at the column.
  const marked = new RegExp(`^${escaped(url)}:(\\d+)\n.*\n( *)\\^`);
  const positionIn = (stack: string): [line?: number, column?: number] => {
    const mark = marked.exec(stack);
    if (mark !== null) return [Number(mark[1]), (mark[2]?.length ?? 0) + 1];
    const match = frame.exec(stack);
    return match === null ? [] : [Number(match[1]), Number(match[2])];
  };
  const inStack = (stack: string): SourceRef | undefined => {
    const [line, column] = positionIn(stack);
    if (line === undefined || column === undefined) return undefined;
    // The casts: JSON of esbuild's own making; and a missing entry is an empty object.
    map ??= new SourceMap(JSON.parse(bundle.sourceMap) as SourceMapPayload);
    const found = map.findEntry(line - 1, column - 1);
    const entry = found as Partial<SourceMapping>;
    if (entry.originalSource === undefined) return undefined;
    return {
      file: shown(resolve(dirname(bundle.file), pathOf(entry.originalSource))),
      line: (entry.originalLine ?? 0) + 1,
      column: (entry.originalColumn ?? 0) + 1,
    };
  };
  return {
    find(error) {
      // The cause first: it is the user's own error, while what wraps it was made by the engine.
      for (const each of causesOf(error).reverse()) {
        const place = each.stack === undefined ? undefined : inStack(each.stack);
        if (place !== undefined) return place;
      }
      return undefined;
    },
  };
}

/** esbuild escapes names as URLs do; one that was not, such as a bare %, is shown as it comes. */
function pathOf(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    return source;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
