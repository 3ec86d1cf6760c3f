// The text of a transcript: prose behind `#`, blocks of commands, and behind `----` what they print.
// A blank line ends a block.
import { assert } from '../../src/errors/assert.ts';

const DIVIDER = '----';

/** A piece of a transcript, in the order of the text. */
export type Piece =
  | { readonly kind: 'prose'; readonly lines: readonly string[] }
  | {
      readonly kind: 'block';
      readonly commands: readonly string[];
      readonly printed: readonly string[];
    };

export function parseTranscript(text: string): Piece[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n').filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map(parsePiece);
}

function parsePiece(lines: readonly string[]): Piece {
  const prose = lines.filter((line) => line.startsWith('#')).length;
  if (prose === lines.length) return { kind: 'prose', lines };
  assert(prose === 0, `prose and commands are kept apart by a blank line: ${lines.join(' | ')}`);
  const divider = lines.indexOf(DIVIDER);
  const commands = divider < 0 ? lines : lines.slice(0, divider);
  return { kind: 'block', commands, printed: divider < 0 ? [] : lines.slice(divider + 1) };
}

export function printTranscript(pieces: readonly Piece[]): string {
  const paragraphs = pieces.map((piece) => linesOf(piece).join('\n'));
  return `${paragraphs.join('\n\n')}\n`;
}

function linesOf(piece: Piece): readonly string[] {
  if (piece.kind === 'prose') return piece.lines;
  if (piece.printed.length === 0) return piece.commands;
  return [...piece.commands, DIVIDER, ...piece.printed];
}
