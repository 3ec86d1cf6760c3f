/**
 * The world: one queue, one clock, a network, and the processes that live at its nodes. It takes an
 * event, gives it to the machine or host it is meant for, and turns the effects that were pushed
 * into new events. What happens is a function of the seed and of the faults, and of nothing else.
 */
import { assert } from '@lisping/core';
import type { CancelTimer, Microseconds, NodeId, Send, SetTimer } from '@lisping/core';
import { mixKey } from './draws.ts';
import { MessageKeys } from './message-key.ts';
import type { Network } from './network.ts';
import { Occurrences } from './occurrences.ts';
import type { Operation } from './operation.ts';
import type { Process } from './process.ts';
import type { Keys, MachineOf, MapReduce, Protocol } from './protocol.ts';
import { EVENT, EventQueue } from './queue.ts';
import type { QueuedEvent } from './queue.ts';
import { TraceHash } from './trace-hash.ts';
import { Watch } from './watch.ts';

/** Whoever decides what happens to the processes of a world from outside. */
export interface Director<P extends Protocol = MapReduce> {
  /** A start, a fault, a repair or the healing is due. */
  strike(now: Microseconds, event: QueuedEvent<P>): void;
}

/** Memory that worlds use one after the other. */
export class Memory<P extends Protocol> {
  readonly queue: EventQueue<P>;
  readonly occurrences: Occurrences = new Occurrences();
  readonly keys: Keys<P>;

  constructor(keys: Keys<P>, queue: EventQueue<P> = new EventQueue<P>()) {
    this.keys = keys;
    this.queue = queue;
  }
}

/** The same for worlds of our own protocol. */
export class Arena extends Memory<MapReduce> {
  constructor(queue?: EventQueue) {
    super(new MessageKeys(), queue);
  }
}

export class World<P extends Protocol = MapReduce> {
  now: Microseconds = 0;
  /** Events delivered so far. */
  events = 0;
  /** Requests of the data plane and to the store that have not been served yet. */
  requestsUnderWay = 0;
  /** Set by whoever has seen enough. */
  stopped = false;
  /** What a machine threw. */
  thrown: unknown = null;
  /** The node whose event is being handled. */
  private handling = 0;
  readonly hash: TraceHash = new TraceHash();
  readonly processes: Process<P>[] = [];
  readonly queue: EventQueue<P>;
  readonly network: Network<P>;
  watch: Watch<P> = new Watch<P>([]);
  director: Director<P> | null = null;

  private readonly keys: Keys<P>;
  private readonly occurrences: Occurrences;

  constructor(arena: Memory<P>, network: Network<P>) {
    this.queue = arena.queue;
    this.occurrences = arena.occurrences;
    this.keys = arena.keys;
    this.queue.clear();
    this.occurrences.clear();
    this.network = network;
  }

  /**
   * Handles events until there are none, somebody has seen enough, or `limit` were delivered. What
   * a machine throws is a finding, not the end of the simulator.
   */
  run(limit: number): void {
    try {
      this.handleAll(limit);
    } catch (error) {
      this.stopped = true;
      this.thrown = error;
      // The cast puts the brand of a node back on the integer that an event carried.
      const node = this.handling as NodeId;
      for (const observer of this.watch.machineThrew) observer.machineThrew(this.now, node, error);
    }
  }

  private handleAll(limit: number): void {
    const { queue } = this;
    while (!this.stopped && this.events < limit) {
      const event = queue.take();
      if (event === null) return;
      if (!event.dead) {
        this.now = queue.now;
        this.handling = event.node;
        this.handle(event);
        if (event.parked) continue;
      }
      queue.release(event);
    }
  }

  process(node: number): Process<P> {
    const process = this.processes[node];
    // No text is put together here: it would be, several times for every event.
    assert(process !== undefined, 'a node is part of the world');
    return process;
  }

  // ------------------------------------------------------------------ events

  private handle(event: QueuedEvent<P>): void {
    switch (event.type) {
      case EVENT.message:
        return this.onMessage(event);
      case EVENT.timer:
        return this.onTimer(event);
      case EVENT.completion:
        return this.onCompletion(event);
      case EVENT.timeout:
      case EVENT.response:
        return this.onAnswer(event);
      case EVENT.request:
        return this.onRequest(event);
      default:
        return this.onStrike(event);
    }
  }

