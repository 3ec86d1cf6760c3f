// The journal as its primary reaches it: every step takes a moment, and at every step of an append
// the process can be made to stop.
import { unreachable } from '../../src/errors/assert.ts';
import type { Effect } from '../../src/protocol/index.ts';
import { describeEntry } from './describe.ts';
import type { Life, StoppingPoint } from './life.ts';
import type { World } from './world.ts';

type JournalEffect = Extract<
  Effect,
  { kind: 'journal-list' | 'journal-create' | 'journal-read' | 'journal-write' }
>;

const JOURNAL_TAKES = 1_000;

export function journalEffect(world: World, life: Life, effect: JournalEffect): void {
  switch (effect.kind) {
    case 'journal-list':
      return list(world, life, effect);
    case 'journal-create':
      return world.later(life, JOURNAL_TAKES, () => {
        const created = world.journal.create(effect.epoch) ? 'created' : 'exists';
        world.mutter(life.node, null, `creates the marker of epoch ${effect.epoch}: ${created}`);
        world.complete(life, 0, effect.effect, { kind: 'journal-created', created });
      });
    case 'journal-read':
      return world.later(life, JOURNAL_TAKES, () => {
        const read = world.journal.read(effect.epoch);
        const count = read.entries.length;
        world.mutter(life.node, null, `reads ${count} entries of epoch ${effect.epoch}`);
        world.complete(life, 0, effect.effect, { kind: 'journal-read', ...read });
      });
    case 'journal-write':
      return write(world, life, effect);
    default:
      return unreachable(effect);
  }
}

function write(
  world: World,
  life: Life,
  effect: Extract<JournalEffect, { kind: 'journal-write' }>,
): void {
  const texts = effect.entries.map((entry) => describeEntry(world.contents, entry));
  const { barrier } = life;
  const isIt = barrier !== null && texts.some((text) => text.includes(barrier.text));
  if (isIt) stopAt(world, life, 'append');
  world.later(life, JOURNAL_TAKES, () => {
    life.atBarrier = isIt;
    world.journal.write(effect.epoch, effect.entries);
    const epoch = effect.epoch > 1 ? ` in epoch ${effect.epoch}` : '';
    for (const text of texts) world.log(life.node, null, `journals${epoch} ${text}`);
    world.complete(life, 0, effect.effect, { kind: 'journal-written', ok: true });
  });
}

function list(
  world: World,
  life: Life,
  effect: Extract<JournalEffect, { kind: 'journal-list' }>,
): void {
  const isIt = life.atBarrier;
  life.atBarrier = false;
  if (isIt) stopAt(world, life, 'check');
  world.later(life, JOURNAL_TAKES, () => {
    const epochs = world.journal.epochs();
    world.mutter(life.node, null, `sees the markers of epochs ${epochs.join(', ') || 'none'}`);
    if (isIt) stopAt(world, life, 'acting');
    world.complete(life, 0, effect.effect, { kind: 'journal-list', epochs });
  });
}

function stopAt(world: World, life: Life, point: StoppingPoint): void {
  if (life.barrier?.point === point) world.pause(life);
}
