/** The client's process: submits jobs when it is time, and cancels them when its user says so. */
import { assert, createClient } from '@lisping/core';
import type { Client, Effect, JobId, JobProgress, Microseconds } from '@lisping/core';
import { PRIMARY, SUCCESSOR } from './address.ts';
import type { HostContext } from './host-context.ts';
import type { Host, Process } from './process.ts';

export class ClientHost implements Host {
  private readonly context: HostContext;
  private client: Client | null = null;
  /** How many of the jobs it has submitted in this life. */
  private submitted = 0;

  constructor(context: HostContext) {
    this.context = context;
  }

  boot(process: Process): Client {
    const { timing } = this.context;
    this.submitted = 0;
    this.client = createClient({ self: process.node, primaries: [PRIMARY, SUCCESSOR], timing });
    return this.client;
  }

  started(now: Microseconds): void {
    this.submitDue(now, this.context.world.now);
  }

  /** Submits what is due. The effects lie in the machine's buffer, to be drained by the world. */
  submitDue(now: Microseconds, worldNow: Microseconds): void {
    const { jobs } = this.context.work;
    for (; this.submitted < jobs.length; this.submitted++) {
      const next = jobs[this.submitted];
      if (next === undefined || this.context.setting.primaryFirst + next.after > worldNow) return;
      this.client?.submit(now, next.spec);
    }
  }

  /** The user cancels. The effects lie in the machine's buffer, to be drained by the world. */
  cancel(now: Microseconds, which?: number): void {
    this.context.work.jobs.slice(0, this.submitted).forEach(({ spec }, place) => {
      if ((which ?? place) === place) this.client?.cancel(now, spec.job);
    });
  }

  /** What the user is shown. */
  progress(job: JobId): JobProgress | undefined {
    return this.client?.progress(job);
  }

  died(): void {
    this.client = null;
  }

  perform(now: Microseconds, process: Process, effect: Effect): void {
    const { world, audience } = this.context;
    assert(effect.kind === 'tell-user', `${process.name} has no ${effect.kind}`);
    for (const observer of world.watch.told) observer.told(now, process.node, effect);
    audience.told(now, effect);
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
