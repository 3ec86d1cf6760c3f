// `cluster replicas=3 slots=2`: a primary, replicas that join one after the other, and a client.
// Prints how they join only with `cluster … aloud`. `page=2` makes pages of two entries.
import { CLIENT, PRIMARY, replicaNode } from '../names.ts';
import type { World } from '../world.ts';
import { numberOf } from './arguments.ts';
import type { Arguments, Verbs } from './arguments.ts';

/** Apart from each other, so that heartbeats do not all fall on one instant. */
const APART = 10_000;
const SETTLED = 100_000;

export const CLUSTER: Verbs = {
  cluster(world, args) {
    build(world, args);
    if (!args.words.includes('aloud')) world.printed = world.lines.length;
  },
};

function build(world: World, args: Arguments): void {
  const replicas = numberOf(args, 'replicas', 3);
  const slots = numberOf(args, 'slots', 1);
  world.timing = { ...world.timing, page: numberOf(args, 'page', world.timing.page) };
  world.startPrimary(PRIMARY);
  for (let index = 1; index <= replicas; index++) {
    world.run(APART);
    world.startReplica(replicaNode(index), slots);
  }
  world.run(SETTLED);
  if (world.findLife(CLIENT) === undefined) world.startClient();
}
