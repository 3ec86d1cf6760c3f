/** The node at which the output store lives. It has no machine: it does what it is asked, or not. */
import { assert } from '@lisping/core';
import type { Effect, Microseconds, Store, StoreAnswer } from '@lisping/core';
import { mixKey } from './draws.ts';
import { stepDuration } from './host-context.ts';
import type { HostContext } from './host-context.ts';
import type { Operation } from './operation.ts';
import type { Host, Process } from './process.ts';
import { OutputStore } from './store.ts';

export class StoreNode implements Host {
  readonly store: OutputStore = new OutputStore();
  /** Everything is done so much later. */
  slowBy: Microseconds = 0;
  private readonly context: HostContext;

  constructor(context: HostContext) {
    this.context = context;
  }

  boot(): null {
    return null;
  }

  serve(now: Microseconds, process: Process, operation: Operation): void {
    const { world, setting, timing } = this.context;
    const { request } = operation;
    if (this.slowBy > 0 && !operation.postponed) {
      operation.postponed = true;
      return world.postpone(operation, process.node, this.slowBy);
    }
    assert(request.kind === 'store', 'the store is asked for its own operations only');
    // A request carries its own deadline: what is older is dropped, and was never done.
    if (now - operation.issued > timing.storeDelayMax) return;
    const answer = this.apply(request, operation);
    for (const observer of world.watch.storeApplied) {
      observer.storeApplied(now, operation.issuer.node, request.operation, answer);
    }
    const service = stepDuration(this.context, setting.store, 0, mixKey(operation.key, 4));
    world.respond(operation, process.node, answer, 0, service);
  }

  private apply({ operation: wanted }: Store, operation: Operation): StoreAnswer {
    const { content } = operation;
    if (wanted.kind === 'upload' && content !== null && operation.orphaned) {
      // The sender died while it was sending: all of it came, some of it, or nothing.
      const fate = this.context.crashes.below(3, mixKey(operation.key, 5));
      if (fate === 0) return 'unclear';
      if (fate === 1) {
        this.store.breakOff(wanted, content);
        return 'unclear';
      }
    }
    return this.store.apply(wanted, content);
  }

  perform(_now: Microseconds, process: Process, effect: Effect): void {
    assert(false, `${process.name} asks for nothing, but asked for ${effect.kind}`);
  }

  finish(): void {
    assert(false, 'the store waits for nothing');
  }

  answered(): void {
    assert(false, 'the store asks nobody');
  }

  timedOut(): void {
    assert(false, 'the store asks nobody');
  }

  died(): void {}
}
