/**
 * Watches a run for the points at which a further fault could matter: every event of every process,
 * every packet, every step that begins, every instant at which two things happen.
 *
 * A fault of a process can only matter between two events of it, and where between them is the same:
 * just before each event is enough. What a process has sent to the store arrives there on its
 * behalf, so that counts as an event of both.
 */
import type { Microseconds } from '@lisping/core';
import { nodeCount, PRIMARY, STORE, SUCCESSOR } from '../address.ts';
import type { Operation } from '../operation.ts';
import { EVENT } from '../queue.ts';
import type { QueuedEvent } from '../queue.ts';
import type { World } from '../world.ts';
import { SMALL_REPLICAS } from './small-world.ts';
import type { QueueWatcher } from './watched-queue.ts';

const NODES = nodeCount(SMALL_REPLICAS);

/** A point at which a fault could matter; a fault that strikes at `at` comes before what is there. */
export type Point =
  /** The k-th packet of this instant leaves on its way. */
  | {
      readonly kind: 'packet';
      readonly at: Microseconds;
      readonly from: number;
      readonly to: number;
      readonly packet: number;
    }
  | {
      /**
       * `event`: something is about to be handled at the node, or at the store on its behalf. `step`:
       * user code begins. `write`: something is to become durable. `journal`: the journal is asked for
       * anything. `request`, `upload`: the store is asked. `tie`: what is made at this instant is due
       * together with something else of the same node.
       */
      readonly kind: 'event' | 'step' | 'write' | 'journal' | 'request' | 'upload' | 'tie';
      readonly at: Microseconds;
      readonly node: number;
    };

/** Collects the points of one run from a time on. */
export class Scout implements QueueWatcher {
  readonly points: Point[] = [];
  private readonly world: World;
  private readonly from: Microseconds;
  /** Added since the last item was taken. */
  private fresh: { readonly at: Microseconds; readonly event: QueuedEvent }[] = [];
  /** How many items are due at a node at an instant. */
  private readonly due = new Map<number, number>();
  /** What was seen at this instant, so that nothing is noted twice. */
  private instant: Microseconds = -1;
  private readonly nodes = new Set<number>();
  private readonly packets = new Map<number, number>();

  constructor(world: World, from: Microseconds) {
    this.world = world;
    this.from = from;
  }

  added(now: Microseconds, event: QueuedEvent, time: Microseconds): void {
    if (event.type <= EVENT.response) this.noteTie(now, time, event.node);
    if (now >= this.from) this.fresh.push({ at: now, event });
  }

  /** Both primaries write to one journal. */
  private noteTie(now: Microseconds, time: Microseconds, node: number): void {
    const key = time * NODES + (node === SUCCESSOR ? PRIMARY : node);
    const before = this.due.get(key) ?? 0;
    this.due.set(key, before + 1);
    if (before > 0 && now >= this.from) this.note('tie', now, node);
  }

  private note(kind: Exclude<Point['kind'], 'packet'>, at: Microseconds, node: number): void {
    this.points.push({ kind, at, node });
  }

  taking(now: Microseconds, event: QueuedEvent): boolean {
    this.readFresh();
    if (now < this.from) return true;
    this.enter(now);
    const { operation } = event;
    switch (event.type) {
      case EVENT.message:
      case EVENT.timer:
        this.noteEvent(now, event.node);
        return true;
      case EVENT.completion:
        // The output of a map is stored when it is done.
        if (operation?.open === true && operation.request.kind === 'run-map') {
          this.note('write', now, event.node);
        }
        return this.noteAnswered(now, operation);
      case EVENT.timeout:
      case EVENT.response:
        return this.noteAnswered(now, operation);
      case EVENT.request:
        this.noteEvent(now, event.node);
        if (event.node === STORE && operation !== null) this.noteRequest(now, operation);
        return true;
      default:
        return true;
    }
  }

  private noteAnswered(now: Microseconds, operation: Operation | null): true {
    if (operation?.open === true) this.noteEvent(now, operation.issuer.node);
    return true;
  }

  private noteRequest(now: Microseconds, { issuer, request }: Operation): void {
    this.noteEvent(now, issuer.node);
    this.note('request', now, STORE);
    if (request.kind !== 'store' || request.operation.kind !== 'upload') return;
    this.note('upload', now, STORE);
  }

  private noteEvent(now: Microseconds, node: number): void {
    if (this.nodes.has(node) || !this.world.process(node).up) return;
    this.nodes.add(node);
    this.note('event', now, node);
  }

  private enter(now: Microseconds): void {
    if (now === this.instant) return;
    this.instant = now;
    this.nodes.clear();
    this.packets.clear();
  }

  /** Fields of an item are filled in after it was added. */
  private readFresh(): void {
    for (const { at, event } of this.fresh) {
      this.enter(at);
      const { operation, type } = event;
      if (type === EVENT.message) this.notePacket(at, event.from, event.node);
      else if (operation === null) continue;
      else if (type === EVENT.request) this.notePacket(at, operation.issuer.node, event.node);
      else if (type === EVENT.response) this.noteAnswer(at, operation);
      else if (type === EVENT.completion) this.noteBegun(at, event.node, operation);
    }
    this.fresh = [];
  }

  private noteBegun(at: Microseconds, node: number, { request }: Operation): void {
    switch (request.kind) {
      case 'run-map':
      case 'run-reduce':
        return this.note('step', at, node);
      case 'journal-write':
      case 'journal-create':
        this.note('journal', at, node);
        return this.note('write', at, node);
      case 'journal-list':
      case 'journal-read':
        return this.note('journal', at, node);
      case 'fetch':
      case 'store':
      case 'plan':
        return;
    }
  }

  private noteAnswer(at: Microseconds, { issuer, request }: Operation): void {
    const from = request.kind === 'fetch' ? request.from : STORE;
    this.notePacket(at, from, issuer.node);
  }

  private notePacket(at: Microseconds, from: number, to: number): void {
    if (from === to) return;
    const link = from * NODES + to;
    const packet = (this.packets.get(link) ?? 0) + 1;
    this.packets.set(link, packet);
    this.points.push({ kind: 'packet', at, from, to, packet });
  }
}
