/** Reads the target of a fault of a link: `a->b`, `a<->b`, with `*` for everybody. */
import type { NodeId } from '@lisping/core';
import { ANYBODY } from './network.ts';

export interface Direction {
  readonly from: number;
  readonly to: number;
}

/** The node of that name, or null when there is none. */
export type NodeOf = (name: string) => NodeId | null;

/** The directions meant, or null when the text names none. */
export function directionsOf(target: string, nodeOf: NodeOf): readonly Direction[] | null {
  const both = target.includes('<->');
  const names = target.split(both ? '<->' : '->');
  if (names.length !== 2) return null;
  const [from, to] = names.map((name) => (name === '*' ? ANYBODY : nodeOf(name)));
  if (from === undefined || to === undefined || from === null || to === null) return null;
  if (from === to && from !== ANYBODY) return null; // what a node tells itself takes no link
  return both
    ? [
        { from, to },
        { from: to, to: from },
      ]
    : [{ from, to }];
}
