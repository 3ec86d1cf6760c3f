/**
 * A replica whose lease ran out stops its work by itself (6.10). Safety does not depend on it; it
 * bounds how long the cut-off half of a cluster goes on in vain.
 */
import { attemptName } from '@lisping/core';
import type { Message, Microseconds, NodeId } from '@lisping/core';
import { nodeCount, nodeName, replicaIndex } from '../address.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import { seconds } from './seconds.ts';

/** When each heartbeat of one life was sent, and what was granted for it. */
interface Lease {
  until: Microseconds;
  joinedAt: Microseconds;
  /** Of the last heartbeats, by their number modulo how many are remembered. */
  readonly sentAt: Microseconds[];
  beats: number;
  resumedAt: Microseconds;
}

/** More than a replica remembers. */
const BEATS_REMEMBERED = 32;

class LeaseEndsWork implements Checker {
  readonly name: string = 'lease-ends-work';
  readonly title: string = 'no replica went on without a lease';
  readonly interest: Interest = {
    of: 'replicas',
    messages: ['heartbeat', 'join', 'heartbeat-answer', 'page-received'],
  };
  private readonly context: CheckContext;
  private readonly breach: Breach;
  private readonly leases: Lease[];
  /** Under a fault of the order of events what had queued up comes at the next multiple of this. */
  private readonly grain: Microseconds;
  private world: WorldView | null = null;

  constructor(context: CheckContext) {
    this.context = context;
    this.breach = new Breach(context, this);
    const grains = context.faults.map((fault) => (fault.kind === 'tie' ? fault.grain : 0));
    this.grain = Math.max(0, ...grains);
    this.leases = Array.from({ length: nodeCount(context.replicas) }, newLease);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  processStarted(now: Microseconds, node: NodeId): void {
    this.leases[node] = newLease();
    this.lease(node).joinedAt = now;
  }

  /** What had queued up meanwhile is handled at once, in its order: the end of the lease as well. */
  processResumed(now: Microseconds, node: NodeId): void {
    this.lease(node).resumedAt = now;
  }

  sent(now: Microseconds, from: NodeId, _to: NodeId, message: Message): void {
    this.look(now, from);
    if (message.kind === 'heartbeat') this.noteBeat(from, message.number, now);
    else if (message.kind === 'join') this.lease(from).joinedAt = now;
  }

  delivered(_now: Microseconds, node: NodeId, _from: NodeId, message: Message): void {
    if (message.kind === 'heartbeat-answer' && !message.resync) {
      this.grant(node, this.sentAt(node, message.number));
    } else if (message.kind === 'page-received' && message.welcome) {
      this.grant(node, this.lease(node).joinedAt);
    }
  }

  private noteBeat(node: NodeId, number: number, now: Microseconds): void {
    const lease = this.lease(node);
    lease.sentAt[number % BEATS_REMEMBERED] = now;
    lease.beats = number;
  }

  private sentAt(node: NodeId, number: number): Microseconds | undefined {
    const { beats, sentAt } = this.lease(node);
    // A replica does not listen to an answer this old, and in an hour there are many heartbeats.
    return number > beats - BEATS_REMEMBERED ? sentAt[number % BEATS_REMEMBERED] : undefined;
  }

  /** Generous: an answer that the replica may have ignored counts too. */
  private grant(node: NodeId, from: Microseconds | undefined): void {
    if (from === undefined) return;
    const lease = this.lease(node);
    lease.until = Math.max(lease.until, from + this.context.timing.lease);
  }

  /** At every sign of life, which a replica gives at every beat. */
  private look(now: Microseconds, node: NodeId): void {
    const { until, resumedAt } = this.lease(node);
    if (now <= until + this.context.timing.heartbeat || now <= resumedAt + this.grain) return;
    const [attempt] = this.world?.replica(replicaIndex(node)).executing ?? [];
    if (attempt === undefined) return;
    if (this.stoodStill(node, now)) return;
    const late = seconds(now - until);
    this.breach.report(
      now,
      `${nodeName(node)} runs ${attemptName(attempt)}, ${late} s after its lease ended`,
    );
  }

  /**
   * A lease is measured on the replica's own clock. One that was set back stands still until the time
   * has caught up, and the lease is longer by that: duties of hosts forbid to go back, not to stand.
   */
  private stoodStill(node: NodeId, now: Microseconds): boolean {
    const name = nodeName(node);
    return this.context.faults.some((fault) => {
      if (fault.kind !== 'clock' || fault.target !== name || fault.offset >= 0) return false;
      const { lease, heartbeat } = this.context.timing;
      return now >= fault.at && now <= fault.at - fault.offset + lease + heartbeat;
    });
  }

  private lease(node: NodeId): Lease {
    return (this.leases[node] ??= newLease());
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function newLease(): Lease {
  return { until: 0, joinedAt: 0, sentAt: [], beats: 0, resumedAt: -1 };
}

export function createLeaseEndsWork(context: CheckContext): Checker {
  return new LeaseEndsWork(context);
}
