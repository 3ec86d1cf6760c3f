/**
 * What stands between a primary and its surroundings: the journal, which outlives every process,
 * the planning of inputs, and the way to the output store.
 *
 * The journal's disk goes on when the process stands still or dies: a write that was issued is
 * carried out, or torn at a drawn place, after the death of who issued it.
 */
import { assert, createPrimary } from '@lisping/core';
import type { Effect, JournalWrite, Machine, Microseconds, NodeId } from '@lisping/core';
import { mixKey, textKey } from './draws.ts';
import { stepDuration } from './host-context.ts';
import type { HostContext } from './host-context.ts';
import type { Journal, PendingWrite } from './journal.ts';
import { Operation } from './operation.ts';
import type { Cargo, Request } from './operation.ts';
import type { Host, Process } from './process.ts';
import { requestStore, storeAnswered, storeTimedOut } from './store-client.ts';

export class PrimaryHost implements Host {
  private readonly context: HostContext;
  private readonly journal: Journal;
  /** Operations of one process on the journal are done in the order of their issue. */
  private journalBusyUntil: Microseconds = 0;
  private readonly writes = new Map<Operation, PendingWrite>();

  constructor(context: HostContext, journal: Journal) {
    this.context = context;
    this.journal = journal;
  }

  boot(process: Process): Machine {
    return createPrimary({ self: process.node, timing: this.context.timing });
  }

  perform(now: Microseconds, process: Process, effect: Effect): void {
    switch (effect.kind) {
      case 'store':
        requestStore(this.context, now, process, effect, null);
        return;
      case 'plan': {
        const operation = this.begin(now, process, effect);
        return this.context.world.doLocally(operation, now + this.context.setting.plan);
      }
      case 'journal-list':
      case 'journal-create':
      case 'journal-read':
        return this.useJournal(now, this.begin(now, process, effect), 0);
      case 'journal-write':
        return this.write(now, process, effect);
      case 'send':
      case 'set-timer':
      case 'cancel-timer':
      case 'run-map':
      case 'fetch':
      case 'run-reduce':
      case 'abandon':
      case 'discard':
      case 'resign':
      case 'tell-user':
        assert(false, `a primary has no ${effect.kind}`);
    }
  }

  private begin(now: Microseconds, process: Process, request: Request): Operation {
    const name = mixKey(textKey(request.kind), process.life);
    const key = mixKey(name, this.context.world.occurrence(name, process.node));
    return new Operation(request, process, key, now);
  }

  private write(now: Microseconds, process: Process, effect: JournalWrite): void {
    const operation = this.begin(now, process, effect);
    this.writes.set(operation, this.journal.beginWrite(process.node, effect.epoch, effect.entries));
    this.useJournal(now, operation, effect.entries.length * ENTRY_BYTES);
  }

  private useJournal(now: Microseconds, operation: Operation, bytes: number): void {
    const { world, setting } = this.context;
    const { journal } = setting;
    // Listing and reading need no sync and are quicker.
    const step = operation.request.kind === 'journal-write' ? journal : { ...journal, jitter: 500 };
    const from = Math.max(now, this.journalBusyUntil);
    this.journalBusyUntil = from + stepDuration(this.context, step, bytes, operation.key);
    world.doLocally(operation, this.journalBusyUntil);
  }

  finish(now: Microseconds, operation: Operation): void {
    const { request } = operation;
    switch (request.kind) {
      case 'plan':
        operation.result = { kind: 'planned', plan: this.context.work.plan(request.spec) };
        return;
      case 'journal-list':
        operation.result = { kind: 'journal-list', epochs: this.journal.epochs() };
        return;
      case 'journal-create':
        return this.create(now, operation);
      case 'journal-read':
        return this.read(now, operation);
      case 'journal-write':
        return this.endWrite(now, operation, request);
      case 'run-map':
      case 'fetch':
      case 'run-reduce':
      case 'store':
        assert(false, `a primary does no ${request.kind} by itself`);
    }
  }

  private create(now: Microseconds, operation: Operation): void {
    const { request, issuer } = operation;
    const { world, crashes } = this.context;
    assert(request.kind === 'journal-create', 'a marker was asked for');
    // Who died while it was being made may or may not have made it.
    if (operation.orphaned && crashes.perMille(500, operation.key)) return;
    const created = this.journal.create(request.epoch);
    operation.result = { kind: 'journal-created', created: created ? 'created' : 'exists' };
    if (!created) return;
    for (const observer of world.watch.journalCreated) {
      observer.journalCreated(now, issuer.node, request.epoch);
    }
  }

  private read(now: Microseconds, operation: Operation): void {
    const { request, issuer } = operation;
    const { world, crashes } = this.context;
    assert(request.kind === 'journal-read', 'a file was to be read');
    if (operation.orphaned) return;
    const { epoch } = request;
    const write = this.journal.underWay(epoch);
    if (write !== null) {
      const first = this.journal.entries(epoch).length;
      const visible = crashes.between(write.durable, write.entries.length, operation.key);
      const synced = this.journal.syncVisible(epoch, write, visible);
      this.tellDurable(now, write.writer, epoch, first, synced);
    }
    const { entries, prefix } = this.journal.read(epoch);
    operation.result = { kind: 'journal-read', entries, prefix };
    for (const observer of world.watch.journalRead) {
      observer.journalRead(now, issuer.node, epoch, entries.length);
    }
  }

  private endWrite(now: Microseconds, operation: Operation, request: JournalWrite): void {
    const { epoch } = request;
    const write = this.writes.get(operation);
    assert(write !== undefined, 'a write that ends was begun');
    this.writes.delete(operation);
    const first = this.journal.entries(epoch).length;
    if (operation.orphaned) {
      const { crashes } = this.context;
      const count = crashes.between(write.durable, write.entries.length, operation.key);
      const torn = this.journal.tearWrite(epoch, write, count);
      return this.tellDurable(now, operation.issuer.node, epoch, first, torn);
    }
    const written = this.journal.endWrite(epoch, write);
    operation.result = { kind: 'journal-written', ok: true };
    this.tellDurable(now, operation.issuer.node, epoch, first, written);
  }

  private tellDurable(
    now: Microseconds,
    node: NodeId,
    epoch: JournalWrite['epoch'],
    first: number,
    entries: JournalWrite['entries'],
  ): void {
    if (entries.length === 0) return;
    for (const observer of this.context.world.watch.journalDurable) {
      observer.journalDurable(now, node, epoch, first, entries);
    }
  }

  answered(operation: Operation, cargo: Cargo | null): void {
    storeAnswered(operation, cargo);
  }

  timedOut(operation: Operation): void {
    storeTimedOut(operation);
  }

  serve(): void {
    assert(false, 'a primary serves nobody on the data plane');
  }

  died(): void {
    this.journalBusyUntil = 0;
  }
}

/** About the size of an entry, for how long a write takes. */
const ENTRY_BYTES = 200;
