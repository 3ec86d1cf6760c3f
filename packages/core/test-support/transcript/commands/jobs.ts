// `submit wc maps=4 reduces=2`, `cancel wc`: what the user asks the client for.
import { assert } from '../../../src/errors/assert.ts';
import { jobId } from '../../../src/protocol/index.ts';
import type { Client } from '../../../src/protocol/client/client.ts';
import { CLIENT } from '../names.ts';
import type { World } from '../world.ts';
import { numberOf, wordOf } from './arguments.ts';
import type { Verbs } from './arguments.ts';

export const JOBS: Verbs = {
  submit(world, args) {
    const name = wordOf(args, 0);
    world.mapsOf.set(name, numberOf(args, 'maps', 2));
    ask(world, (client) =>
      client.submit(world.now, {
        job: jobId(name),
        inputs: ['input'],
        splitBytes: 100,
        reduces: numberOf(args, 'reduces', 1),
        output: args.options.get('output') ?? 'out',
        code: 1,
      }),
    );
  },

  cancel(world, args) {
    ask(world, (client) => client.cancel(world.now, jobId(wordOf(args, 0))));
  },
};

function ask(world: World, verb: (client: Client) => void): void {
  const { client } = world;
  assert(client !== null, 'a cluster comes before its jobs');
  world.call(world.life(CLIENT), () => verb(client));
}
