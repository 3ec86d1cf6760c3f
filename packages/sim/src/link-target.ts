/** Reads the target of a fault of a link: `a->b`, `a<->b`, with `*` for everybody. */
import { nodeOfName } from './address.ts';
import { ANYBODY } from './network.ts';

export interface Direction {
  readonly from: number;
  readonly to: number;
}

/** The directions meant, or null when the text names none. */
export function directionsOf(target: string, replicas: number): readonly Direction[] | null {
  const both = target.includes('<->');
  const names = target.split(both ? '<->' : '->');
  if (names.length !== 2) return null;
  const [from, to] = names.map((name) => (name === '*' ? ANYBODY : nodeOfName(name, replicas)));
  if (from === undefined || to === undefined || from === null || to === null) return null;
  if (from === to && from !== ANYBODY) return null; // what a node tells itself takes no link
  return both
    ? [
        { from, to },
        { from: to, to: from },
      ]
    : [{ from, to }];
}
