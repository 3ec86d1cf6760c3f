/** What each kind of fault can strike, and what is wrong with a target that is none of that. */
import { unreachable } from '@lisping/core';
import { nodeOfName } from './address.ts';
import type { FaultKind } from './fault.ts';
import { directionsOf } from './link-target.ts';

/** Why a fault of the kind cannot strike what the text names, or null when it can. */
export function problemOfTarget(
  kind: FaultKind,
  target: string,
  replicas: number,
  wiped = false,
): string | null {
  const named = JSON.stringify(target);
  if (wiped && !target.startsWith('replica-') && nodeOfName(target, replicas) !== null) {
    return `the disk of ${named} is outside the promise; only replicas lose theirs`;
  }
  switch (kind) {
    case 'cut':
    case 'loss':
    case 'duplication':
    case 'delay':
    case 'reorder':
    case 'hold':
      if (directionsOf(target, (name) => nodeOfName(name, replicas)) !== null) return null;
      return `target ${named} is no link between two nodes that are there; write a->b, a<->b or a->*`;
    case 'successor':
      return onlyTarget(kind, 'successor', target);
    case 'cancel':
      return onlyTarget(kind, 'client', target);
    case 'store-full':
    case 'store-slow':
      return onlyTarget(kind, 'store', target);
    case 'tie':
      return onlyTarget(kind, '*', target);
    case 'journal-slow':
    case 'journal-cut':
    case 'journal-full':
      if (['journal', 'primary', 'successor'].includes(target)) return null;
      return `the target of ${kind} is "journal", or "primary" or "successor" for its way there, not ${named}`;
    case 'crash':
    case 'clock':
      if (target === 'store') {
        return kind === 'crash'
          ? 'the store does not crash; pause it or cut it off'
          : 'the store has no clock of its own';
      }
      return notThere(target, replicas);
    case 'crash-at-write':
      if (target === 'store' || target === 'client') {
        return `the target of ${kind} is a primary or a replica, not ${named}`;
      }
      return notThere(target, replicas);
    case 'task':
      if (target === '*') return null;
      return replicaOnly(kind, target) ?? notThere(target, replicas);
    case 'slow':
    case 'damage':
    case 'disk-full':
    case 'disk-slow':
      return replicaOnly(kind, target) ?? notThere(target, replicas);
    case 'pause':
      return notThere(target, replicas);
    default:
      return unreachable(kind);
  }
}

function onlyTarget(kind: FaultKind, only: string, target: string): string | null {
  if (target === only) return null;
  return `the target of ${kind} is "${only}", not ${JSON.stringify(target)}`;
}

function replicaOnly(kind: FaultKind, target: string): string | null {
  if (target.startsWith('replica-')) return null;
  return `the target of ${kind} is a replica, not ${JSON.stringify(target)}`;
}

function notThere(target: string, replicas: number): string | null {
  if (nodeOfName(target, replicas) !== null) return null;
  return (
    `target ${JSON.stringify(target)} is not there; nodes are client, store, primary, successor ` +
    `and replica-0 to replica-${replicas - 1}`
  );
}
