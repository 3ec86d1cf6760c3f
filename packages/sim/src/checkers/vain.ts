/**
 * Nobody works on in vain: where a heartbeat or a snapshot names work that its primary knows to be of no use, the
 * answer says so (6.10). It knows when it has itself asked the store to publish another one's part, when
 * it has begun to end the job, when it has acknowledged the output of another attempt at the map, and
 * when it has said before that the attempt is unwanted.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type {
  AttemptId,
  Effect,
  HeartbeatAnswer,
  JournalEntry,
  Message,
  Microseconds,
  NodeId,
  PageReceived,
  ReportAnswer,
  StoreOperation,
} from '@lisping/core';
import { nodeName, replicaIndex } from '../address.ts';
import type { Interest, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import { answerIn } from './known/answer.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import { Minds } from './known/minds.ts';
import { wasRefused } from './known/refusal.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

/** What one life of a primary is known to know. */
interface Mind {
  /** It has begun to do what the outcome asks for. */
  isDecided: boolean;
  /** By task that commits: the attempt whose part it publishes. */
  readonly published: AttemptId[];
  /** By map: the attempt whose output it acknowledged last, and when. */
  readonly made: { readonly attempt: AttemptId; readonly at: Microseconds }[];
  /** When it last acknowledged an output of a newer version. */
  risenAt: Microseconds;
  /** By replica: what its snapshot says that it runs. */
  readonly running: (readonly AttemptId[])[];
}

class VainWorkStops implements Checker, JournalReader {
  readonly name: string = 'vain-work-stops';
  readonly title: string = 'nobody was left to work in vain';
  readonly interest: Interest = {
    of: 'primaries',
    messages: ['heartbeat', 'join', 'report-answer', 'page-received'],
    effects: ['store'],
  };
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  private readonly minds = new Minds<Mind>(() => ({
    isDecided: false,
    published: [],
    made: [],
    risenAt: Number.NEGATIVE_INFINITY,
    running: [],
  }));
  /** By map: when its canonical output was last written down. */
  private readonly wonAt: Microseconds[] = [];
  private world: WorldView | null = null;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  processStarted(_now: Microseconds, node: NodeId): void {
    this.minds.started(node);
  }

  // ------------------------------------------------------------------ what a primary knows

  entry(now: Microseconds, entry: JournalEntry): void {
    if (entry.kind !== 'map-won' || entry.attempt.job !== this.context.job) return;
    this.wonAt[entry.attempt.task] = now;
  }

  asked(_now: Microseconds, node: NodeId, effect: Effect): void {
    const mind = this.minds.of(node);
    if (mind !== undefined && effect.kind === 'store') this.onOperation(mind, effect.operation);
  }

  private onOperation(mind: Mind, operation: StoreOperation): void {
    if (operation.kind === 'publish') {
      const { attempt } = operation;
      if (attempt.job === this.context.job) mind.published[attempt.task] = attempt;
    } else if ('job' in operation && operation.job === this.context.job) {
      // Making directories begins a job, and everything else ends it.
      const isBeginning = operation.kind === 'make-output' || operation.kind === 'make-temporary';
      if (!isBeginning) mind.isDecided = true;
    }
  }

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message): void {
    if (message.kind === 'report-answer') this.onAnswer(now, from, message);
    else if (message.kind === 'page-received' && message.welcome) {
      const running = this.minds.of(from)?.running[to] ?? [];
      this.judge(now, from, to, running, message);
    }
  }

  private onAnswer(at: Microseconds, from: NodeId, { attempt, verdict }: ReportAnswer): void {
    if (verdict !== 'journaled' || attempt.kind !== 'map' || attempt.job !== this.context.job)
      return;
    // That it failed is acknowledged in the same way.
    const isMade = (this.book.page(attempt).execution?.checksums.length ?? 0) > 0;
    const mind = this.minds.of(from);
    if (!isMade || mind === undefined) return;
    mind.made[attempt.task] = { attempt, at };
    const won = this.journal.maps[attempt.task]?.entry;
    const isNewer = won !== undefined && won.version > 1 && sameAttempt(won.attempt, attempt);
    if (isNewer) mind.risenAt = Math.max(mind.risenAt, this.wonAt[attempt.task] ?? at);
  }

  // ------------------------------------------------------------------ what it answers

  delivered(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    const mind = this.minds.of(node);
    if (mind === undefined) return;
    if (message.kind === 'join') {
      if (message.page === 0 && !wasRefused(effects)) mind.running[from] = message.running;
    } else if (message.kind === 'heartbeat' && message.running.length > 0) {
      const answer = answerIn(effects);
      if (answer?.resync === false) this.judge(now, node, from, message.running, answer);
    }
  }

  private judge(
    now: Microseconds,
    primary: NodeId,
    replica: NodeId,
    running: readonly AttemptId[],
    answer: HeartbeatAnswer | PageReceived,
  ): void {
    const mind = this.minds.of(primary);
    // A list that was cut to a page does not name everything.
    if (mind === undefined || answer.unwanted.length >= this.context.timing.page) return;
    for (const attempt of running) {
      if (attempt.job !== this.context.job || isNamed(answer, attempt)) continue;
      const why = this.reasonToStop(now, mind, attempt, answer.epoch);
      if (why === null || !this.isWorking(replica, attempt)) continue;
      const words = `${nodeName(replica)} works on ${attemptName(attempt)}, ${why}`;
      return this.breach.report(now, `${words}, and is not told to stop`);
    }
  }

  private reasonToStop(
    now: Microseconds,
    { isDecided, published, made, risenAt }: Mind,
    attempt: AttemptId,
    epoch: number,
  ): string | null {
    if (isDecided) return 'though the job is decided';
    if ((this.book.page(attempt).revokedAt[epoch] ?? now) < now) return 'which was revoked';
    if (attempt.kind === 'reduce' || this.context.reduces === 0) {
      const winner = published[attempt.task];
      if (winner !== undefined) return `though ${attemptName(winner)} has won`;
      const isOld = attempt.epoch === epoch && this.givenAt(attempt) < risenAt;
      return isOld ? 'though a version has risen' : null;
    }
    const output = made[attempt.task];
    // Of work for an earlier epoch it is not seen since when this one counts on it.
    if (output === undefined || attempt.epoch < epoch) return null;
    // What was given away after that makes up for an output that was lost.
    if (this.givenAt(attempt) >= output.at) return null;
    return `though ${attemptName(output.attempt)} has made its output`;
  }

  private givenAt(attempt: AttemptId): Microseconds {
    const given = this.book.given(attempt.kind, attempt.task);
    const one = given.find((other) => sameAttempt(other.attempt, attempt));
    return one?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Its report may have been faster than the heartbeat that still calls it running. */
  private isWorking(node: NodeId, attempt: AttemptId): boolean {
    return this.world?.replica(replicaIndex(node)).worksOn(attempt) ?? false;
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

function isNamed(answer: HeartbeatAnswer | PageReceived, attempt: AttemptId): boolean {
  if (answer.unwanted.some((other) => sameAttempt(other, attempt))) return true;
  return answer.kind === 'heartbeat-answer' && answer.endedJobs.includes(attempt.job);
}

export function createVainWorkStops(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new VainWorkStops(context, journal, book);
}
