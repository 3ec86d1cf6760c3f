/**
 * The decisions that stand: what a successor would read if it opened the journal now.
 *
 * That is the prefixes named by the newest adoption record, then the file of its epoch, then later
 * files. What an older epoch writes beyond its adopted prefix is durable, and yet never happened.
 * Written from the description of the journal, not from the code that reads it.
 */
import { partsOf } from '@lisping/core';
import type {
  Adoption,
  Epoch,
  JobEnded,
  JobId,
  JobOutcome,
  JobPlan,
  JobRefused,
  JournalEntry,
  MapWon,
  Microseconds,
  NodeId,
  PartWon,
} from '@lisping/core';
import type { Observer } from '../../observe.ts';

/** A decision, with the place in the journal at which it was found. */
export interface Standing<Entry> {
  readonly entry: Entry;
  readonly epoch: Epoch;
  readonly index: number;
}

/** Hears every decision that comes to stand, in order; all of them again after a `reset`. */
export interface JournalReader {
  /** Another epoch has adopted the journal: what was heard so far is heard again, or never stood. */
  reset?(now: Microseconds, adoption: Adoption): void;
  entry?(now: Microseconds, entry: JournalEntry): void;
  /** All that the newest adoption names has been heard. */
  settled?(now: Microseconds, adoption: Adoption): void;
}

type Maybe<T> = T | null;

export class StandingJournal implements Observer {
  /** The newest epoch whose adoption is durable. */
  newest = 0;
  submitted: Maybe<Standing<JobPlan>> = null;
  refused: Maybe<Standing<JobRefused>> = null;
  outcome: Maybe<Standing<JobOutcome>> = null;
  ended: Maybe<Standing<JobEnded>> = null;
  /** The canonical output of each map. */
  maps: (Standing<MapWon> | undefined)[] = [];
  /** The winner of each task that commits a part. */
  parts: (Standing<PartWon> | undefined)[] = [];
  mapsWon = 0;
  partsWon = 0;
  /** Failures that count. */
  failures: Standing<Extract<JournalEntry, { kind: 'attempt-failed' | 'process-lost' }>>[] = [];
  /** By node: when the replica joined last, and whether it was lost after that. */
  private joined: Maybe<Standing<JournalEntry>>[] = [];
  private lost: boolean[] = [];

  readonly job: JobId;
  private readonly files: JournalEntry[][] = [];
  private readonly adopted: boolean[] = [];
  private readonly readers: JournalReader[] = [];

  constructor(job: JobId) {
    this.job = job;
  }

  /** Only to be called before the run begins. */
  tell(reader: JournalReader): void {
    this.readers.push(reader);
  }

  /** True when the epoch's adoption is durable, so that it may speak. */
  isOpen(epoch: number): boolean {
    return this.adopted[epoch] === true;
  }

  /**
   * The entry by which the replica is in the list, as the epoch knows it: a primary of the past has
   * not heard that a later one has lost it.
   */
  listing(replica: NodeId, epoch: number): Maybe<Standing<JournalEntry>> {
    if (epoch === this.newest && this.lost[replica] === true) return null;
    return this.joined[replica] ?? null;
  }

  /** How many entries of the epoch's file are durable. */
  lengthOf(epoch: number): number {
    return this.files[epoch]?.length ?? 0;
  }

  journalDurable(
    now: Microseconds,
    _node: NodeId,
    epoch: Epoch,
    first: number,
    entries: readonly JournalEntry[],
  ): void {
    const file = (this.files[epoch] ??= []);
    file.push(...entries);
    const [head] = file;
    if (first === 0 && head !== undefined && head.kind === 'adoption') {
      this.adopted[epoch] = true;
      if (epoch > this.newest) return this.adopt(now, epoch, head);
    }
    if (epoch !== this.newest) return;
    entries.forEach((entry, i) => this.take(now, entry, epoch, first + i));
  }

  private adopt(now: Microseconds, epoch: Epoch, adoption: Adoption): void {
    this.newest = epoch;
    this.forgetAll();
    for (const reader of this.readers) reader.reset?.(now, adoption);
    for (const prefix of adoption.prefixes) {
      const file = this.files[prefix.epoch] ?? [];
      file.slice(0, prefix.entries).forEach((entry, i) => this.take(now, entry, prefix.epoch, i));
    }
    this.files[epoch]?.forEach((entry, i) => this.take(now, entry, epoch, i));
    for (const reader of this.readers) reader.settled?.(now, adoption);
  }

  private forgetAll(): void {
    this.submitted = null;
    this.refused = null;
    this.outcome = null;
    this.ended = null;
    this.maps = [];
    this.parts = [];
    this.mapsWon = 0;
    this.partsWon = 0;
    this.failures = [];
    this.joined = [];
    this.lost = [];
  }

  private take(now: Microseconds, entry: JournalEntry, epoch: Epoch, index: number): void {
    // Readers compare an entry with what stood before it.
    for (const reader of this.readers) reader.entry?.(now, entry);
    switch (entry.kind) {
      case 'adoption':
        return;
      case 'replica-joined':
        this.joined[entry.replica] = { entry, epoch, index };
        this.lost[entry.replica] = false;
        return;
      case 'replica-lost':
        this.lost[entry.replica] = true;
        return;
      case 'job-submitted':
        if (entry.plan.job === this.job) {
          this.submitted ??= { entry: entry.plan, epoch, index };
        }
        return;
      case 'job-refused':
        if (entry.job === this.job) this.refused ??= { entry, epoch, index };
        return;
      case 'map-won':
        if (entry.attempt.job !== this.job) return;
        if (this.maps[entry.attempt.task] === undefined) this.mapsWon++;
        this.maps[entry.attempt.task] = { entry, epoch, index };
        return;
      case 'part-won':
        if (entry.attempt.job !== this.job || this.parts[entry.attempt.task] !== undefined) return;
        this.partsWon++;
        this.parts[entry.attempt.task] = { entry, epoch, index };
        return;
      case 'attempt-failed':
      case 'process-lost':
        if (entry.attempt.job === this.job) this.failures.push({ entry, epoch, index });
        return;
      case 'job-outcome':
        if (entry.job === this.job) this.outcome ??= { entry, epoch, index };
        return;
      case 'job-ended':
        if (entry.job === this.job) this.ended ??= { entry, epoch, index };
        return;
    }
  }

  /** Every task that commits has a winner. */
  get allPartsWon(): boolean {
    return this.submitted !== null && this.partsWon === partsOf(this.submitted.entry);
  }
}