  private onMessage(event: QueuedEvent<P>): void {
    const process = this.process(event.node);
    const { message } = event;
    assert(message !== null, 'a message event carries a message');
    // The casts of this file put the brand of a node back on an integer that an event carried.
    const from = event.from as NodeId;
    const { machine } = process;
    if (machine === null) {
      for (const observer of this.watch.undelivered) {
        observer.undelivered(this.now, process.node, from, message);
      }
      return;
    }
    if (process.paused) return park(process, event);
    this.count(event, event.content);
    machine.receive(process.clock(this.now), from, message);
    for (const observer of this.watch.ofDelivered(process.role, event.messageCode)) {
      observer.delivered(this.now, process.node, from, message, machine.effects);
    }
    this.drain(process, machine);
  }

  private onTimer(event: QueuedEvent<P>): void {
    const process = this.process(event.node);
    const { machine } = process;
    if (machine === null || process.life !== event.life) return;
    if (process.paused) return park(process, event);
    this.count(event, 0);
    process.timers[event.timer] = null;
    machine.timer(process.clock(this.now), event.timer);
    for (const observer of this.watch.ofTimerFired(process.role)) {
      observer.timerFired(this.now, process.node, event.timer, machine.effects);
    }
    this.drain(process, machine);
  }

  /** Something local is done. What the disk does goes on without its process. */
  private onCompletion(event: QueuedEvent<P>): void {
    const { operation } = event;
    assert(operation !== null, 'a completion has an operation');
    const process = this.process(operation.issuer.node);
    const alive = process.up && process.life === operation.life;
    if (!operation.onDisk && (!alive || !operation.open)) return;
    if (this.now < operation.due) return; // it has been put off
    if (!operation.onDisk && process.paused) return park(process, event);
    if (!operation.applied) {
      operation.applied = true;
      process.host.finish(this.now, operation);
    }
    // The operation itself may have been the end of its process.
    if (!process.up || process.life !== operation.life) return;
    if (!operation.open || operation.silent) return;
    if (process.paused) return park(process, event);
    this.complete(event, operation);
  }

  /** A packet has come back, or the patience for it has ended. */
  private onAnswer(event: QueuedEvent<P>): void {
    const { operation } = event;
    assert(operation !== null, 'an answer has an operation');
    const process = this.process(operation.issuer.node);
    if (!operation.open || !process.up || process.life !== operation.life) return;
    if (process.paused) return park(process, event);
    if (event.type === EVENT.timeout) process.host.timedOut(operation);
    else process.host.answered(operation, event.cargo);
    this.complete(event, operation);
  }

  private onRequest(event: QueuedEvent<P>): void {
    const { operation } = event;
    assert(operation !== null, 'a request has an operation');
    const process = this.process(event.node);
    if (process.up && process.paused) return park(process, event);
    this.requestsUnderWay--;
    if (!process.up) return;
    this.count(event, 0);
    process.host.serve(this.now, process, operation);
  }

  private onStrike(event: QueuedEvent<P>): void {
    if (event.type !== EVENT.look) this.count(event, 0);
    this.director?.strike(this.now, event);
  }

  private complete(event: QueuedEvent<P>, operation: Operation<P>): void {
    const { result } = operation;
    const process = this.process(operation.issuer.node);
    const { machine } = process;
    assert(machine !== null && result !== null, 'who is answered lives, and there is an answer');
    operation.open = false;
    this.count(event, this.keys.digestOf(result));
    machine.completed(process.clock(this.now), operation.request.effect, result);
    for (const observer of this.watch.ofCompleted(process.role, operation.request.kind)) {
      observer.completed(this.now, process.node, operation.request, result, machine.effects);
    }
    this.drain(process, machine);
  }

  private count(event: QueuedEvent<P>, content: number): void {
    this.events++;
    const { hash } = this;
    hash.add(this.now | 0);
    hash.add((event.type << 24) ^ event.node);
    hash.add(event.key);
    hash.add(content);
  }

  // ------------------------------------------------------------------ effects

