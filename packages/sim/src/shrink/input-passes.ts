/** Passes over the input: fewer records, then fewer splits. */
import type { InputBytes } from '../workload.ts';
import { ddmin } from './ddmin.ts';
import type { Laboratory } from './laboratory.ts';

const LF = 0x0a;
/** Of inputs with more lines than these, pieces of many lines are left out. */
const PIECES_MAX = 20_000;

interface Piece {
  readonly file: number;
  readonly start: number;
  readonly end: number;
}

/** Keeps the lines without which it would not fail. */
export function fewerRecords(lab: Laboratory): void {
  const { inputs } = lab.best;
  const pieces = piecesOf(inputs);
  if (pieces.length === 0) return;
  ddmin(pieces, (kept) => !lab.exhausted && lab.improves({ inputs: assembled(inputs, kept) }));
}

/** One split a file where that is enough. */
export function fewerSplits(lab: Laboratory): void {
  const { inputs, splitBytes } = lab.best;
  const longest = Math.max(0, ...inputs.map((input) => input.bytes.length));
  if (longest > splitBytes) lab.improves({ splitBytes: longest });
}

function piecesOf(inputs: readonly InputBytes[]): Piece[] {
  const pieces = inputs.flatMap(({ bytes }, file) => linesOf(bytes, file));
  const each = Math.ceil(pieces.length / PIECES_MAX);
  if (each <= 1) return pieces;
  const joined: Piece[] = [];
  for (const [number, piece] of pieces.entries()) {
    const last = joined.at(-1);
    if (number % each === 0 || last?.file !== piece.file) joined.push(piece);
    else joined[joined.length - 1] = { ...last, end: piece.end };
  }
  return joined;
}

function linesOf(bytes: Uint8Array, file: number): Piece[] {
  const lines: Piece[] = [];
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(LF, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    lines.push({ file, start, end });
    start = end;
  }
  return lines;
}

/** The files of which something is left; an empty one when nothing is. */
function assembled(inputs: readonly InputBytes[], pieces: readonly Piece[]): InputBytes[] {
  if (pieces.length === 0) {
    return inputs.slice(0, 1).map(({ path }) => ({ path, bytes: new Uint8Array() }));
  }
  return inputs.flatMap(({ path, bytes }, file) => {
    const mine = pieces.filter((piece) => piece.file === file);
    if (mine.length === 0) return [];
    const kept = new Uint8Array(mine.reduce((sum, { start, end }) => sum + end - start, 0));
    let at = 0;
    for (const { start, end } of mine) {
      kept.set(bytes.subarray(start, end), at);
      at += end - start;
    }
    return [{ path, bytes: kept }];
  });
}
