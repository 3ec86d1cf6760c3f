/**
 * "Sometimes" marks: moments at which a protocol like this one goes wrong if it ever does. A long run
 * of a generator must have come to each of them, or the generator has gone blind; a checker that is
 * silent there means something.
 */
import { sameAttempt } from '@lisping/core';
import type {
  AttemptId,
  Effect,
  Epoch,
  JournalEntry,
  Message,
  Microseconds,
  NodeId,
  StoreAnswer,
  StoreOperation,
} from '@lisping/core';
import { CLIENT, PRIMARY, replicaIndex, replicaNode, SUCCESSOR } from './address.ts';
import type { EffectResult } from './effect-result.ts';
import type { Fault } from './fault.ts';
import type { Observer, WorldView } from './observe.ts';

/** Every mark, in the order in which reports print them. */
export const MARKS = [
  'stale-epoch message refused',
  'zombie commit refused',
  'map re-run after some reduce had fetched it',
  'map re-run after all reduces had fetched it',
  'primary died between journal and reply',
  'primary died between commit and publish',
  'successor active while the old primary still ran',
  'duplicate completion ignored',
  'kill reached a replica before the launch',
  'replica declared lost though it lived',
  'twin won',
  'twin lost after writing its temporary output',
  'replica back with its old disk',
  'replica back with an empty disk',
  'cut towards a primary alone',
  'cut away from a primary alone',
  'two events of one instant taken in both orders',
  'submit repeated after it was known',
  'unsynced write lost',
  'damaged segment caught by its checksum',
  'job finished with a node still down',
] as const;

type Mark = (typeof MARKS)[number];

/** How often each mark was hit; one object may watch many schedules. */
export type MarkCounts = Record<Mark, number>;

export function noMarks(): MarkCounts {
  // Every key is set, since they are the marks themselves.
  return Object.fromEntries(MARKS.map((mark) => [mark, 0])) as MarkCounts;
}

/** What one schedule has shown of one task. */
interface TaskTrack {
  readonly assigned: AttemptId[];
  readonly uploaded: AttemptId[];
  readonly revoked: AttemptId[];
  won: AttemptId | null;
  isPublished: boolean;
  /** The reduces that have fetched its output. */
  readonly fetchedBy: Set<number>;
}

/** Watches one schedule, and counts into `counts`. */
export class Marks implements Observer {
  private readonly counts: MarkCounts;
  private readonly tasks = { map: [] as TaskTrack[], reduce: [] as TaskTrack[] };
  private world: WorldView | null = null;
  /** By node: entries issued and not yet durable; entries durable and not yet answered. */
  private readonly issued: number[] = [];
  private readonly unanswered: number[] = [];
  private isSubmitted = false;
  private reduces = 0;
  /** By node: what it handled last, and when. */
  private readonly lastHandled: { readonly at: Microseconds; readonly what: string }[] = [];
  /** Pairs of what one node handled at one instant, in that order. */
  private readonly orders = new Set<string>();

  constructor(counts: MarkCounts) {
    this.counts = counts;
  }

