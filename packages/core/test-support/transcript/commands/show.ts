// `show scoreboard|journal|store|disks`: what somebody sees who looks now. `verbose on` prints
// heartbeats and the primary's every look at its journal, too.
import { assert } from '../../../src/errors/assert.ts';
import { attemptName } from '../../../src/protocol/index.ts';
import { describeEntry } from '../describe.ts';
import { nodeName, replicaNode } from '../names.ts';
import type { World } from '../world.ts';
import { wordOf } from './arguments.ts';
import type { Verbs } from './arguments.ts';

export const SHOW: Verbs = {
  show(world, args) {
    const what = wordOf(args, 0);
    switch (what) {
      case 'scoreboard':
        return scoreboard(world);
      case 'journal':
        return journal(world);
      case 'store':
        return world.store.print(world.contents);
      case 'disks':
        return disks(world);
      default:
        return assert(false, `nothing that is called ${what} can be shown`);
    }
  },

  verbose(world, args) {
    world.verbose = wordOf(args, 0) === 'on';
  },
};

function scoreboard(world: World): string[] {
  assert(world.primary !== null, 'a primary keeps the scoreboard');
  return world.primary
    .scoreboard()
    .map(
      ({ replica, state, running, held }) =>
        `${nodeName(replica)}  ${state.padEnd(9)}  running ${running}  holds ${held}`,
    );
}

function journal(world: World): string[] {
  return world.journal.epochs().flatMap((epoch) => {
    const counted = world.journal.counted(epoch);
    return world.journal.read(epoch).entries.map((entry, index) => {
      const doubt = index < counted ? '' : '   (never happened)';
      return `epoch ${epoch}  ${describeEntry(world.contents, entry)}${doubt}`;
    });
  });
}

function disks(world: World): string[] {
  const lines: string[] = [];
  for (let index = 1; ; index++) {
    const node = replicaNode(index);
    if (world.findLife(node) === undefined) return lines;
    const names = world.disks.held(node).map((output) => attemptName(output.attempt));
    lines.push(`${nodeName(node)}  ${names.join(', ') || '(nothing)'}`);
  }
}
