/** Counts the durable writes of a process, and says at which of them it is to die. */
import type { CrashAtWriteFault } from './fault.ts';

export class WriteTrap {
  readonly fault: CrashAtWriteFault;
  /** Until the fault is over: a write that takes longer than that is spared. */
  isArmed = true;
  private seen = 0;
  private readonly die: () => void;

  /** `die` ends the process, now. */
  constructor(fault: CrashAtWriteFault, die: () => void) {
    this.fault = fault;
    this.die = die;
  }

  /** One more write: true when it is the one. */
  isSprungBy(): boolean {
    return ++this.seen === this.fault.write;
  }

  spring(): void {
    this.die();
  }
}

/** The trap that this write springs, if it springs one. Every trap counts it. */
export function trapOf(traps: readonly WriteTrap[]): WriteTrap | null {
  let sprung: WriteTrap | null = null;
  for (const trap of traps) if (trap.isSprungBy()) sprung ??= trap;
  return sprung;
}
