/** JSON values one after the other in one text, as some tools write them, each with its line. */
import type { Fail } from './fail.ts';

export interface PlacedValue {
  readonly value: unknown;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

const BACKSLASH = '\\';

/** The objects of a text, whether or not they stand in an array with commas between them. */
export function jsonValues(text: string, fail: Fail): PlacedValue[] {
  const found: PlacedValue[] = [];
  const isArray = /^\s*\[/.test(text);
  let at = isArray ? text.indexOf('[') + 1 : 0;
  let line = linesIn(text, 0, at) + 1;
  for (;;) {
    const start = skip(text, at, isArray ? /[\s,]/ : /\s/);
    line += linesIn(text, at, start);
    if (start === text.length) break;
    if (isArray && text[start] === ']') {
      const rest = skip(text, start + 1, /\s/);
      if (rest < text.length) fail(`line ${line}: something follows the end of the array`);
      return found;
    }
    if (text[start] !== '{') fail(`line ${line}: a job must begin with {`);
    const end = endOf(text, start);
    if (end < 0) fail(`line ${line}: the job that begins here has no end`);
    found.push({ value: parsed(text.slice(start, end), line, fail), line });
    line += linesIn(text, start, end);
    at = end;
  }
  if (isArray) fail(`line ${line}: the array has no end`);
  return found;
}

function parsed(text: string, line: number, fail: Fail): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
    return fail(`line ${line + linesIn(text, 0, offset)}: no JSON: ${message}`);
  }
}

/** Behind the brace that closes the one at `start`, or -1. Braces in texts do not count. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let isText = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (isText) {
      if (char === BACKSLASH) at++;
      else if (char === '"') isText = false;
    } else if (char === '"') isText = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

function skip(text: string, from: number, what: RegExp): number {
  let at = from;
  while (at < text.length && what.test(text[at] ?? '')) at++;
  return at;
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    lines++;
  }
  return lines;
}
