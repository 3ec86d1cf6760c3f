// What becomes of an effect: the part of the host in this world. Every delay is a constant, so that
// the order of things can be read off a transcript.
import { assert, unreachable } from '../../src/errors/assert.ts';
import { attemptName } from '../../src/protocol/index.ts';
import type { Effect, JobPlan, JobSpec } from '../../src/protocol/index.ts';
import { describeEnd, describeOperation } from './describe.ts';
import { send } from './deliver.ts';
import { journalEffect } from './journal-effects.ts';
import type { Life } from './life.ts';
import { abandon, discard, fetch, runMap, runReduce } from './task-effects.ts';
import type { World } from './world.ts';

const PLAN_TAKES = 1_000;
const STORE_TAKES = 2_000;

export function perform(world: World, life: Life, effect: Effect): void {
  switch (effect.kind) {
    case 'send':
      return send(world, { from: life.node, to: effect.to, message: effect.message });
    case 'set-timer':
      return setTimer(world, life, effect.timer, effect.after);
    case 'cancel-timer':
      life.timers.delete(effect.timer);
      return;
    case 'run-map':
      return runMap(world, life, effect);
    case 'fetch':
      return fetch(world, life, effect);
    case 'run-reduce':
      return runReduce(world, life, effect);
    case 'abandon':
      return abandon(world, life, effect.attempt);
    case 'discard':
      return discard(world, life, effect.attempt);
    case 'store':
      return operate(world, life, effect);
    case 'plan':
      return world.complete(life, PLAN_TAKES, effect.effect, {
        kind: 'planned',
        plan: planOf(world, effect.spec),
      });
    case 'journal-list':
    case 'journal-create':
    case 'journal-read':
    case 'journal-write':
      return journalEffect(world, life, effect);
    case 'resign':
      life.dead = true;
      return world.log(life.node, null, `resigns: ${effect.reason}`);
    case 'tell-user':
      return world.log(life.node, null, describeEnd(effect));
    default:
      return unreachable(effect);
  }
}

function setTimer(world: World, life: Life, timer: number, after: number): void {
  const setting = (life.timers.get(timer) ?? 0) + 1;
  life.timers.set(timer, setting);
  world.later(life, after, () => {
    if (life.timers.get(timer) !== setting) return;
    world.call(life, () => life.machine.timer(world.now, timer));
  });
}

/** An operation under way reaches the store even when the process that sent it has died. */
function operate(world: World, life: Life, effect: Extract<Effect, { kind: 'store' }>): void {
  const { slow } = world.store;
  const takes = slow.get(effect.operation.kind) ?? STORE_TAKES;
  slow.delete(effect.operation.kind);
  world.later(null, takes, () => {
    const { operation } = effect;
    const answer = world.store.perform(operation);
    world.log(life.node, null, `${describeOperation(operation)}: ${answer}`);
    const workspace =
      operation.kind === 'upload' ? life.workspaces.get(attemptName(operation.attempt)) : undefined;
    if (workspace !== undefined) workspace.over = answer !== 'unclear';
    world.complete(life, 0, effect.effect, { kind: 'store', answer });
  });
}

function planOf(world: World, spec: JobSpec): JobPlan {
  const maps = world.mapsOf.get(spec.job);
  assert(maps !== undefined, 'a job is planned after it was submitted');
  const splits = Array.from({ length: maps }, (_, index) => ({
    file: 0,
    start: index * 100,
    length: 100,
    identity: 1,
  }));
  return { ...spec, splits };
}
