// Messages on their way, and what is printed of them. A message is printed when it arrives; one that
// is held, lost or has nobody to arrive at, when that becomes clear.
import type { Message } from '../../src/protocol/index.ts';
import { describeMessage, isNoise } from './describe.ts';
import type { Life } from './life.ts';
import { CLIENT, isPrimaryNode } from './names.ts';
import type { Letter } from './network.ts';
import type { World } from './world.ts';

const MESSAGE_TAKES = 1_000;

export function send(world: World, letter: Letter): void {
  const verdict = world.network.judge(letter);
  switch (verdict) {
    case 'lose':
      return print(world, letter, ' (lost)');
    case 'hold':
      world.network.hold(letter);
      return print(world, letter, ' (held)');
    case 'duplicate':
      post(world, letter);
      return post(world, letter);
    case 'deliver':
      return post(world, letter);
  }
}

/** Everything that was held goes on its way. */
export function release(world: World): void {
  world.network.remove('hold');
  for (const letter of world.network.takeHeld()) post(world, letter);
}

function post(world: World, letter: Letter): void {
  world.later(null, MESSAGE_TAKES, () => arrive(world, letter));
}

function arrive(world: World, letter: Letter): void {
  const life = world.findLife(letter.to);
  if (life === undefined || life.dead) return print(world, letter, ' (nobody is there)');
  if (life.paused) {
    const action = (): void => receive(world, life, letter);
    life.waiting.push({ at: world.now, order: 0, life, action });
    return;
  }
  receive(world, life, letter);
}

function receive(world: World, life: Life, letter: Letter): void {
  print(world, letter, remarks(world, life, letter));
  if (letter.to === CLIENT)
    world.heardByClient = Math.max(world.heardByClient, letter.message.epoch);
  world.call(life, () => life.machine.receive(world.now, letter.from, letter.message));
}

function print(world: World, { from, to, message }: Letter, remark: string): void {
  const what = describeMessage(world.contents, message) + remark;
  if (isNoise(message) || isRepeatedNews(world, message)) world.mutter(from, to, what);
  else world.log(from, to, what);
}

/** A client that asks every two seconds hears the same every two seconds. */
function isRepeatedNews(world: World, message: Message): boolean {
  if (message.kind !== 'news') return false;
  if (world.newsShown.get(message.job) === message.status) return true;
  world.newsShown.set(message.job, message.status);
  return false;
}

/** What the envelope says, where it is not what the receiver takes to be current. */
function remarks(world: World, life: Life, { from, message }: Letter): string {
  const current = life.epoch();
  const told = message.kind !== 'current' && from !== CLIENT;
  // A client that hears of a new epoch for the first time hears nothing out of the ordinary.
  const isOrdinary = message.epoch === current || (life.node === CLIENT && message.epoch > current);
  const ofEpoch = told && !isOrdinary ? ` [of epoch ${message.epoch}]` : '';
  const replica = isPrimaryNode(life.node) ? world.findLife(from) : life;
  const knowsLives =
    told && life.node !== CLIENT && replica !== undefined && !isPrimaryNode(replica.node);
  const ofLife =
    knowsLives && message.incarnation !== replica.number ? ` [of life ${message.incarnation}]` : '';
  return ofEpoch + ofLife;
}
