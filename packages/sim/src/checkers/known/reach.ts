/** Which replicas a fault may have cost something, and until when. */
import { nodeId } from '@lisping/core';
import type { Microseconds } from '@lisping/core';
import { nodeOfName, replicaIndex } from '../../address.ts';
import type { Fault } from '../../fault.ts';
import { directionsOf } from '../../link-target.ts';
import { ANYBODY } from '../../network.ts';

export interface Reach {
  readonly fault: Fault;
  readonly from: Microseconds;
  /** Infinite where it is not over before the world heals. */
  readonly until: Microseconds;
  /** Indices of replicas; `all` where nobody can be told to have been spared. */
  readonly replicas: ReadonlySet<number> | 'all';
  /** It was nothing but a fault of links between replicas: the primary hears both sides. */
  readonly isBetweenReplicas: boolean;
}

const NOBODY: ReadonlySet<number> = new Set();

export function reachOf(fault: Fault, replicas: number): Reach {
  const struck = struckBy(fault, replicas);
  return {
    fault,
    from: fault.at,
    until: endOf(fault),
    replicas: struck,
    isBetweenReplicas: /^replica-\d+<?->replica-\d+$/.test(fault.target),
  };
}

function endOf(fault: Fault): Microseconds {
  if (fault.kind === 'crash-at-write') {
    return fault.down === null ? Number.POSITIVE_INFINITY : fault.until + fault.down;
  }
  // Whoever was damaged stays so until somebody looks.
  if (fault.kind === 'damage' || fault.kind === 'successor') return Number.POSITIVE_INFINITY;
  if (!('until' in fault) || fault.until === null) return Number.POSITIVE_INFINITY;
  return fault.until + ('by' in fault ? (fault.by ?? 0) : 0);
}

function struckBy(fault: Fault, replicas: number): ReadonlySet<number> | 'all' {
  const { kind, target } = fault;
  switch (kind) {
    case 'slow':
    case 'cancel':
    case 'tie':
      return NOBODY;
    case 'crash':
    case 'crash-at-write':
    case 'pause':
    case 'clock':
    case 'damage':
    case 'disk-full':
    case 'disk-slow':
      if (target === 'client') return NOBODY;
      if (!target.startsWith('replica-')) return 'all';
      return new Set([Number(target.replace('replica-', ''))]);
    case 'cut':
    case 'loss':
    case 'duplication':
    case 'delay':
    case 'reorder':
    case 'hold':
      return endsOf(target, replicas);
    case 'successor':
    case 'journal-slow':
    case 'journal-cut':
    case 'journal-full':
    case 'store-full':
    case 'store-slow':
    case 'task':
      return 'all';
  }
}

/** A link of one replica to everybody is that replica's matter. */
function endsOf(target: string, replicas: number): ReadonlySet<number> | 'all' {
  const ends = new Set<number>();
  let isEverybody = false;
  for (const { from, to } of directionsOf(target, (name) => nodeOfName(name, replicas)) ?? []) {
    for (const node of [from, to]) {
      if (node === ANYBODY) isEverybody = true;
      else if (replicaIndex(nodeId(node)) >= 0) ends.add(replicaIndex(nodeId(node)));
    }
  }
  return isEverybody && ends.size === 0 ? 'all' : ends;
}