  private task({ kind, task }: AttemptId): TaskTrack {
    return (this.tasks[kind][task] ??= {
      assigned: [],
      uploaded: [],
      revoked: [],
      won: null,
      isPublished: false,
      fetchedBy: new Set(),
    });
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  /** Remembers in which order things of one instant came to a node. */
  private handled(now: Microseconds, node: NodeId, what: string): void {
    const last = this.lastHandled[node];
    this.lastHandled[node] = { at: now, what };
    if (last?.at !== now || last.what === what) return;
    this.orders.add(`${last.what}, ${what}`);
    const isSeenBoth = this.orders.has(`${what}, ${last.what}`);
    if (isSeenBoth) this.counts['two events of one instant taken in both orders']++;
  }

  timerFired(now: Microseconds, node: NodeId, timer: number): void {
    this.handled(now, node, `timer ${timer}`);
  }

  // ------------------------------------------------------------------ messages

  delivered(
    now: Microseconds,
    node: NodeId,
    _from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    this.handled(now, node, message.kind);
    if (message.kind === 'report') this.onReport(message.attempt, effects);
    else if (message.kind === 'assign') this.onAssign(message.attempt, effects);
    else if (message.kind === 'submit' && this.isSubmitted) {
      this.counts['submit repeated after it was known']++;
    }
    for (const effect of effects) {
      if (effect.kind === 'journal-write') this.issued[node] = effect.entries.length;
      if (effect.kind !== 'send') continue;
      const { message: answer } = effect;
      if (answer.kind === 'current' && effects.length === 1) {
        this.counts['stale-epoch message refused']++;
      } else if (answer.kind === 'heartbeat-answer' || answer.kind === 'page-received') {
        for (const attempt of answer.unwanted) this.task(attempt).revoked.push(attempt);
      }
    }
  }

  private onReport(attempt: AttemptId, effects: readonly Effect[]): void {
    const { won } = this.task(attempt);
    for (const effect of effects) {
      if (effect.kind !== 'send' || effect.message.kind !== 'report-answer') continue;
      if (effect.message.verdict === 'void') this.counts['zombie commit refused']++;
      else if (won !== null && sameAttempt(won, attempt)) {
        this.counts['duplicate completion ignored']++;
      }
    }
  }

  private onAssign(attempt: AttemptId, effects: readonly Effect[]): void {
    const isKilled = has(this.task(attempt).revoked, attempt);
    if (isKilled && effects.length === 0) this.counts['kill reached a replica before the launch']++;
  }

  sent(_now: Microseconds, _from: NodeId, _to: NodeId, message: Message): void {
    if (message.kind === 'assign') this.task(message.attempt).assigned.push(message.attempt);
  }

  completed(
    now: Microseconds,
    node: NodeId,
    request: Effect,
    result: EffectResult,
    effects: readonly Effect[],
  ): void {
    this.handled(now, node, request.kind);
    if (request.kind === 'fetch' && result.kind === 'fetched') {
      result.statuses.forEach((status, i) => {
        const want = request.wants[i];
        if (status === 'damaged') this.counts['damaged segment caught by its checksum']++;
        if (status === 'ok' && want !== undefined) {
          this.task(want.attempt).fetchedBy.add(request.partition);
        }
      });
    }
    // Another look at the markers comes between an append and what follows from it.
    if (request.kind === 'journal-list') this.unanswered[node] = 0;
    for (const effect of effects) {
      if (effect.kind === 'journal-write') this.issued[node] = effect.entries.length;
    }
  }

  executed(_now: Microseconds, _node: NodeId, { attempt }: { attempt: AttemptId }): void {
    const { won, fetchedBy } = this.task(attempt);
    const isAgain = attempt.kind === 'map' && won !== null && !sameAttempt(won, attempt);
    if (!isAgain || fetchedBy.size === 0) return;
    this.counts['map re-run after some reduce had fetched it']++;
    if (fetchedBy.size === this.reduces)
      this.counts['map re-run after all reduces had fetched it']++;
  }

  // ------------------------------------------------------------------ journal and store

  journalDurable(
    _now: Microseconds,
    node: NodeId,
    _epoch: Epoch,
    _first: number,
    entries: readonly JournalEntry[],
  ): void {
    this.issued[node] = Math.max(0, (this.issued[node] ?? 0) - entries.length);
    this.unanswered[node] = entries.length;
    for (const entry of entries) this.decided(node, entry);
  }

  private decided(node: NodeId, entry: JournalEntry): void {
    const { world } = this;
    if (world === null) return;
    if (entry.kind === 'job-submitted') {
      this.isSubmitted = true;
      this.reduces = entry.plan.reduces;
    } else if (entry.kind === 'map-won' || entry.kind === 'part-won') this.onWon(entry.attempt);
    else if (entry.kind === 'replica-lost') {
      const { up, paused } = world.process(entry.replica);
      if (up && !paused) this.counts['replica declared lost though it lived']++;
    } else if (entry.kind === 'adoption' && entry.prefixes.length > 0) {
      const other = node === PRIMARY ? SUCCESSOR : PRIMARY;
      if (world.process(other).up)
        this.counts['successor active while the old primary still ran']++;
    }
  }

  private onWon(attempt: AttemptId): void {
    const track = this.task(attempt);
    track.won = attempt;
    const { assigned, uploaded } = track;
    const [first] = assigned;
    if (first !== undefined && first.epoch === attempt.epoch && !sameAttempt(first, attempt)) {
      this.counts['twin won']++;
    }
    if (uploaded.some((other) => !sameAttempt(other, attempt))) {
      this.counts['twin lost after writing its temporary output']++;
    }
  }

  storeApplied(
    _now: Microseconds,
    _issuer: NodeId,
    operation: StoreOperation,
    answer: StoreAnswer,
  ): void {
    if (answer !== 'ok') return;
    if (operation.kind === 'upload') {
      const track = this.task(operation.attempt);
      const isLate = track.won !== null && !sameAttempt(track.won, operation.attempt);
      if (isLate) this.counts['twin lost after writing its temporary output']++;
      track.uploaded.push(operation.attempt);
    } else if (operation.kind === 'publish') this.task(operation.attempt).isPublished = true;
  }

  // ------------------------------------------------------------------ faults and lives

  processStopped(_now: Microseconds, node: NodeId, why: 'crashed' | 'resigned'): void {
    if ((node !== PRIMARY && node !== SUCCESSOR) || why !== 'crashed') return;
    if ((this.issued[node] ?? 0) > 0) this.counts['unsynced write lost']++;
    if ((this.unanswered[node] ?? 0) > 0) this.counts['primary died between journal and reply']++;
    const isWaiting = this.tasks.reduce.some(
      ({ won, isPublished }) => won !== null && !isPublished,
    );
    if (isWaiting) this.counts['primary died between commit and publish']++;
    this.issued[node] = 0;
    this.unanswered[node] = 0;
  }

  processStarted(
    _now: Microseconds,
    node: NodeId,
    life: number,
    _effects: readonly Effect[],
  ): void {
    const index = replicaIndex(node);
    if (index < 0 || life === 1 || this.world === null) return;
    const isEmpty = this.world.replica(index).held.length === 0;
    this.counts[isEmpty ? 'replica back with an empty disk' : 'replica back with its old disk']++;
  }

  faultApplied(_now: Microseconds, fault: Fault): void {
    if (fault.kind !== 'cut' || fault.target.includes('<->')) return;
    const [from, to] = fault.target.split('->');
    if (to === 'primary') this.counts['cut towards a primary alone']++;
    if (from === 'primary') this.counts['cut away from a primary alone']++;
  }

  told(_now: Microseconds, node: NodeId): void {
    const { world } = this;
    if (world === null || node !== CLIENT) return;
    for (let i = 0; i < world.replicas; i++) {
      if (world.process(replicaNode(i)).up) continue;
      this.counts['job finished with a node still down']++;
      return;
    }
  }
}

function has(list: readonly AttemptId[], attempt: AttemptId): boolean {
  return list.some((other) => sameAttempt(other, attempt));
}
