/** Which faults strike machines of other people, and what is wrong with one that does not. */
import { nearestName, unreachable } from '@lisping/core';
import type { NodeId } from '@lisping/core';
import type { FaultKind } from '../fault.ts';
import type { ProblemOf } from '../fault-list.ts';
import { directionsOf } from '../link-target.ts';

/** Kinds that strike any machine, in the order in which summaries print them. */
export const MACHINE_FAULT_KINDS: readonly FaultKind[] = [
  'crash',
  'crash-at-write',
  'pause',
  'slow',
  'clock',
  'cut',
  'loss',
  'duplication',
  'delay',
  'reorder',
  'hold',
  'disk-full',
  'disk-slow',
  'tie',
];

/** What is wrong with a fault in a world of these nodes. */
export function machineProblem(nodes: readonly string[]): ProblemOf {
  // The cast puts the brand on a number that only says that there is a node.
  const nodeOf = (name: string): NodeId | null =>
    nodes.includes(name) ? (nodes.indexOf(name) as NodeId) : null;
  return (kind, target) => {
    switch (kind) {
      case 'crash':
      case 'crash-at-write':
      case 'pause':
      case 'slow':
      case 'clock':
      case 'disk-full':
      case 'disk-slow':
        return nodeOf(target) === null ? notThere(target, nodes) : null;
      case 'cut':
      case 'loss':
      case 'duplication':
      case 'delay':
      case 'reorder':
      case 'hold':
        if (directionsOf(target, nodeOf) !== null) return null;
        return `target ${JSON.stringify(target)} is no link between two nodes that are there; write a->b, a<->b or a->*`;
      case 'tie':
        return target === '*' ? null : `the target of tie is "*", not ${JSON.stringify(target)}`;
      case 'successor':
      case 'damage':
      case 'journal-slow':
      case 'journal-cut':
      case 'journal-full':
      case 'store-full':
      case 'store-slow':
      case 'task':
      case 'cancel':
        return `${kind} strikes clusters of Lisping alone; machines know ${MACHINE_FAULT_KINDS.join(', ')}`;
      default:
        return unreachable(kind);
    }
  };
}

function notThere(target: string, nodes: readonly string[]): string {
  const near = nearestName(target, nodes);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return `target ${JSON.stringify(target)} is not there; nodes are ${nodes.join(', ')}${hint}`;
}