  /** Carries out what a machine pushed, in order. */
  drain(process: Process<P>, machine: MachineOf<P>): void {
    const { effects } = machine;
    for (let i = 0; i < effects.length; i++) {
      const effect = effects[i];
      assert(effect !== undefined, 'an effect lies at every place');
      this.perform(process, effect);
      if (!process.up) break; // it resigned
    }
    // Setting the length to 0 would throw the buffer's memory away, to be grown anew by every event.
    while (effects.length > 0) effects.pop();
  }

  private perform(process: Process<P>, effect: P['effect']): void {
    // The casts are the rule of every protocol: these three kinds are the world's, and mean this.
    switch (effect.kind) {
      case 'send': {
        const { to, message } = effect as Sending<P>;
        return this.send(process, to, message);
      }
      case 'set-timer': {
        const { timer, after } = effect as SetTimer;
        return this.setTimer(process, timer, after);
      }
      case 'cancel-timer':
        return this.cancelTimer(process, (effect as CancelTimer).timer);
      default:
        return this.ask(process, effect);
    }
  }

  private ask(process: Process<P>, effect: P['effect']): void {
    for (const observer of this.watch.ofAsked(process.role, effect.kind)) {
      observer.asked(this.now, process.node, effect);
    }
    process.host.perform(this.now, process, effect);
  }

  private send(process: Process<P>, to: NodeId, message: P['message']): void {
    const { keys, network } = this;
    const from = process.node;
    keys.read(from, to, message);
    let key = keys.low;
    if (keys.repeats) key = mixKey(key, this.occurrences.next(keys.low, keys.high, this.now));
    network.route(from, to, key, 0);
    if (network.fate === 'on-its-way') {
      this.post(network.delay, from, to, key, message);
      if (network.duplicateDelay >= 0) this.post(network.duplicateDelay, from, to, key, message);
    }
    const sent = this.watch.ofSent(process.role, keys.code);
    for (const observer of sent) observer.sent(this.now, from, to, message, network.fate);
    if (network.duplicateDelay < 0) return;
    for (const observer of sent) observer.sent(this.now, from, to, message, 'duplicate');
  }

  private post(
    delay: Microseconds,
    from: NodeId,
    to: NodeId,
    key: number,
    message: P['message'],
  ): void {
    const event = this.enter(delay, EVENT.message, to);
    event.from = from;
    event.key = key;
    event.content = this.keys.content;
    event.messageCode = this.keys.code;
    event.message = message;
  }

  /** A packet on its way, or kept back by who holds its link. */
  private enter(delay: Microseconds, type: number, to: NodeId): QueuedEvent<P> {
    const { held } = this.network;
    if (held === null) return this.queue.add(this.now + delay, type, to);
    const event = this.queue.spare(type, to);
    held.push(event);
    return event;
  }

  /** Packets that were held arrive now. */
  release(held: readonly QueuedEvent<P>[]): void {
    for (const event of held) this.queue.again(this.now, event);
  }

  private setTimer(process: Process<P>, timer: number, after: Microseconds): void {
    this.cancelTimer(process, timer);
    const event = this.queue.addAfter(process.worldDuration(after), EVENT.timer, process.node);
    event.life = process.life;
    event.timer = timer;
    event.key = timer;
    process.timers[timer] = event;
  }

  private cancelTimer(process: Process<P>, timer: number): void {
    const waiting = process.timers[timer];
    if (waiting === undefined || waiting === null) return;
    waiting.dead = true;
    process.timers[timer] = null;
  }

  // ------------------------------------------------------------------ operations

  /** A number for the key of an operation: how often this one has been asked for. */
  occurrence(low: number, high: number): number {
    return this.occurrences.next(low, high, this.now);
  }

  /** The process, or its disk, will be done with it at `due`. Said again, it moves. */
  doLocally(operation: Operation<P>, due: Microseconds): void {
    operation.due = due;
    const { issuer, key } = operation;
    const event = this.queue.add(due, EVENT.completion, issuer.node);
    event.operation = operation;
    event.key = key;
  }

