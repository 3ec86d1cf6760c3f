/**
 * What a message is, as integers: a key that names it among all messages of a run, for draws, and a
 * digest of what else it says, for the trace's hash. Never texts, never JSON.
 */
import { checksumsDigest, jobHash } from '@lisping/core';
import type {
  AttemptId,
  HeartbeatAnswer,
  JobId,
  Location,
  LocationPage,
  Message,
  MessageKind,
  NodeId,
} from '@lisping/core';
import { mixKey } from './draws.ts';
import type { EffectResult } from './effect-result.ts';
import type { Keys, MapReduce } from './protocol.ts';
import { resultDigest } from './result-digest.ts';

/** Kinds of messages as small integers, for keys and for tables over them. */
export const MESSAGE_CODE: Readonly<Record<MessageKind, number>> = {
  heartbeat: 1,
  'heartbeat-answer': 2,
  assign: 3,
  report: 4,
  'report-answer': 5,
  locate: 6,
  located: 7,
  join: 8,
  'page-received': 9,
  'fetch-trouble': 10,
  submit: 11,
  ask: 12,
  cancel: 13,
  news: 14,
  current: 15,
};

/**
 * The code of an answer to a heartbeat that says no more than that it was heard. Most messages are
 * heartbeats, and of most of their answers nobody wants to hear.
 */
export const BARE_ANSWER = 16;

/**
 * Where {@link MessageKeys.read} leaves its findings. Fields of one long-lived object, because an
 * object per message would cost more than the hashing.
 */
export class MessageKeys implements Keys<MapReduce> {
  /** The key, in two lanes of 32 bits. */
  low = 0;
  high = 0;
  /** A digest of what the key leaves out. */
  content = 0;
  /** Of its kind: one of {@link MESSAGE_CODE}, or {@link BARE_ANSWER}. */
  code = 0;
  /**
   * True when the same key can be sent more than once in one life of its sender, so that its
   * occurrences must be counted.
   */
  repeats = false;

  private lastJob: JobId | null = null;
  private lastJobHash = 0;

  read(from: NodeId, to: NodeId, message: Message): void {
    this.low = mixKey(mixKey(0x51ed270b, from), to);
    this.high = Math.imul(from + 0x3c6ef372, 0x85ebca6b) ^ to;
    this.add(message.incarnation);
    this.add(message.epoch);
    this.content = 0;
    this.repeats = true;
    this.readCase(message);
  }

  digestOf(result: EffectResult): number {
    return resultDigest(result);
  }

