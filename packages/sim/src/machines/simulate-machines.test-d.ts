// What a check may look at has the types of the nodes.
import { expectTypeOf, test } from 'vitest';
import type { Machine, MachineEffect } from './machine.ts';
import { simulateMachines } from './simulate-machines.ts';

interface Counter extends Machine<'count', { readonly total: number }> {
  readonly total: number;
}
interface Echo extends Machine<'count', 'heard'> {
  readonly echoes: boolean;
}

const effects: MachineEffect<'count', never>[] = [];

test('machines, names and outputs are those of the nodes', () => {
  simulateMachines({
    nodes: {
      counter: (): Counter => ({ effects, total: 0 }),
      echo: (): Echo => ({ effects, echoes: true }),
    },
    seed: 'a',
    // @ts-expect-error there is no such node
    spare: ['nobody'],
    always: {
      typed: ({ machine, outputs }) => {
        expectTypeOf(machine('counter')).toEqualTypeOf<Counter | null>();
        expectTypeOf(machine('echo')).toEqualTypeOf<Echo | null>();
        expectTypeOf(outputs[0]?.value).toEqualTypeOf<
          'heard' | { readonly total: number } | undefined
        >();
        // @ts-expect-error there is no such node
        return machine('nobody') === null;
      },
    },
  });
});
