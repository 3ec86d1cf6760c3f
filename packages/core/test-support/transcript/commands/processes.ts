// Processes: `crash replica-1`, `restart replica-1 disk=wiped`, `pause primary`,
// `pause primary before append of part-won`, `resume primary`, `start successor`.
import { assert } from '../../../src/errors/assert.ts';
import type { StoppingPoint } from '../life.ts';
import { isPrimaryNode, nodeNamed } from '../names.ts';
import { wordOf } from './arguments.ts';
import type { Arguments, Verbs } from './arguments.ts';

export const PROCESSES: Verbs = {
  crash(world, args) {
    world.crash(nodeNamed(wordOf(args, 0)));
  },

  restart(world, args) {
    const node = nodeNamed(wordOf(args, 0));
    if (args.options.get('disk') === 'wiped') world.disks.wipe(node);
    world.log(node, null, 'starts again');
    if (isPrimaryNode(node)) world.startPrimary(node);
    else world.startReplica(node);
  },

  start(world, args) {
    const node = nodeNamed(wordOf(args, 0));
    assert(isPrimaryNode(node), 'replicas start with the cluster');
    world.log(node, null, 'starts');
    world.startPrimary(node);
  },

  pause(world, args) {
    const life = world.life(nodeNamed(wordOf(args, 0)));
    if (args.words.length === 1) return world.pause(life);
    life.barrier = { point: pointOf(args), text: args.words.slice(4).join(' ') };
  },

  resume(world, args) {
    world.resume(world.life(nodeNamed(wordOf(args, 0))));
  },
};

/** `before append of X`, `before check of X`, `after check of X`. */
function pointOf({ words }: Arguments): StoppingPoint {
  const [, when, what, of] = words;
  assert(of === 'of', 'a primary is paused before or after something of an entry');
  if (when === 'before' && what === 'append') return 'append';
  if (when === 'before' && what === 'check') return 'check';
  assert(when === 'after' && what === 'check', 'a primary acts after its check');
  return 'acting';
}
