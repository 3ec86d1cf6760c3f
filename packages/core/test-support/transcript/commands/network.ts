// What the network does to messages. `hold primary -> replica-1 assign` keeps them in a pool until
// `release`; `lose …` loses them until `heal`; `lose next …` and `duplicate next …` mean one letter.
// `cut fetches from replica-1` and `cut fetches by replica-1` break the data plane only.
import { assert } from '../../../src/errors/assert.ts';
import { describeMessage } from '../describe.ts';
import { release } from '../deliver.ts';
import { nodeName, nodeNamed } from '../names.ts';
import type { Rule } from '../network.ts';
import type { World } from '../world.ts';
import { wordOf } from './arguments.ts';
import type { Arguments, Verbs } from './arguments.ts';

export const NETWORK: Verbs = {
  hold: (world, args) => addRule(world, args, 'hold'),
  lose: (world, args) => addRule(world, args, 'lose'),
  duplicate: (world, args) => addRule(world, args, 'duplicate'),

  release: (world) => release(world),

  cut(world, args) {
    assert(args.words[0] === 'fetches', 'only fetches are cut; messages are lost');
    const node = nodeNamed(wordOf(args, 2));
    const { unreadable, unreading } = world.network;
    (args.words[1] === 'by' ? unreading : unreadable).add(node);
  },

  heal(world) {
    world.network.remove('lose');
    world.network.unreadable.clear();
    world.network.unreading.clear();
  },

  pool(world) {
    const held = world.network.held();
    if (held.length === 0) return ['(nothing is held)'];
    return held.map(
      ({ from, to, message }) =>
        `${nodeName(from)} -> ${nodeName(to)}: ${describeMessage(world.contents, message)}`,
    );
  },
};

/** `[next] FROM -> TO [KIND]`, where FROM and TO may be `*`. */
function addRule(world: World, args: Arguments, action: Rule['action']): void {
  const isNext = args.words[0] === 'next';
  const [from, arrow, to, kind = '*'] = isNext ? args.words.slice(1) : args.words;
  assert(from !== undefined && to !== undefined && arrow === '->', `${args.verb} FROM -> TO`);
  world.network.add({ action, from, to, kind, left: isNext ? 1 : Number.POSITIVE_INFINITY });
}
