/** What each primary is known to know. A new life of one knows nothing yet. */
import type { NodeId } from '@lisping/core';
import { isPrimary } from '../../address.ts';

export class Minds<Mind> {
  /** By node. */
  private readonly minds: (Mind | undefined)[] = [];
  private readonly create: () => Mind;

  constructor(create: () => Mind) {
    this.create = create;
  }

  /** To be told of every process that starts. */
  started(node: NodeId): void {
    if (isPrimary(node)) this.minds[node] = this.create();
  }

  /** Undefined for who is no primary, and for one that has not begun its first life. */
  of(node: NodeId): Mind | undefined {
    return this.minds[node];
  }
}
