// Two held primaries: one is paused around an append to its journal, a successor opens the journal and
// runs the job, and the old one wakes. Whatever it was about to do, and whenever it wakes, the cluster
// goes the way it would have gone had the old primary died instead.
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../test-support/transcript/replay.ts';
import { perform } from '../../test-support/transcript/effects.ts';
import type { StoppingPoint } from '../../test-support/transcript/life.ts';
import { PRIMARY, SUCCESSOR, nodeName, replicaNode } from '../../test-support/transcript/names.ts';
import { World } from '../../test-support/transcript/world.ts';
import { DEFAULT_TIMING } from '../protocol/index.ts';

/** What the user and the user's code do; each job ends in one of the three ways. */
const STORIES: Record<string, readonly [at: number, command: string][]> = {
  'a job that succeeds': [[100_000, 'submit wc maps=2 reduces=2']],
  'a job that fails': [
    [0, 'task map-1 fails=LISPING_E_MAP_THREW'],
    [100_000, 'submit wc maps=2 reduces=1'],
  ],
  'a job that is cancelled': [
    [100_000, 'submit wc maps=2 reduces=2'],
    [3_500_000, 'cancel wc'],
  ],
};
const POINTS: readonly StoppingPoint[] = ['append', 'check', 'acting'];
/** Long enough for the job to end twice over. */
const LONG = 60_000_000;

/** A cluster in which everything of the story is due, and nothing has happened yet. */
function begin(story: string): World {
  const world = new World(DEFAULT_TIMING, perform);
  world.startPrimary(PRIMARY);
  world.startClient();
  for (const index of [1, 2]) {
    world.later(null, index * 10_000, () => world.startReplica(replicaNode(index)));
  }
  for (const [at, command] of STORIES[story] ?? []) {
    world.later(null, at, () => void runCommand(world, command));
  }
  return world;
}

/** Every entry that the primary of this story appends, as transcripts print it. */
function appendsOf(story: string): string[] {
  const world = begin(story);
  world.run(LONG);
  return world.lines.flatMap(({ what }) => (what.startsWith('journals ') ? [what.slice(9)] : []));
}

interface Pause {
  readonly story: string;
  readonly entry: string;
  readonly point: StoppingPoint;
}

/** The old primary is paused, the successor has opened the journal. */
function takeOver({ story, entry, point }: Pause): World {
  const world = begin(story);
  world.life(PRIMARY).barrier = { point, text: entry };
  world.runUntil('primary is paused');
  world.startPrimary(SUCCESSOR);
  world.runUntil('successor journals in epoch 2 adoption');
  world.run(2_000);
  return world;
}

/**
 * What was decided, done and told, and what is left of it. Not when: an old primary that is still
 * listened to by somebody who has not heard of its successor may cost that somebody a second.
 */
function outcome(world: World): unknown {
  const { lines } = world;
  world.printed = lines.length;
  return {
    ran: lines.flatMap(({ from, what }) =>
      what.startsWith('runs ') ? [`${nodeName(from)} ${what}`] : [],
    ),
    told: lines.flatMap(({ what }) => (what.startsWith('tells its user') ? [what] : [])),
    journal: world.journal.history(),
    store: world.store.print(world.contents),
    disks: runCommand(world, 'show disks'),
    scoreboard: runCommand(world, 'show scoreboard'),
  };
}

describe.each(Object.keys(STORIES))('%s', (story) => {
  const pauses = appendsOf(story)
    .flatMap((entry) => POINTS.map((point) => ({ entry, point })))
    // To act on an adoption is to be open, which decides nothing: only the order of joins may differ.
    .filter(({ entry, point }) => !(point === 'acting' && entry.startsWith('adoption')));

  test.each(pauses)('goes its way when the old primary wakes: $point of $entry', (pause) => {
    const dead = takeOver({ story, ...pause });
    dead.crash(PRIMARY);
    dead.run(LONG);

    for (const wakesAfter of [0, 1_000_000, 10_000_000, 50_000_000]) {
      const woken = takeOver({ story, ...pause });
      woken.run(wakesAfter);
      woken.resume(woken.life(PRIMARY));
      woken.run(LONG - wakesAfter);
      expect(woken.life(PRIMARY).dead, 'the old primary has resigned').toBe(true);
      expect(outcome(woken)).toEqual(outcome(dead));
    }
  });

  test.each(pauses)('goes its way in a third epoch, too: $point of $entry', (pause) => {
    const [dead, woken] = [takeOver({ story, ...pause }), takeOver({ story, ...pause })];
    dead.crash(PRIMARY);
    woken.resume(woken.life(PRIMARY));
    for (const world of [dead, woken]) {
      world.runUntil('successor -> replica-1 welcome');
      world.crash(SUCCESSOR);
      // Who has resigned or crashed is not there to be paused.
      if (!world.life(PRIMARY).dead) world.crash(PRIMARY);
      world.startPrimary(PRIMARY);
      world.run(LONG);
    }
    expect(outcome(woken)).toEqual(outcome(dead));
  });
});
