/** The client's process: submits the job when it starts, and cancels it when its user says so. */
import { assert, createClient } from '@lisping/core';
import type { Client, Effect, JobSpec, Microseconds } from '@lisping/core';
import { PRIMARY, SUCCESSOR } from './address.ts';
import type { HostContext } from './host-context.ts';
import type { Host, Process } from './process.ts';

export class ClientHost implements Host {
  private readonly context: HostContext;
  private readonly spec: JobSpec;
  private client: Client | null = null;

  constructor(context: HostContext, spec: JobSpec) {
    this.context = context;
    this.spec = spec;
  }

  boot(process: Process): Client {
    const { timing } = this.context;
    this.client = createClient({ self: process.node, primaries: [PRIMARY, SUCCESSOR], timing });
    return this.client;
  }

  started(now: Microseconds): void {
    this.client?.submit(now, this.spec);
  }

  /** The user cancels. The effects lie in the machine's buffer, to be drained by the world. */
  cancel(now: Microseconds): void {
    this.client?.cancel(now, this.spec.job);
  }

  died(): void {
    this.client = null;
  }

  perform(_now: Microseconds, process: Process, effect: Effect): void {
    assert(false, `${process.name} has no ${effect.kind}`);
  }

  finish(): void {
    assert(false, 'a client waits for nothing');
  }

  serve(): void {
    assert(false, 'a client serves nobody');
  }

  answered(): void {
    assert(false, 'a client asks nobody');
  }

  timedOut(): void {
    assert(false, 'a client asks nobody');
  }
}
