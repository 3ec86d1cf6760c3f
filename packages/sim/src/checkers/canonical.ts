/**
 * S5: what a committed reduce consumed is, map by map, the canonical output: the bytes whose
 * checksums are in the journal when the reduce commits, and still are when the job has ended.
 */
import { attemptName } from '@lisping/core';
import type { AttemptId, ContentChecksum, JournalEntry, MapWon, Microseconds } from '@lisping/core';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { AttemptBook } from './known/attempt-book.ts';
import type { JournalReader, StandingJournal } from './known/standing-journal.ts';

class CanonicalInput implements Checker, JournalReader {
  readonly name: string = 'every-split-reduced-once';
  readonly title: string = 'every split reduced exactly once';
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly breach: Breach;

  constructor(context: CheckContext, journal: StandingJournal, book: AttemptBook) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.breach = new Breach(context, this);
    journal.tell(this);
  }

  entry(now: Microseconds, entry: JournalEntry): void {
    if (entry.kind === 'map-won') this.onMap(now, entry);
    else if (entry.kind === 'part-won') this.onPart(now, entry.attempt);
  }

  private onMap(now: Microseconds, { attempt, version, checksums }: MapWon): void {
    if (attempt.job !== this.context.job) return;
    const made = this.book.page(attempt).execution;
    if (made === null) return this.breach.report(now, `${attemptName(attempt)} won, and never ran`);
    if (made.checksums !== checksums) this.compare(now, attempt, made.checksums, checksums);
    if (version > 1 && this.journal.partsWon > 0) {
      const name = attemptName(attempt);
      this.breach.report(now, `${name} replaced bytes that a committed reduce had consumed`);
    }
  }

  private compare(
    now: Microseconds,
    attempt: AttemptId,
    made: readonly ContentChecksum[],
    won: readonly ContentChecksum[],
  ): void {
    const isSame = made.length === won.length && made.every((checksum, i) => checksum === won[i]);
    if (isSame) return;
    this.breach.report(now, `${attemptName(attempt)} won with other checksums than it made`);
  }

  private onPart(now: Microseconds, attempt: AttemptId): void {
    const { job, maps, reduces } = this.context;
    if (attempt.job !== job) return;
    const made = this.book.page(attempt).execution;
    if (made === null) return this.breach.report(now, `${attemptName(attempt)} won, and never ran`);
    if (reduces === 0) return;
    for (let map = 0; map < maps; map++) {
      const canonical = this.journal.maps[map]?.entry.checksums;
      const consumed = made.consumed[map]?.checksums;
      // Mostly they are the very same list.
      if (canonical !== undefined && consumed === canonical) continue;
      const bytes = consumed?.[attempt.task];
      if (bytes !== undefined && bytes === canonical?.[attempt.task]) continue;
      const what = bytes === undefined ? 'nothing' : 'other bytes than the canonical ones';
      return this.breach.report(
        now,
        `${attemptName(attempt)} won, and consumed ${what} of map ${map}`,
      );
    }
  }

  verdict(): Verdict {
    return this.breach.verdict();
  }
}

export function createCanonicalInput(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
): Checker {
  return new CanonicalInput(context, journal, book);
}
