/**
 * A process: what lives at a node. It has lives (1, 2, 3, …); a crash ends one, a start begins the
 * next with a new machine. While it is paused its events queue up.
 */
import type { Microseconds, NodeId } from '@lisping/core';
import type { ClockSkew } from './clock-skew.ts';
import type { DiskAfterCrash } from './fault.ts';
import type { Operation } from './operation.ts';
import type { MachineOf, MapReduce, Protocol } from './protocol.ts';
import type { QueuedEvent } from './queue.ts';
import { nodeName, roleOf } from './address.ts';
import type { Role } from './address.ts';

/** What stands between a machine and its surroundings: it carries out what the world itself does not. */
export interface Host<P extends Protocol = MapReduce> {
  /** The machine of a new life. Null: this process is its host alone, such as the store. */
  boot(process: Process<P>): MachineOf<P> | null;
  /** Work that is done once the machine of this life has started, such as submitting the job. */
  started?(now: Microseconds, machine: MachineOf<P>): void;
  /** Carries out an effect of the machine: everything but sends and timers. */
  perform(now: Microseconds, process: Process<P>, effect: P['effect']): void;
  /**
   * A local operation is due: change what is durable, and leave the answer in `result`. Called even
   * when the process has died meanwhile; a null result then is never delivered.
   */
  finish(now: Microseconds, operation: Operation<P>): void;
  /** A request of another node arrives here. The answer goes back through the world. */
  serve(now: Microseconds, process: Process<P>, operation: Operation<P>): void;
  /** The answer has arrived at the process that asked: leave the result in the operation. */
  answered(operation: Operation<P>, cargo: P['cargo'] | null): void;
  /** It has waited long enough: leave the result in the operation. */
  timedOut(operation: Operation<P>): void;
  /** The life ended. What was not durable is gone. */
  died(now: Microseconds, process: Process<P>): void;
}

/** Room for the timers of our own machines, and no more: there may be ten thousand of them. */
function noTimers(): null[] {
  return [null, null, null];
}

export class Process<P extends Protocol = MapReduce> {
  readonly node: NodeId;
  readonly role: Role;
  readonly name: string;
  readonly host: Host<P>;
  machine: MachineOf<P> | null = null;
  up = false;
  paused = false;
  life = 0;
  /** How many times longer than usual its computing takes. */
  slowness = 1;
  /** Null as long as its clock is the world's. */
  skew: ClockSkew | null = null;
  /** What the crash that ends this life leaves of writes under way. */
  lossOnCrash: DiskAfterCrash = 'kept';
  /** Events that came while it was paused, in order. */
  parked: QueuedEvent<P>[] = [];
  /** The waiting event of every timer that is set, by the timer's number. */
  timers: (QueuedEvent<P> | null)[] = noTimers();

  constructor(node: NodeId, host: Host<P>, name: string = nodeName(node)) {
    this.node = node;
    this.host = host;
    this.role = roleOf(node);
    this.name = name;
  }

  /** What its own clock shows. */
  clock(now: Microseconds): Microseconds {
    return this.skew === null ? now : this.skew.read(now);
  }

  /** How long the world must wait for a duration on the process's own clock. */
  worldDuration(duration: Microseconds): Microseconds {
    return this.skew === null ? duration : this.skew.worldDuration(duration);
  }
}