  private readCase(message: Message): void {
    switch (message.kind) {
      case 'heartbeat':
        this.begin(MESSAGE_CODE.heartbeat);
        this.add(message.number);
        this.repeats = false;
        this.say(message.answered);
        this.say(message.heldDigest);
        this.sayAttempts(message.running);
        this.sayAttempts(message.ended);
        for (const { cursor } of message.cursors) this.say(cursor);
        return;
      case 'heartbeat-answer':
        this.begin(MESSAGE_CODE['heartbeat-answer']);
        this.add(message.number);
        this.say(message.resync ? 1 : 0);
        this.sayAttempts(message.unwanted);
        this.say(message.endedJobs.length);
        for (const page of message.located) this.sayPage(page);
        // A heartbeat is answered once, unless nobody knows its sender any more.
        if (!message.resync) this.isFirst();
        if (isBare(message)) this.code = BARE_ANSWER;
        return;
      case 'assign':
        this.begin(MESSAGE_CODE.assign);
        this.addAttempt(message.attempt);
        this.say(message.heartbeatSeen);
        return;
      case 'report':
        this.begin(MESSAGE_CODE.report);
        this.addAttempt(message.attempt);
        this.sayOutcome(message);
        return;
      case 'report-answer':
        this.begin(MESSAGE_CODE['report-answer']);
        this.addAttempt(message.attempt);
        this.say(message.verdict === 'journaled' ? 1 : 2);
        return;
      case 'locate':
        this.begin(MESSAGE_CODE.locate);
        this.addJob(message.job);
        this.add(message.cursor);
        return;
      case 'located':
        this.begin(MESSAGE_CODE.located);
        this.addJob(message.located.job);
        this.add(message.located.from);
        this.sayPage(message.located);
        return;
      case 'join':
        this.begin(MESSAGE_CODE.join);
        this.add(message.snapshot);
        this.add(message.page);
        this.say(message.pages);
        this.sayAttempts(message.running);
        for (const held of message.held) this.say(held.checksums);
        return;
      case 'page-received':
        this.begin(MESSAGE_CODE['page-received']);
        this.add(message.snapshot);
        this.add(message.page);
        this.say(message.welcome ? 1 : 2);
        this.sayAttempts(message.unwanted);
        return;
      case 'fetch-trouble':
        this.begin(MESSAGE_CODE['fetch-trouble']);
        this.addAttempt(message.attempt);
        this.add(message.source);
        this.say(message.problem.length);
        this.sayAttempts(message.outputs);
        return;
      case 'submit':
        this.begin(MESSAGE_CODE.submit);
        this.addJob(message.spec.job);
        return;
      case 'ask':
        this.begin(MESSAGE_CODE.ask);
        this.addJob(message.job);
        return;
      case 'cancel':
        this.begin(MESSAGE_CODE.cancel);
        this.addJob(message.job);
        return;
      case 'news':
        this.begin(MESSAGE_CODE.news);
        this.addJob(message.job);
        this.add(message.status.length);
        this.say(message.progress.mapsDone);
        this.say(message.progress.reducesDone);
        return;
      case 'current':
        this.begin(MESSAGE_CODE.current);
        return;
    }
  }

  private begin(code: number): void {
    this.code = code;
    this.add(code);
  }

  private add(field: number): void {
    this.low = mixKey(this.low, field);
    this.high = Math.imul(this.high ^ field, 0xc2b2ae35) + (this.high >>> 13);
  }

  /** It need not be counted: none like it was sent before, and none will be. */
  private isFirst(): void {
    this.repeats = false;
    this.low = mixKey(this.low, 0);
  }

  private addJob(job: JobId): void {
    if (job !== this.lastJob) {
      this.lastJob = job;
      this.lastJobHash = jobHash(job);
    }
    this.add(this.lastJobHash);
  }

  private addAttempt(attempt: AttemptId): void {
    this.addJob(attempt.job);
    this.add(attempt.task * 2 + (attempt.kind === 'map' ? 0 : 1));
    this.add(attempt.epoch);
    this.add(attempt.number);
  }

  private say(field: number): void {
    this.content = mixKey(this.content, field);
  }

  private sayAttempts(attempts: readonly AttemptId[]): void {
    let sum = attempts.length;
    for (const { task, kind, epoch, number } of attempts) {
      sum = Math.imul(sum, 31) + task * 64 + epoch * 8 + number * 2 + (kind === 'map' ? 0 : 1);
    }
    this.say(sum);
  }

  private sayPage(page: LocationPage): void {
    this.say(page.from);
    this.say(page.entries.length * 2 + (page.more ? 1 : 0));
    for (const entry of page.entries) this.say(locationKey(entry));
  }

  private sayOutcome(message: Message & { readonly kind: 'report' }): void {
    const { outcome } = message;
    this.say(outcome.kind.length);
    if (outcome.kind === 'mapped') this.say(checksumsDigest(outcome.checksums));
    if (outcome.kind === 'stored') {
      this.say(outcome.part.length);
      this.say(outcome.part.checksum);
      this.say(outcome.consumed);
    }
  }
}

function isBare({ resync, unwanted, endedJobs, located }: HeartbeatAnswer): boolean {
  return !resync && unwanted.length === 0 && endedJobs.length === 0 && located.length === 0;
}

/** One location as an integer. */
function locationKey(location: Location): number {
  const { map, version, source, attempt } = location;
  return Math.imul(map + 1, 0x9e3779b1) ^ (version * 8192 + source * 16 + attempt.number);
}
