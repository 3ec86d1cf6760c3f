// `run 2s` and `run until part-won reduce-0`: the clock moves, and what is due happens in order.
import { parseDuration } from '../names.ts';
import { wordOf } from './arguments.ts';
import type { Verbs } from './arguments.ts';

const UNTIL = 'until ';

export const TIME: Verbs = {
  run(world, args) {
    if (args.rest.startsWith(UNTIL)) world.runUntil(args.rest.slice(UNTIL.length));
    else world.run(parseDuration(wordOf(args, 0)));
  },
};
