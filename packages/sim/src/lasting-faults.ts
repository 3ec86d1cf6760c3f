/** The faults in force: those that have struck, last, and have not ended. */
import type { Fault, FaultKind } from './fault.ts';

export class LastingFaults {
  private readonly inForce = new Set<Fault>();

  [Symbol.iterator](): IterableIterator<Fault> {
    return this.inForce.values();
  }

  add(fault: Fault): void {
    this.inForce.add(fault);
  }

  /** False when it was not in force. */
  delete(fault: Fault): boolean {
    return this.inForce.delete(fault);
  }

  /** Another fault of the kind still holds the same target. */
  lasts(kind: FaultKind, target: string): boolean {
    for (const other of this.inForce) {
      if (other.kind === kind && other.target === target) return true;
    }
    return false;
  }

  /** All of the kind, in the order in which they struck. */
  all<K extends FaultKind>(kind: K): Extract<Fault, { kind: K }>[] {
    const isOfKind = (fault: Fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind;
    return [...this.inForce].filter(isOfKind);
  }
}
