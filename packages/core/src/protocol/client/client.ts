/**
 * The client: submits jobs under ids of its own, asks until they have ended, and tells its user
 * once. It believes the highest epoch it has heard of, so that nothing it says goes backwards.
 */
import { assert, unreachable } from '../../errors/assert.ts';
import type { Effect, Machine, Result } from '../effects.ts';
import { epoch as asEpoch, incarnation } from '../ids.ts';
import type { EffectId, Epoch, JobId, Microseconds, NodeId } from '../ids.ts';
import type { Message, News } from '../messages.ts';
import { isFinal } from '../plan.ts';
import type { JobProgress, JobSpec } from '../plan.ts';
import { PrimaryAddress } from '../primary-address.ts';
import type { Timing } from '../timing.ts';

export interface ClientOptions {
  readonly self: NodeId;
  /** Where a primary may be found, in the order in which to try. */
  readonly primaries: readonly NodeId[];
  readonly timing: Timing;
}

/** What the client still wants of a job. */
interface Request {
  readonly job: JobId;
  /** Null for a job that was only ever cancelled. */
  readonly spec: JobSpec | null;
  /** A primary has acknowledged it: from now on the client only asks. */
  known: boolean;
  cancel: boolean;
  ended: boolean;
  progress: JobProgress;
}

const RETRY_TIMER = 1;

/** Requests without an answer before another address is tried. */
const PATIENCE = 2;

/** A client process; make one with {@link createClient}. */
export class Client implements Machine {
  readonly effects: Effect[] = [];
  private readonly options: ClientOptions;
  private readonly requests = new Map<JobId, Request>();
  /** Those that have not ended. */
  private readonly open = new Set<Request>();
  private readonly address: PrimaryAddress;
  private epoch: Epoch = asEpoch(0);
  private ticking = false;

  constructor(options: ClientOptions) {
    this.options = options;
    this.address = new PrimaryAddress(options.primaries, PATIENCE);
  }

  start(_now: Microseconds): void {}

  /** Has the job run. Told once, by `tell-user`, how it ended. */
  submit(_now: Microseconds, spec: JobSpec): void {
    this.request(spec.job, spec, false);
  }

  /** Has the job stopped, whether or not it has begun. */
  cancel(_now: Microseconds, job: JobId): void {
    const request = this.requests.get(job);
    if (request === undefined) return this.request(job, null, true);
    request.cancel = true;
    this.ask(request);
  }

  /** The newest news of a job. */
  progress(job: JobId): JobProgress | undefined {
    return this.requests.get(job)?.progress;
  }

  receive(_now: Microseconds, from: NodeId, message: Message): void {
    if (message.epoch < this.epoch) return;
    switch (message.kind) {
      case 'news':
        return this.onNews(from, message);
      case 'current':
        return this.hear(from, message.epoch);
      case 'submit':
      case 'ask':
      case 'cancel':
      case 'join':
      case 'heartbeat':
      case 'report':
      case 'fetch-trouble':
      case 'locate':
      case 'page-received':
      case 'heartbeat-answer':
      case 'assign':
      case 'report-answer':
      case 'located':
        return assert(false, `a client is never sent ${message.kind}`);
      default:
        return unreachable(message);
    }
  }

  timer(_now: Microseconds, timer: number): void {
    assert(timer === RETRY_TIMER, 'a client sets one timer');
    this.ticking = false;
    if (this.open.size === 0) return;
    this.address.asking();
    for (const request of this.open) this.ask(request);
    this.tick();
  }

  completed(_now: Microseconds, _effect: EffectId, _result: Result): void {
    assert(false, 'a client waits for no effect');
  }

  private request(job: JobId, spec: JobSpec | null, cancel: boolean): void {
    assert(!this.requests.has(job), 'a job is submitted once by one client');
    const progress = { maps: 0, mapsDone: 0, reduces: 0, reducesDone: 0 };
    const request: Request = { job, spec, known: false, cancel, ended: false, progress };
    this.requests.set(job, request);
    this.open.add(request);
    this.ask(request);
    this.tick();
  }

  private ask(request: Request): void {
    const { job, spec } = request;
    const envelope = { epoch: this.epoch, incarnation: incarnation(0) };
    if (request.cancel) this.send({ kind: 'cancel', ...envelope, job });
    else if (!request.known && spec !== null) this.send({ kind: 'submit', ...envelope, spec });
    else this.send({ kind: 'ask', ...envelope, job });
  }

  private onNews(from: NodeId, news: News): void {
    this.hear(from, news.epoch);
    const request = this.requests.get(news.job);
    if (request === undefined || request.ended) return;
    const { status, error, counters, progress } = news;
    if (status === 'unknown') {
      request.known = false;
      return;
    }
    request.known = true;
    // News may overtake each other; what was done once stays done.
    request.progress = furthest(request.progress, progress);
    if (!isFinal(status)) return;
    request.ended = true;
    this.open.delete(request);
    this.effects.push({ kind: 'tell-user', job: request.job, status, error, counters });
  }

  private hear(from: NodeId, epoch: Epoch): void {
    this.epoch = epoch;
    this.address.heard(from);
  }

  private tick(): void {
    if (this.ticking) return;
    this.ticking = true;
    const after = this.options.timing.clientRetry;
    this.effects.push({ kind: 'set-timer', timer: RETRY_TIMER, after });
  }

  private send(message: Message): void {
    this.effects.push({ kind: 'send', to: this.address.current, message });
  }
}

function furthest(a: JobProgress, b: JobProgress): JobProgress {
  return {
    maps: Math.max(a.maps, b.maps),
    mapsDone: Math.max(a.mapsDone, b.mapsDone),
    reduces: Math.max(a.reduces, b.reduces),
    reducesDone: Math.max(a.reducesDone, b.reducesDone),
  };
}

/** Makes the machine of one life of a client process. The host calls `start` next. */
export function createClient(options: ClientOptions): Client {
  return new Client(options);
}
