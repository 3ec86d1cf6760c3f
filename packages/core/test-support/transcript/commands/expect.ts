// `expect TEXT` and `expect no TEXT`: what has been printed so far. They make a promise that
// re-recording a transcript cannot quietly break.
import { assert } from '../../../src/errors/assert.ts';
import { contains } from '../world.ts';
import type { World } from '../world.ts';
import type { Verbs } from './arguments.ts';

const NO = 'no ';
const STORE = 'store ';

export const EXPECT: Verbs = {
  expect(world, { rest }) {
    if (rest.startsWith(NO)) {
      const text = rest.slice(NO.length);
      assert(!isPrinted(world, text), `nobody expects to read: ${text}`);
    } else if (rest.startsWith(STORE)) {
      const text = rest.slice(STORE.length);
      const lines = world.store.print(world.contents);
      assert(lines.join(', ') === text, `the store holds ${lines.join(', ')}, not ${text}`);
    } else assert(isPrinted(world, rest), `nothing that was printed contains: ${rest}`);
  },
};

function isPrinted(world: World, text: string): boolean {
  return world.lines.some((line) => contains(line, text));
}
