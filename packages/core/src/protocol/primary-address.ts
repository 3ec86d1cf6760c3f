/**
 * Where the primary is believed to be. Successors are started by people, at addresses known
 * beforehand: whoever hears nothing for a while tries the next one, and follows whoever speaks with
 * the highest epoch.
 */
import { assert } from '../errors/assert.ts';
import type { NodeId } from './ids.ts';

export class PrimaryAddress {
  /** Whom to write to. */
  current: NodeId;
  private readonly candidates: readonly NodeId[];
  private readonly patience: number;
  private unanswered = 0;

  /** `patience`: how many requests in a row may go unanswered before the next address is tried. */
  constructor(candidates: readonly NodeId[], patience: number) {
    const [first] = candidates;
    assert(first !== undefined, 'a primary has an address');
    this.candidates = candidates;
    this.patience = patience;
    this.current = first;
  }

  /** The primary has spoken, from here or from where it was believed to be. */
  heard(from: NodeId = this.current): void {
    this.current = from;
    this.unanswered = 0;
  }

  /** Another request goes out. True when the last ones were in vain and this one goes elsewhere. */
  asking(): boolean {
    if (++this.unanswered <= this.patience) return false;
    const next =
      this.candidates[(this.candidates.indexOf(this.current) + 1) % this.candidates.length];
    assert(next !== undefined, 'the list of addresses is not empty');
    this.current = next;
    this.unanswered = 0;
    return true;
  }
}
