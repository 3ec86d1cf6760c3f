/**
 * What stands between a primary and its surroundings: the journal, which outlives every process,
 * the planning of inputs, and the way to the output store.
 *
 * The journal's disk goes on when the process stands still, gives up or dies: a write that was issued
 * is carried out, or torn at a drawn place, after the death of who issued it.
 */
import { assert, createPrimary } from '@lisping/core';
import type { Effect, JournalWrite, Machine, Microseconds, NodeId } from '@lisping/core';
import { mixKey, textKey } from './draws.ts';
import type { DiskAfterCrash } from './fault.ts';
import { stepDuration } from './host-context.ts';
import type { HostContext } from './host-context.ts';
import type { Journal, PendingWrite } from './journal.ts';
import type { StepDuration } from './setting.ts';
import { Operation } from './operation.ts';
import type { Cargo, Request } from './operation.ts';
import type { Host, Process } from './process.ts';
import { requestStore, storeAnswered, storeTimedOut } from './store-client.ts';
import { trapOf } from './write-trap.ts';
import type { WriteTrap } from './write-trap.ts';

/** What is wrong with the journal for one primary. */
export interface JournalTrouble {
  /** Everything takes so much longer. */
  readonly by: Microseconds;
  readonly cut: boolean;
  readonly full: boolean;
}

const NO_TROUBLE: JournalTrouble = { by: 0, cut: false, full: false };

/** A write on its way, and what is to happen to it. */
interface Writing {
  readonly operation: Operation;
  readonly write: PendingWrite;
  /** There was no room for it. */
  readonly full: boolean;
  /** How the crash of its issuer leaves it. */
  loss: DiskAfterCrash;
}

export class PrimaryHost implements Host {
  traps: readonly WriteTrap[] = [];
  private trouble = NO_TROUBLE;
  private readonly context: HostContext;
  private readonly journal: Journal;
  /** Operations of one process on the journal are done in the order of their issue. */
  private journalBusyUntil: Microseconds = 0;
  /** Those that are not done. Mostly there is one, and a map for one is made anew with each. */
  private writes: Writing[] = [];
  /** Those at which the process is to die. */
  private readonly trapped = new Map<Operation, WriteTrap>();
  /** What has not reached the journal, because it is cut off. */
  private waiting: Operation[] = [];

  /** Listing and reading need no sync and are quicker. */
  private readonly reading: StepDuration;

  constructor(context: HostContext, journal: Journal) {
    this.context = context;
    this.journal = journal;
    const step = context.setting.journal;
    this.reading = { ...step, jitter: Math.min(500, step.jitter) };
  }

  /** When the journal will have done all that it was asked for here. */
  get journalFreeAt(): Microseconds {
    return this.journalBusyUntil;
  }

  boot(process: Process): Machine {
    return createPrimary({ self: process.node, timing: this.context.timing });
  }

  perform(now: Microseconds, process: Process, effect: Effect): void {
    switch (effect.kind) {
      case 'resign': {
        const { world, audience } = this.context;
        world.stop(process, 'resigned');
        return audience.resigned(now, process, effect.reason);
      }
      case 'store':
        requestStore(this.context, now, process, effect, null);
        return;
      case 'plan': {
        const operation = this.begin(now, process, effect, false);
        return this.context.world.doLocally(operation, now + this.context.setting.plan);
      }
      case 'journal-list':
      case 'journal-read':
        return this.useJournal(now, this.begin(now, process, effect, true));
      case 'journal-create':
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
      case 'tell-user':
        assert(false, `a primary has no ${effect.kind}`);
    }
  }

  private begin(now: Microseconds, process: Process, request: Request, onDisk: boolean): Operation {
    const name = mixKey(textKey(request.kind), process.life);
    const key = mixKey(name, this.context.world.occurrence(name, process.node));
    return new Operation(request, process, key, now, onDisk);
  }

  /** Anything that is to be durable. */
  private write(now: Microseconds, process: Process, effect: DurableEffect): void {
    const operation = this.begin(now, process, effect, true);
    const trap = this.traps.length === 0 ? null : trapOf(this.traps);
    if (trap?.fault.when === 'before') return trap.spring();
    if (trap !== null) this.trapped.set(operation, trap);
    if (effect.kind === 'journal-write') {
      const write = this.journal.beginWrite(process.node, effect.epoch, effect.entries);
      this.writes.push({ operation, write, full: this.trouble.full, loss: 'kept' });
    }
    this.useJournal(now, operation);
  }

