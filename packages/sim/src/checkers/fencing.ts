/**
 * S4: nothing of the past has an effect. A message whose envelope carries an older epoch or
 * incarnation causes at most one answer that says what is current, an answer causes none, and an
 * attempt that was revoked does not go on, nor win. Nobody speaks for an epoch that it knows to be over.
 */
import { attemptName, sameAttempt } from '@lisping/core';
import type {
  AttemptId,
  Effect,
  Epoch,
  HeartbeatAnswer,
  Join,
  JournalEntry,
  Message,
  Microseconds,
  NodeId,
  PageReceived,
} from '@lisping/core';
import { CLIENT, isPrimary, nodeCount, nodeName } from '../address.ts';
import type { Observer } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import { answerIn } from './known/answer.ts';
import type { AttemptBook } from './known/attempt-book.ts';

/** What one life of a process knows of the others, as far as messages have told it. */
interface Mind {
  /** Of a primary: its own epoch, 0 until its journal is open. Else the highest it was told of. */
  epoch: number;
  /** Of a replica: its incarnation. */
  life: number;
  /** Of a primary: the epoch that it has just written an adoption for. */
  adopting: number;
  /** Of a primary: the incarnation of each replica, by node. */
  readonly incarnations: number[];
  /** Of a primary: the highest heartbeat of each replica that it has taken in, by node. */
  readonly heard: number[];
  /** Of a replica: the page of a snapshot that waits for an answer. */
  asked: Join | null;
  /** Of a replica: the highest heartbeat with an answer. */
  answered: number;
  /** Of a replica: the highest heartbeat sent, and the answer that it named. */
  beats: number;
  /** Of a replica: when it began to tell the last snapshot. */
  toldAt: Microseconds;
  said: number;
  /** Of a replica: attempts that may never work here any more. */
  readonly revoked: AttemptId[];
}

/** A replica remembers so many heartbeats; an answer to an older one is not listened to. */
const HEARTBEATS_REMEMBERED = 16;

/** A client only says what it has heard of; a replica speaks for the epoch that it follows. */
function isOfReplica({ kind }: Message): boolean {
  return (
    kind === 'heartbeat' ||
    kind === 'report' ||
    kind === 'join' ||
    kind === 'locate' ||
    kind === 'fetch-trouble'
  );
}

function newMind(life: number): Mind {
  return {
    epoch: 0,
    life,
    adopting: 0,
    incarnations: [],
    heard: [],
    asked: null,
    answered: 0,
    beats: 0,
    toldAt: 0,
    said: 0,
    revoked: [],
  };
}

class Fencing implements Checker {
  readonly name: string = 'stale-has-no-effect';
  readonly title: string = 'nothing stale had an effect';
  private readonly context: CheckContext;
  private readonly book: AttemptBook;
  private readonly breach: Breach;
  private readonly minds: Mind[];
  /** By node: when the journal said last that it is lost. */
  private readonly lostAt: Microseconds[] = [];

  constructor(context: CheckContext, book: AttemptBook) {
    this.context = context;
    this.book = book;
    this.breach = new Breach(context, this);
    this.minds = Array.from({ length: nodeCount(context.replicas) }, () => newMind(0));
  }

  private mind(node: NodeId): Mind {
    return this.minds[node] ?? newMind(0);
  }

  processStarted(now: Microseconds, node: NodeId, life: number, effects: readonly Effect[]): void {
    this.minds[node] = newMind(life);
    if (!isPrimary(node)) this.onEffects(now, node, effects);
  }

  delivered(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
  ): void {
    const mind = this.mind(node);
    if (isPrimary(node)) return this.atPrimary(now, node, from, message, effects, mind);
    if (message.epoch < mind.epoch) return this.onStale(now, node, from, message, effects);
    const isNews = message.epoch > mind.epoch;
    mind.epoch = message.epoch;
    if (node !== CLIENT) this.atReplica(now, node, from, message, effects, isNews);
    this.onEffects(now, node, effects);
  }

