// What users' code and disks do: `task map-1 on=replica-2 takes=20s`, `task map-1 run=2 bytes=B`,
// `task reduce-0 fails=LISPING_E_REDUCE_THREW`, `task map-1 dies=7`, `damage map-0 at replica-1
// partition=0`, `store full`, `store unclear upload`, `store slow publish takes=5s` (the
// last two mean the next operation of that kind).
import { assert } from '../../../src/errors/assert.ts';
import { ERRORS } from '../../../src/errors/codes.ts';
import type { ErrorCode } from '../../../src/errors/codes.ts';
import type { StoreOperation } from '../../../src/protocol/index.ts';
import { nodeNamed, parseDuration } from '../names.ts';
import type { TaskRule } from '../tasks.ts';
import { numberOf, wordOf } from './arguments.ts';
import type { Arguments, Verbs } from './arguments.ts';

export const WORLD_FAULTS: Verbs = {
  task(world, args) {
    world.tasks.add(ruleOf(args));
  },

  damage(world, args) {
    const map = Number(wordOf(args, 0).slice('map-'.length));
    world.disks.damage(nodeNamed(wordOf(args, 2)), map, numberOf(args, 'partition', 0));
  },

  store(world, args) {
    const state = wordOf(args, 0);
    switch (state) {
      case 'full':
      case 'free':
        world.store.full = state === 'full';
        return;
      case 'unclear':
        world.store.unclear.push(operationOf(args));
        return;
      case 'slow':
        world.store.slow.set(operationOf(args), parseDuration(args.options.get('takes') ?? '1s'));
        return;
      default:
        assert(false, 'a store is full, free, unclear or slow');
    }
  },
};

/** The operations of the store that transcripts disturb. */
const DISTURBED = ['make-output', 'make-temporary', 'upload', 'publish'] as const;

function operationOf(args: Arguments): StoreOperation['kind'] {
  const word = wordOf(args, 1);
  const kind = DISTURBED.find((other) => other === word);
  assert(kind !== undefined, `no transcript disturbs ${word}`);
  return kind;
}

function ruleOf(args: Arguments): TaskRule {
  const { options } = args;
  const rule: { -readonly [K in keyof TaskRule]: TaskRule[K] } = { task: wordOf(args, 0) };
  const [on, run, takes] = [options.get('on'), options.get('run'), options.get('takes')];
  const [bytes, fails, dies] = [options.get('bytes'), options.get('fails'), options.get('dies')];
  if (on !== undefined) rule.on = on;
  if (run !== undefined) rule.run = Number(run);
  if (takes !== undefined) rule.takes = parseDuration(takes);
  if (bytes !== undefined) rule.bytes = bytes;
  if (fails !== undefined) rule.fails = errorCode(fails);
  if (dies !== undefined) rule.dies = Number(dies);
  return rule;
}

function errorCode(text: string): ErrorCode {
  const isCode = (name: string): name is ErrorCode => name in ERRORS;
  assert(isCode(text), `${text} is no error code`);
  return text;
}