  private useJournal(now: Microseconds, operation: Operation): void {
    const { world, setting, crashes } = this.context;
    const { request } = operation;
    const isDurable = request.kind === 'journal-write' || request.kind === 'journal-create';
    if (this.trouble.cut) {
      if (isDurable) world.waitFor(operation, setting.journalPatience);
      // It does not get there before the cut is over, or it does and the answer is lost.
      const hasArrived = isDurable && crashes.perMille(500, mixKey(operation.key, 6));
      if (!hasArrived) return void this.waiting.push(operation);
      operation.silent = true;
    }
    const step = request.kind === 'journal-write' ? setting.journal : this.reading;
    const bytes = request.kind === 'journal-write' ? request.entries.length * ENTRY_BYTES : 0;
    const from = Math.max(now, this.journalBusyUntil);
    const took = stepDuration(this.context, step, bytes, operation.key) + this.trouble.by;
    this.journalBusyUntil = from + took;
    world.doLocally(operation, this.journalBusyUntil);
    // Reading goes on until it is done; a write that takes too long is given up, and done later.
    const isLate = this.journalBusyUntil - operation.issued > setting.journalPatience;
    if (isDurable && isLate) world.waitFor(operation, setting.journalPatience);
  }

  /** From now on this is wrong with the journal. */
  suffer(now: Microseconds, trouble: JournalTrouble): void {
    this.trouble = trouble;
    if (trouble.cut) return;
    const { waiting } = this;
    this.waiting = [];
    for (const operation of waiting) {
      const { kind } = operation.request;
      const isRead = kind !== 'journal-write' && kind !== 'journal-create';
      if (isRead && operation.orphaned) continue;
      this.useJournal(now, operation);
    }
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
        this.create(now, operation);
        return this.springTrap(operation);
      case 'journal-read':
        return this.read(now, operation);
      case 'journal-write':
        this.endWrite(now, operation, request);
        return this.springTrap(operation);
      case 'run-map':
      case 'fetch':
      case 'run-reduce':
      case 'store':
        assert(false, `a primary does no ${request.kind} by itself`);
    }
  }

  /** The process dies here, if it still lives. */
  private springTrap(operation: Operation): void {
    if (this.trapped.size === 0) return;
    const trap = this.trapOn(operation);
    this.trapped.delete(operation);
    if (trap !== undefined && !operation.orphaned) trap.spring();
  }

  private trapOn(operation: Operation): WriteTrap | undefined {
    const trap = this.trapped.get(operation);
    return trap?.isArmed === true ? trap : undefined;
  }

  private create(now: Microseconds, operation: Operation): void {
    const { request, issuer } = operation;
    const { world, crashes } = this.context;
    assert(request.kind === 'journal-create', 'a marker was asked for');
    // Who died while it was being made may or may not have made it.
    const isTorn = operation.orphaned || this.trapOn(operation)?.fault.when === 'torn';
    if (isTorn && crashes.perMille(500, operation.key)) return;
    const created = this.journal.create(request.epoch);
    operation.result ??= { kind: 'journal-created', created: created ? 'created' : 'exists' };
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
      const first = this.journal.lengthOf(epoch);
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
    const writing = this.writes.find((other) => other.operation === operation);
    assert(writing !== undefined, 'a write that ends was begun');
    this.writes = this.writes.filter((other) => other !== writing);
    const first = this.journal.lengthOf(epoch);
    const { write } = writing;
    const count = this.surviving(operation, writing);
    const isWhole = count === write.entries.length;
    const written = isWhole
      ? this.journal.endWrite(epoch, write)
      : this.journal.tearWrite(epoch, write, count);
    operation.result ??= { kind: 'journal-written', ok: isWhole };
    this.tellDurable(now, operation.issuer.node, epoch, first, written);
  }

  /** How many entries of a write that ends now are on the disk. */
  private surviving(operation: Operation, { write, full, loss }: Writing): number {
    const { crashes } = this.context;
    const { durable } = write;
    const all = write.entries.length;
    const isTorn = full || this.trapOn(operation)?.fault.when === 'torn';
    // What a reader has synced meanwhile stays, were it all of it.
    const most = Math.max(durable, all - 1);
    if (!operation.orphaned) return isTorn ? crashes.between(durable, most, operation.key) : all;
    switch (loss) {
      case 'unsynced-lost':
        return durable;
      case 'torn':
        return crashes.between(durable, most, operation.key);
      case 'kept':
      case 'wiped':
        return crashes.between(durable, isTorn ? most : all, operation.key);
    }
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
    const { kind } = operation.request;
    if (kind === 'store') storeTimedOut(operation);
    else if (kind === 'journal-create') {
      operation.result = { kind: 'journal-created', created: 'unclear' };
    } else operation.result = { kind: 'journal-written', ok: false };
  }

  serve(): void {
    assert(false, 'a primary serves nobody on the data plane');
  }

  died(_now: Microseconds, process: Process): void {
    this.journalBusyUntil = 0;
    for (const writing of this.writes) {
      if (writing.loss === 'kept') writing.loss = process.lossOnCrash;
    }
  }
}

type DurableEffect = Extract<Effect, { kind: 'journal-write' | 'journal-create' }>;

/** About the size of an entry, for how long a write takes. */
const ENTRY_BYTES = 200;
