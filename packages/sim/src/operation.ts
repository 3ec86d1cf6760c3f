/**
 * One effect on its way to being answered. Every event that has to do with it points here, so that
 * nothing is looked up by id, and whoever closes it first wins: the answer, the time-out, or the end
 * of the process.
 */
import type { NodeId } from '@lisping/core';
import type { TaskFault } from './fault.ts';
import type { MapReduce, Protocol } from './protocol.ts';
import type { Workspace } from './workspace.ts';
import type { PartContent } from './made.ts';

export type { Cargo, Request } from './request.ts';

/** The process that asked, as far as an operation knows it. */
export interface Issuer {
  readonly node: NodeId;
  readonly up: boolean;
  readonly life: number;
}

export class Operation<P extends Protocol = MapReduce> {
  readonly request: P['request'];
  readonly issuer: Issuer;
  /** Which life of the issuer asked. */
  readonly life: number;
  /** Carried out by the disk, which goes on when the process stands still or dies. */
  readonly onDisk: boolean;
  /** Its identity for draws and the trace. */
  readonly key: number;
  /** Still to be answered. */
  open = true;
  /** Its answer never comes, whatever becomes of it. */
  silent = false;
  /** It has waited for a slow store. */
  postponed = false;
  /** The answer, once it is known; it may wait for a paused process. */
  result: P['result'] | null = null;
  /** Durable state has been changed, or will not be. */
  applied = false;
  /** The attempt's place on the replica, which closes this operation when it is abandoned. */
  workspace: Workspace<Operation> | null = null;
  /** When it was issued, and when a local one will be done. */
  readonly issued: number;
  due = 0;
  /** Of an attempt: the fault that makes its user code fail. */
  injury: TaskFault | null = null;
  /** Of an upload: the bytes on their way. */
  content: PartContent | null = null;

  constructor(
    request: P['request'],
    issuer: Issuer,
    key: number,
    issued: number,
    onDisk: boolean = false,
  ) {
    this.request = request;
    this.issuer = issuer;
    this.life = issuer.life;
    this.key = key;
    this.issued = issued;
    this.onDisk = onDisk;
  }

  /** True when the life that asked is over. */
  get orphaned(): boolean {
    return !this.issuer.up || this.issuer.life !== this.life;
  }
}