  timerFired(now: Microseconds, node: NodeId, _timer: number, effects: readonly Effect[]): void {
    if (!isPrimary(node)) this.onEffects(now, node, effects);
  }

  completed(
    now: Microseconds,
    node: NodeId,
    request: Effect,
    result: Parameters<Required<Observer>['completed']>[3],
    effects: readonly Effect[],
  ): void {
    if (!isPrimary(node)) return this.onEffects(now, node, effects);
    const mind = this.mind(node);
    this.noteRevocations(now, effects);
    if (request.kind === 'journal-write') {
      const [first] = request.entries;
      const ok = result.kind === 'journal-written' && result.ok;
      if (first?.kind === 'adoption' && ok) mind.adopting = request.epoch;
    } else if (request.kind === 'journal-list' && mind.adopting > 0) {
      const isOver = effects.some((effect) => effect.kind === 'resign');
      mind.epoch = isOver ? 0 : mind.adopting;
      mind.adopting = 0;
    }
  }

  // ------------------------------------------------------------------ what is stale

  /** At most one answer, and only to what is no answer itself. */
  private onStale(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    pushed: readonly Effect[],
  ): void {
    // Whatever wakes a primary from a pause makes it look for a successor.
    const effects = pushed.filter(({ kind }) => kind !== 'journal-list');
    const [first] = effects;
    if (first === undefined) return this.unanswered(now, node, message);
    const isAnswer = first.kind === 'send' && first.message.kind === 'current';
    if (effects.length === 1 && isAnswer && message.kind !== 'current') return;
    const what = effects.map((effect) => effect.kind).join(', ');
    const { kind, epoch, incarnation } = message;
    this.breach.report(
      now,
      `${kind} of ${nodeName(from)}, epoch ${epoch}, incarnation ${incarnation}, is of the past ` +
        `for ${nodeName(node)} and causes ${what}`,
    );
  }

  /** Whoever speaks for an older epoch, or for an earlier life, hears what is current. */
  private unanswered(now: Microseconds, node: NodeId, message: Message): void {
    const { kind, epoch } = message;
    const isOldPlan = kind === 'assign' && epoch < this.mind(node).epoch;
    if (!isOldPlan && !(isPrimary(node) && isOfReplica(message))) return;
    this.breach.report(
      now,
      `${nodeName(node)} does not say what is current to a ${kind} of the past`,
    );
  }

  // ------------------------------------------------------------------ primaries

  private atPrimary(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
    mind: Mind,
  ): void {
    const { epoch } = mind;
    if (epoch === 0) return this.nothing(now, node, message, effects, 'before its journal is open');
    if (message.epoch > epoch) {
      const [first] = effects;
      if (effects.length === 1 && first?.kind === 'resign') return;
      const who = nodeName(node);
      const news = `goes on as epoch ${epoch}, though it has heard of ${message.epoch}`;
      return this.breach.report(now, `${who} ${news}`);
    }
    if (message.kind === 'current') {
      return this.nothing(now, node, message, effects, 'though an answer is never answered');
    }
    if (isOfReplica(message)) {
      const known = mind.incarnations[from] ?? 0;
      if (message.epoch < epoch || message.incarnation < known) {
        return this.onStale(now, node, from, message, effects);
      }
      if (message.kind === 'heartbeat' && message.incarnation === known) {
        this.onBeat(now, node, from, message.number, mind, effects);
      }
      if (message.kind === 'join') this.onJoined(mind, from, message);
      if (message.kind === 'report' && message.incarnation === known) {
        this.noteReport(now, epoch, message.attempt);
      }
    }
    this.noteRevocations(now, effects);
  }

  private onJoined({ incarnations, heard }: Mind, from: NodeId, join: Join): void {
    if (join.incarnation > (incarnations[from] ?? 0)) heard[from] = 0;
    incarnations[from] = join.incarnation;
  }

