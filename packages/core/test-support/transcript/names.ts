// What people call the nodes of a transcript, and how times are written in one.
import { assert } from '../../src/errors/assert.ts';
import { nodeId } from '../../src/protocol/index.ts';
import type { Microseconds, NodeId } from '../../src/protocol/index.ts';

export const CLIENT: NodeId = nodeId(0);
export const PRIMARY: NodeId = nodeId(1);
export const SUCCESSOR: NodeId = nodeId(2);

/** Replicas count from 1, behind the nodes that have names of their own. */
const BEFORE_REPLICAS = 10;

export function replicaNode(index: number): NodeId {
  return nodeId(BEFORE_REPLICAS + index);
}

export function nodeName(node: NodeId): string {
  if (node === CLIENT) return 'client';
  if (node === PRIMARY) return 'primary';
  if (node === SUCCESSOR) return 'successor';
  return `replica-${node - BEFORE_REPLICAS}`;
}

export function nodeNamed(name: string): NodeId {
  if (name === 'client') return CLIENT;
  if (name === 'primary') return PRIMARY;
  if (name === 'successor') return SUCCESSOR;
  const index = /^replica-(\d+)$/.exec(name)?.[1];
  assert(index !== undefined, `no node is called ${name}`);
  return replicaNode(Number(index));
}

export function isPrimaryNode(node: NodeId): boolean {
  return node === PRIMARY || node === SUCCESSOR;
}

/** `2s` and `500ms`, in microseconds. */
export function parseDuration(text: string): Microseconds {
  const match = /^(\d+)(s|ms)$/.exec(text);
  assert(match !== null, `${text} is no duration: write 2s or 500ms`);
  return Number(match[1]) * (match[2] === 's' ? 1_000_000 : 1_000);
}

export function formatTime(at: Microseconds): string {
  return (at / 1_000_000).toFixed(3).padStart(7);
}
