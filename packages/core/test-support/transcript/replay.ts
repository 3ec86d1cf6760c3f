// Replays a transcript: runs its commands in a fresh world and puts what they print in its place.
import { assert } from '../../src/errors/assert.ts';
import { DEFAULT_TIMING } from '../../src/protocol/index.ts';
import { VERBS } from './commands/index.ts';
import { parseArguments } from './commands/arguments.ts';
import { perform } from './effects.ts';
import { parseTranscript, printTranscript } from './transcript.ts';
import type { Piece } from './transcript.ts';
import { World, formatLine } from './world.ts';

export function replayTranscript(text: string): string {
  const world = new World(DEFAULT_TIMING, perform);
  const [first, ...rest] = parseTranscript(text);
  assert(first?.kind === 'prose', 'a transcript begins by saying what it shows');
  const pieces: Piece[] = [first];
  try {
    for (const piece of rest) pieces.push(replayPiece(world, piece));
  } catch (problem) {
    const sofar = [
      ...printTranscript(pieces).split('\n'),
      ...world.lines.slice(-40).map(formatLine),
    ];
    throw new Error(`the transcript cannot go on behind:\n${sofar.join('\n')}`, { cause: problem });
  }
  return printTranscript(pieces);
}

function replayPiece(world: World, piece: Piece): Piece {
  if (piece.kind === 'prose') return piece;
  const { commands } = piece;
  const printed = commands.flatMap((command) => runCommand(world, command));
  return { kind: 'block', commands, printed };
}

/** Runs one command; gives back what happened meanwhile, and then what it has to say itself. */
export function runCommand(world: World, command: string): string[] {
  const args = parseArguments(command);
  const handler = VERBS[args.verb];
  assert(handler !== undefined, `no verb is called ${args.verb}: ${Object.keys(VERBS).join(', ')}`);
  const said = handler(world, args) ?? [];
  const lines = world.lines.slice(world.printed).map(formatLine);
  world.printed = world.lines.length;
  return [...lines, ...said];
}
