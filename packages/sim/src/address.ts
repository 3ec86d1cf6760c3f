/**
 * Who lives where. Nodes are small dense integers, so that everything about a node is found in an
 * array; people and fault records use names.
 */
import { nodeId } from '@lisping/core';
import type { NodeId } from '@lisping/core';

export const CLIENT: NodeId = nodeId(0);
export const STORE: NodeId = nodeId(1);
export const PRIMARY: NodeId = nodeId(2);
export const SUCCESSOR: NodeId = nodeId(3);

const FIRST_REPLICA = 4;
const FIXED_NAMES: readonly string[] = ['client', 'store', 'primary', 'successor'];

/** The node of a replica, counted from 0. */
export function replicaNode(index: number): NodeId {
  return nodeId(FIRST_REPLICA + index);
}

/** Which replica lives at this node, or -1 when another process does. */
export function replicaIndex(node: NodeId): number {
  return node < FIRST_REPLICA ? -1 : node - FIRST_REPLICA;
}

/** What kind of process lives at a node; small integers, so that tables can be made over them. */
export const ROLE = { other: 0, primary: 1, replica: 2 } as const;
export const ROLES = 3;
export type Role = (typeof ROLE)[keyof typeof ROLE];

export function roleOf(node: NodeId): Role {
  if (node >= FIRST_REPLICA) return ROLE.replica;
  return isPrimary(node) ? ROLE.primary : ROLE.other;
}

/** The primary, or the one that is started beside it. */
export function isPrimary(node: NodeId): boolean {
  return node === PRIMARY || node === SUCCESSOR;
}

/** How many nodes a world with this many replicas has. */
export function nodeCount(replicas: number): number {
  return FIRST_REPLICA + replicas;
}

/** `client`, `store`, `primary`, `successor`, `replica-0`, … */
export function nodeName(node: NodeId): string {
  return FIXED_NAMES[node] ?? `replica-${replicaIndex(node)}`;
}

/** The node of that name in a world with this many replicas, or null when there is none. */
export function nodeOfName(name: string, replicas: number): NodeId | null {
  const fixed = FIXED_NAMES.indexOf(name);
  if (fixed >= 0) return nodeId(fixed);
  const match = /^replica-(0|[1-9]\d{0,8})$/.exec(name);
  if (match === null) return null;
  const index = Number(match[1]);
  return index < replicas ? replicaNode(index) : null;
}
