// `run 2s` and `run until part-won reduce-0`: the clock moves, and what is due happens in order.
// `skip …` does the same and prints nothing of it, where other transcripts have shown it.
import { parseDuration } from '../names.ts';
import type { World } from '../world.ts';
import { wordOf } from './arguments.ts';
import type { Arguments, Verbs } from './arguments.ts';

const UNTIL = 'until ';

export const TIME: Verbs = {
  run,
  skip(world, args) {
    run(world, args);
    world.printed = world.lines.length;
  },
};

function run(world: World, args: Arguments): void {
  if (args.rest.startsWith(UNTIL)) world.runUntil(args.rest.slice(UNTIL.length));
  else world.run(parseDuration(wordOf(args, 0)));
}
