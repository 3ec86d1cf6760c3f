/**
 * The decisions that stand, for all jobs of a model at once: what a successor would read if it opened
 * the journal now. A million tasks must fit, so a task is a place in arrays of numbers.
 *
 * What stands is the prefixes that the newest adoption names, then the file of its epoch. Written
 * from the description of the journal, not from the code that reads it.
 */
import type { Adoption, AttemptId, JobId, JournalEntry, Microseconds, NodeId } from '@lisping/core';
import type { Observer } from '../../observe.ts';
import type { ModelJob, ModelWorkload } from '../model.ts';

/** What an entry says, as far as it is about a job of the model. */
export type Decision =
  | { readonly kind: 'map-won'; readonly place: number; readonly value: number }
  | { readonly kind: 'part-won'; readonly place: number; readonly value: number }
  | { readonly kind: 'outcome'; readonly place: number; readonly value: number }
  | { readonly kind: 'ended'; readonly place: number; readonly value: number };

/** Hears every decision that comes to stand, before it is entered. */
export interface LedgerReader {
  decided(now: Microseconds, decision: Decision, entry: JournalEntry): void;
}

const KINDS = ['none', 'map-won', 'part-won', 'outcome', 'ended'] as const;

/** Entries of one epoch's file, as pairs of numbers that grow. */
class Log {
  length = 0;
  private words = new Float64Array(64);

  push(kind: number, place: number, value: number): void {
    const at = this.length++ * 2;
    if (at === this.words.length) {
      const wider = new Float64Array(at * 2);
      wider.set(this.words);
      this.words = wider;
    }
    this.words[at] = kind * PLACES + place;
    this.words[at + 1] = value;
  }

  read(index: number, to: (kind: number, place: number, value: number) => void): void {
    const word = this.words[index * 2] ?? 0;
    to(Math.floor(word / PLACES), word % PLACES, this.words[index * 2 + 1] ?? 0);
  }
}

/** More places than tasks and jobs. */
const PLACES = 2 ** 40;

/** An attempt among those of its task. */
export function attemptCode({ epoch, number }: AttemptId): number {
  return epoch * 2 ** 20 + number + 1;
}

const OUTCOMES = { succeeding: 1, failing: 2, cancelling: 3 } as const;
const ENDS = { succeeded: 1, failed: 2, cancelled: 3 } as const;
export const END_NAMES: readonly string[] = ['running', 'succeeded', 'failed', 'cancelled'];

export function endCode(status: keyof typeof ENDS): number {
  return ENDS[status];
}

export class Ledger implements Observer {
  readonly jobs: readonly ModelJob[];
  /** By the place of a map: the version of its canonical output. */
  readonly versions: Int32Array;
  /** By the place of a task that commits: the winning attempt's code. */
  readonly winners: Float64Array;
  /** By the place of a job. */
  readonly outcomes: Uint8Array;
  readonly ends: Uint8Array;
  readonly tasks: number;
  /** Tasks that commit and have a winner, of all jobs. */
  winnersCount = 0;

  private readonly places = new Map<JobId, number>();
  /** The place of the first map of each job. */
  private readonly bases: Float64Array;
  private readonly logs: Log[] = [];
  private newest = 0;
  private readonly readers: LedgerReader[] = [];

  constructor({ jobs }: ModelWorkload) {
    this.jobs = jobs;
    this.bases = new Float64Array(jobs.length);
    let tasks = 0;
    jobs.forEach((job, place) => {
      // The cast puts the brand of a job on the name that the model gives it.
      this.places.set(job.id as JobId, place);
      this.bases[place] = tasks;
      tasks += job.maps.count + job.reduces.count;
    });
    this.tasks = tasks;
    this.versions = new Int32Array(tasks);
    this.winners = new Float64Array(tasks);
    this.outcomes = new Uint8Array(jobs.length);
    this.ends = new Uint8Array(jobs.length);
  }

  /** Only to be called before the run begins. */
  tell(reader: LedgerReader): void {
    this.readers.push(reader);
  }

  /** The place of a job; -1 when it is none of the model's. */
  placeOfJob(job: JobId): number {
    return this.places.get(job) ?? -1;
  }

  /** The place of a task; -1 when it is none of the model's. */
  placeOf({ job, kind, task }: Pick<AttemptId, 'job' | 'kind' | 'task'>): number {
    const place = this.placeOfJob(job);
    const maps = this.jobs[place]?.maps.count ?? 0;
    return place < 0 ? -1 : (this.bases[place] ?? 0) + (kind === 'map' ? task : maps + task);
  }

  journalDurable(
    now: Microseconds,
    _node: NodeId,
    epoch: number,
    first: number,
    entries: readonly JournalEntry[],
  ): void {
    const log = (this.logs[epoch] ??= new Log());
    const [head] = entries;
    if (first === 0 && head?.kind === 'adoption' && epoch > this.newest) this.adopt(head);
    for (const entry of entries) {
      const decision = this.decisionOf(entry);
      if (decision === null) log.push(0, 0, 0);
      else {
        log.push(KINDS.indexOf(decision.kind), decision.place, decision.value);
        // What a primary of the past still writes never happened.
        if (epoch === this.newest) this.take(now, decision, entry);
      }
    }
  }

  private take(now: Microseconds, decision: Decision, entry: JournalEntry): void {
    for (const reader of this.readers) reader.decided(now, decision, entry);
    this.enter(KINDS.indexOf(decision.kind), decision.place, decision.value);
  }

  private adopt({ epoch, prefixes }: Adoption): void {
    this.newest = epoch;
    this.versions.fill(0);
    this.winners.fill(0);
    this.outcomes.fill(0);
    this.ends.fill(0);
    this.winnersCount = 0;
    for (const prefix of prefixes) {
      const log = this.logs[prefix.epoch];
      for (let i = 0; i < prefix.entries; i++) {
        log?.read(i, (kind, place, value) => this.enter(kind, place, value));
      }
    }
  }

  private enter(kind: number, place: number, value: number): void {
    switch (KINDS[kind]) {
      case 'map-won':
        this.versions[place] = value;
        return;
      case 'part-won':
        if (this.winners[place] === 0) this.winnersCount++;
        this.winners[place] = value;
        return;
      case 'outcome':
        this.outcomes[place] = value;
        return;
      case 'ended':
        this.ends[place] = value;
        return;
      case 'none':
      case undefined:
        return;
    }
  }

  private decisionOf(entry: JournalEntry): Decision | null {
    switch (entry.kind) {
      case 'map-won':
        return this.known('map-won', this.placeOf(entry.attempt), entry.version);
      case 'part-won':
        return this.known('part-won', this.placeOf(entry.attempt), attemptCode(entry.attempt));
      case 'job-outcome':
        return this.known('outcome', this.placeOfJob(entry.job), OUTCOMES[entry.outcome]);
      case 'job-ended':
      case 'job-refused':
        return this.known('ended', this.placeOfJob(entry.job), ENDS[entry.status]);
      case 'adoption':
      case 'replica-joined':
      case 'replica-lost':
      case 'job-submitted':
      case 'attempt-failed':
      case 'process-lost':
        return null;
    }
  }

  private known(kind: Decision['kind'], place: number, value: number): Decision | null {
    return place < 0 ? null : { kind, place, value };
  }
}