  /** Sends the operation to where it is served, and waits so long for an answer. */
  request(operation: Operation<P>, to: NodeId, bytes: number, patience: Microseconds): void {
    this.travel(operation, to, bytes);
    this.waitFor(operation, patience);
  }

  /** Whoever asked waits so long for an answer. */
  waitFor(operation: Operation<P>, patience: Microseconds): void {
    const { issuer, key } = operation;
    const event = this.queue.addAfter(patience, EVENT.timeout, issuer.node);
    event.operation = operation;
    event.key = key;
  }

  /** A request that has arrived will be served so much later. */
  postpone(operation: Operation<P>, at: NodeId, delay: Microseconds): void {
    const event = this.queue.add(this.now + delay, EVENT.request, at);
    event.operation = operation;
    event.key = operation.key;
    this.requestsUnderWay++;
  }

  /**
   * Sends the answer back from `from` to the process that asked, `after` from now. Of two answers
   * the second is ignored, so none is duplicated.
   */
  respond(
    operation: Operation<P>,
    from: NodeId,
    cargo: P['cargo'],
    bytes: number,
    after: Microseconds,
  ): void {
    const { issuer, key } = operation;
    const { network } = this;
    const to = issuer.node;
    network.route(from, to, mixKey(key, 2), bytes);
    network.delay += after;
    if (network.fate === 'on-its-way') this.carry(operation, EVENT.response, to, cargo);
  }

  private travel(operation: Operation<P>, to: NodeId, bytes: number): void {
    const { network } = this;
    network.route(operation.issuer.node, to, mixKey(operation.key, 1), bytes);
    if (network.fate !== 'on-its-way') return;
    this.carry(operation, EVENT.request, to, null);
    if (network.duplicateDelay < 0) return;
    network.delay = network.duplicateDelay;
    this.carry(operation, EVENT.request, to, null);
  }

  private carry(operation: Operation<P>, type: number, to: NodeId, cargo: P['cargo'] | null): void {
    const event = this.enter(this.network.delay, type, to);
    event.operation = operation;
    event.key = operation.key;
    event.cargo = cargo;
    if (type === EVENT.request) this.requestsUnderWay++;
  }

  // ------------------------------------------------------------------ lives

  start(process: Process<P>): void {
    assert(!process.up, 'who is started does not live');
    process.up = true;
    process.life++;
    const machine = process.host.boot(process);
    process.machine = machine;
    if (machine !== null) {
      machine.start(process.clock(this.now));
      process.host.started?.(process.clock(this.now), machine);
    }
    const effects = machine === null ? NO_EFFECTS : machine.effects;
    for (const observer of this.watch.processStarted) {
      observer.processStarted(this.now, process.node, process.life, effects);
    }
    if (machine !== null) this.drain(process, machine);
  }

  stop(process: Process<P>, why: 'crashed' | 'resigned'): void {
    assert(process.up, 'who is stopped lives');
    process.host.died(this.now, process);
    process.up = false;
    process.paused = false;
    process.machine = null;
    process.timers.fill(null);
    for (const event of process.parked) {
      if (event.type === EVENT.request) this.requestsUnderWay--;
      event.parked = false;
      this.queue.release(event);
    }
    process.parked = [];
    for (const observer of this.watch.processStopped) {
      observer.processStopped(this.now, process.node, why);
    }
  }

  pause(process: Process<P>): void {
    if (!process.up || process.paused) return;
    process.paused = true;
    for (const observer of this.watch.processPaused) {
      observer.processPaused(this.now, process.node);
    }
  }

  /** Everything that waited comes now, in the order in which it came. */
  resume(process: Process<P>): void {
    if (!process.paused) return;
    process.paused = false;
    for (const observer of this.watch.processResumed) {
      observer.processResumed(this.now, process.node);
    }
    const { parked } = process;
    process.parked = [];
    for (const event of parked) {
      event.parked = false;
      this.queue.again(this.now, event);
    }
  }
}

/** A send of any protocol. */
type Sending<P extends Protocol> = Omit<Send, 'message'> & { readonly message: P['message'] };

const NO_EFFECTS: readonly never[] = [];

function park<P extends Protocol>(process: Process<P>, event: QueuedEvent<P>): void {
  event.parked = true;
  process.parked.push(event);
}
