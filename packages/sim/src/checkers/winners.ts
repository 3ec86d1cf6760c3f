/** S2: a task has one winner, an attempt fails once, and a published part never changes. */
import { attemptName, sameAttempt } from '@lisping/core';
import type {
  AttemptId,
  JournalEntry,
  MapWon,
  Microseconds,
  NodeId,
  PartIdentity,
  StoreAnswer,
  StoreOperation,
} from '@lisping/core';
import { nodeName } from '../address.ts';
import type { OutputView, StoredPart, WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

class OneWinner implements Checker, JournalReader {
  readonly name: string = 'nothing-committed-twice';
  readonly title: string = 'nothing committed twice';
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly breach: Breach;
  private world: WorldView | null = null;
  /** Every part that was ever seen in its place. */
  private readonly published: StoredPart[] = [];

  constructor(context: CheckContext, journal: StandingJournal) {
    this.context = context;
    this.journal = journal;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  // ------------------------------------------------------------------ in the journal

  entry(now: Microseconds, entry: JournalEntry): void {
    if (entry.kind === 'part-won') this.onPart(now, entry.attempt);
    else if (entry.kind === 'map-won') this.onMap(now, entry);
    else if (entry.kind === 'attempt-failed' || entry.kind === 'process-lost') {
      this.onFailure(now, entry.attempt);
    }
  }

  /** A failure counts, and counts once. */
  private onFailure(now: Microseconds, attempt: AttemptId): void {
    const before = this.journal.failures.some(({ entry }) => sameAttempt(entry.attempt, attempt));
    if (before) this.breach.report(now, `that ${attemptName(attempt)} failed is counted twice`);
  }

  private onPart(now: Microseconds, attempt: AttemptId): void {
    if (attempt.job !== this.context.job) return;
    const before = this.journal.parts[attempt.task];
    if (before === undefined) return;
    const first = attemptName(before.entry.attempt);
    this.breach.report(now, `${first} had won, and ${attemptName(attempt)} won too`);
  }

  /** A map has a next winner only when its bytes are others, and then a next version. */
  private onMap(now: Microseconds, { attempt, version, checksums }: MapWon): void {
    if (attempt.job !== this.context.job) return;
    const before = this.journal.maps[attempt.task];
    const expected = (before?.entry.version ?? 0) + 1;
    if (version !== expected) {
      const words = `won as version ${version} instead of ${expected}`;
      return this.breach.report(now, `${attemptName(attempt)} ${words}`);
    }
    if (before === undefined) return;
    if (before.entry.checksums.some((checksum, i) => checksum !== checksums[i])) return;
    const name = attemptName(attempt);
    this.breach.report(now, `${name} won again what ${attemptName(before.entry.attempt)} had won`);
  }

  // ------------------------------------------------------------------ in the store

  storeApplied(
    now: Microseconds,
    issuer: NodeId,
    operation: StoreOperation,
    answer: StoreAnswer,
  ): void {
    const isChange = operation.kind === 'publish' || operation.kind === 'delete-output';
    if (!isChange || answer !== 'ok' || this.world === null) return;
    const output = this.world.store.outputs().find((other) => other.output === operation.output);
    if (operation.kind === 'publish' && operation.attempt.job === this.context.job) {
      this.onPublish(now, issuer, operation.attempt, operation.part, output);
    } else if (output === undefined && operation.output === this.context.output) {
      this.onDelete(now);
    }
  }

  private onPublish(
    now: Microseconds,
    issuer: NodeId,
    attempt: AttemptId,
    wanted: PartIdentity,
    output: OutputView | undefined,
  ): void {
    const part = output?.parts.get(attempt.task);
    const name = attemptName(attempt);
    if (part === undefined) return;
    const before = (this.published[attempt.task] ??= part);
    const { bytes, checksum } = part.content;
    if (before !== part && before.content.checksum !== checksum) {
      return this.breach.report(
        now,
        `${attemptName(before.attempt)} was published, then ${nodeName(issuer)} published ${name}`,
      );
    }
    if (checksum !== wanted.checksum || bytes.length !== wanted.length) {
      this.breach.report(now, `part ${attempt.task} is not the one that ${name} won with`);
    }
  }

  /** Parts disappear only with a job that did not succeed. */
  private onDelete(now: Microseconds): void {
    const outcome = this.journal.outcome?.entry.outcome;
    const isLoss = this.published.length > 0 && outcome !== 'failing' && outcome !== 'cancelling';
    if (isLoss) this.breach.report(now, 'published parts were deleted');
  }

  // ------------------------------------------------------------------ at the end

  /** What was there once is there still. */
  end(now: Microseconds): void {
    const { outcome } = this.journal;
    if (outcome !== null && outcome.entry.outcome !== 'succeeding') return;
    const output = this.world?.store.outputs().find(({ job }) => job === this.context.job);
    this.published.forEach((part, task) => {
      const found = output?.parts.get(task);
      if (found?.content.checksum !== part.content.checksum) {
        this.breach.report(now, `part ${task} was published, and is another one now, or none`);
      }
    });
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createOneWinner(context: CheckContext, journal: StandingJournal): Checker {
  return new OneWinner(context, journal);
}