  /** A heartbeat that was overtaken, or a copy of one, is not answered a second time. */
  private onBeat(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    number: number,
    { heard }: Mind,
    effects: readonly Effect[],
  ): void {
    const answer = answerIn(effects);
    if (answer === undefined) return;
    const before = heard[from] ?? 0;
    // A stranger is asked who it is as often as it speaks.
    if (number > before) heard[from] = answer.resync ? before : number;
    else
      this.breach.report(
        now,
        `${nodeName(node)} heeds heartbeat ${number} of ${nodeName(from)} after ${before}`,
      );
  }

  private nothing(
    now: Microseconds,
    node: NodeId,
    message: Message,
    effects: readonly Effect[],
    why: string,
  ): void {
    if (effects.length === 0) return;
    this.breach.report(now, `${nodeName(node)} acts on ${message.kind} ${why}`);
  }

  private noteReport(now: Microseconds, epoch: number, attempt: AttemptId): void {
    if (attempt.job !== this.context.job) return;
    this.book.page(attempt).reportedAt[epoch] ??= now;
  }

  private noteRevocations(now: Microseconds, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind !== 'send') continue;
      const { message } = effect;
      if (message.kind === 'heartbeat-answer' || message.kind === 'page-received') {
        for (const attempt of message.unwanted) this.noteRevoked(now, message.epoch, attempt);
      } else if (message.kind === 'report-answer' && message.verdict === 'void') {
        this.noteRevoked(now, message.epoch, message.attempt);
      }
    }
  }

  private noteRevoked(now: Microseconds, epoch: number, attempt: AttemptId): void {
    if (attempt.job !== this.context.job) return;
    this.book.page(attempt).revokedAt[epoch] ??= now;
  }

  /** Who wins was reported to the epoch that says so, before that epoch revoked it. */
  journalDurable(
    now: Microseconds,
    _node: NodeId,
    epoch: Epoch,
    _first: number,
    entries: readonly JournalEntry[],
  ): void {
    for (const entry of entries) {
      if (entry.kind === 'replica-lost') this.lostAt[entry.replica] = now;
      if (entry.kind !== 'part-won' && entry.kind !== 'map-won') continue;
      if (entry.attempt.job !== this.context.job) continue;
      const page = this.book.page(entry.attempt);
      const reportedAt = page.reportedAt[epoch];
      const revokedAt = page.revokedAt[epoch] ?? Number.POSITIVE_INFINITY;
      if (reportedAt !== undefined && reportedAt <= revokedAt) continue;
      const name = attemptName(entry.attempt);
      if (reportedAt === undefined) {
        this.breach.report(now, `${name} wins in epoch ${epoch}, on a stale report or on none`);
      } else {
        this.breach.report(now, `${name} wins, though epoch ${epoch} had revoked it`);
      }
    }
  }

  // ------------------------------------------------------------------ replicas

  private atReplica(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: Message,
    effects: readonly Effect[],
    isNews: boolean,
  ): void {
    const mind = this.mind(node);
    if (message.kind === 'current') {
      if (!isNews) this.nothing(now, node, message, effects, 'though it is not news');
    } else if (message.incarnation !== mind.life) {
      if (!isNews) this.onStale(now, node, from, message, effects);
    } else if (message.kind === 'page-received') {
      if (!this.onPage(mind, message) && !isNews) {
        this.nothing(now, node, message, effects, 'that answers another snapshot or page');
      }
    } else if (message.kind === 'heartbeat-answer') {
      this.onHeartbeatAnswer(mind, message);
    } else if (message.kind === 'assign' && effects.length > 0) {
      this.onBegun(now, node, mind, message.attempt);
    }
  }

  /** Who was lost and is back has told what it runs: what was given to it before counts no more. */
  private onBegun(now: Microseconds, node: NodeId, mind: Mind, attempt: AttemptId): void {
    const lostAt = this.lostAt[node];
    if (lostAt === undefined || mind.asked !== null || mind.toldAt <= lostAt) return;
    const given = this.book
      .given(attempt.kind, attempt.task)
      .find((other) => other.to === node && sameAttempt(other.attempt, attempt));
    if (given === undefined || given.at >= lostAt) return;
    const words = `${nodeName(node)} begins ${attemptName(attempt)}`;
    this.breach.report(now, `${words}, which was given to it before it was lost`);
  }

  /** True when it answers what was asked last. */
  private onPage(mind: Mind, { snapshot, page, welcome, unwanted }: PageReceived): boolean {
    const { asked } = mind;
    if (asked === null || asked.snapshot !== snapshot || asked.page !== page) return false;
    mind.revoked.push(...unwanted);
    if (page + 1 === asked.pages && welcome) mind.asked = null;
    return true;
  }

  private onHeartbeatAnswer(mind: Mind, { number, resync, unwanted }: HeartbeatAnswer): void {
    if (mind.asked !== null || number <= mind.answered) return;
    if (number <= mind.beats - HEARTBEATS_REMEMBERED) return;
    mind.answered = number;
    if (!resync) mind.revoked.push(...unwanted);
  }

  // ------------------------------------------------------------------ what replicas and clients do

  private onEffects(now: Microseconds, node: NodeId, effects: readonly Effect[]): void {
    const mind = this.mind(node);
    for (const effect of effects) {
      const { kind } = effect;
      if (kind === 'send') this.onSend(now, node, mind, effect.message);
      else if (kind === 'run-map' || kind === 'run-reduce' || kind === 'fetch') {
        this.onWork(now, node, mind, effect.attempt);
      } else if (kind === 'store' && effect.operation.kind === 'upload') {
        this.onWork(now, node, mind, effect.operation.attempt);
      }
    }
  }

  private onSend(now: Microseconds, node: NodeId, mind: Mind, message: Message): void {
    const { kind, epoch, incarnation } = message;
    if (epoch !== mind.epoch) {
      const who = nodeName(node);
      const heard = `and has heard of ${mind.epoch}`;
      return this.breach.report(now, `${who} sends ${kind} for epoch ${epoch}, ${heard}`);
    }
    if (node === CLIENT) return;
    if (incarnation !== mind.life) {
      return this.breach.report(
        now,
        `${nodeName(node)} names incarnation ${incarnation}, not its own`,
      );
    }
    if (kind === 'join') {
      const isNew = mind.asked?.snapshot !== message.snapshot;
      if (isNew && this.lostAt[node] !== undefined) mind.toldAt = now;
      mind.asked = message;
    }
    if (kind === 'heartbeat') this.onHeartbeat(now, node, mind, message);
    else if (kind === 'report' && message.outcome.kind !== 'gave-up') {
      this.onWork(now, node, mind, message.attempt);
    }
  }

  /** What it has heard it does not forget: an answer that was overtaken has no effect. */
  private onHeartbeat(
    now: Microseconds,
    node: NodeId,
    mind: Mind,
    { number, answered }: Extract<Message, { kind: 'heartbeat' }>,
  ): void {
    mind.beats = number;
    if (answered < mind.said) {
      const back = `from ${mind.said} to ${answered}`;
      this.breach.report(now, `${nodeName(node)} goes back in what it has heard, ${back}`);
    }
    mind.said = answered;
  }

  private onWork(now: Microseconds, node: NodeId, { revoked }: Mind, attempt: AttemptId): void {
    for (const other of revoked) {
      if (!sameAttempt(other, attempt)) continue;
      const name = attemptName(attempt);
      return this.breach.report(
        now,
        `${nodeName(node)} works on ${name}, which it was told to stop`,
      );
    }
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createFencing(context: CheckContext, book: AttemptBook): Checker {
  return new Fencing(context, book);
}
