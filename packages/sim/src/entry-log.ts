/**
 * The entries of one file of the journal, packed. A workload of a million tasks leaves a million
 * winners; as objects they would fill the memory. Winners without counters become a few numbers,
 * everything else is kept as it came. Who reads gets new objects, as from a real disk.
 */
import { createChecksummer, encodeUtf8 } from '@lisping/core';
import type {
  AttemptId,
  ContentChecksum,
  Epoch,
  JobId,
  JournalEntry,
  MapWon,
  PartWon,
  TaskCounters,
} from '@lisping/core';

const AS_IT_CAME = 0;
const MAP_WON = 1;
const PART_OF_MAP = 2;
const PART_OF_REDUCE = 3;

const WORDS_PER_CHUNK = 1 << 14;
/** The first chunk begins like this and grows: most journals are short, and a whole one takes 128 KiB. */
const WORDS_AT_FIRST = 1 << 7;
const HALF = 2 ** 32;
const NO_COUNTERS: TaskCounters = {};

/** Where in the words somebody reads. */
interface Cursor {
  word: number;
  object: number;
}

export class EntryLog {
  /** How many entries there are. */
  length = 0;
  private readonly chunks: Float64Array[] = [];
  private words = 0;
  private readonly objects: JournalEntry[] = [];
  private readonly jobs: JobId[] = [];
  private readonly placeOfJob = new Map<JobId, number>();
  private readonly summer = createChecksummer();
  private readonly summed: Cursor = { word: 0, object: 0 };
  private summedEntries = 0;

  push(entry: JournalEntry): void {
    this.length++;
    if (entry.kind === 'map-won' && isEmpty(entry.counters)) this.pushMap(entry);
    else if (entry.kind === 'part-won' && isEmpty(entry.counters)) this.pushPart(entry);
    else {
      this.write(AS_IT_CAME);
      this.objects.push(entry);
    }
  }

  private pushMap({ attempt, version, checksums }: MapWon): void {
    this.write(MAP_WON + 4 * version);
    this.pushAttempt(attempt);
    this.write(checksums.length);
    for (const checksum of checksums) this.write(checksum);
  }

  private pushPart({ attempt, part }: PartWon): void {
    this.write(attempt.kind === 'map' ? PART_OF_MAP : PART_OF_REDUCE);
    this.pushAttempt(attempt);
    this.write(part.length);
    this.write(part.checksum);
  }

  private pushAttempt({ job, task, epoch, number }: AttemptId): void {
    let place = this.placeOfJob.get(job);
    if (place === undefined) {
      place = this.jobs.push(job) - 1;
      this.placeOfJob.set(job, place);
    }
    this.write(place + epoch * HALF);
    this.write(task + number * HALF);
  }

  private write(word: number): void {
    const at = this.words++ % WORDS_PER_CHUNK;
    if (at === 0) this.begin();
    let chunk = this.chunks[this.chunks.length - 1]!;
    if (at === chunk.length) chunk = this.grow(chunk);
    chunk[at] = word;
  }

  private begin(): void {
    const isFirst = this.chunks.length === 0;
    this.chunks.push(new Float64Array(isFirst ? WORDS_AT_FIRST : WORDS_PER_CHUNK));
  }

  private grow(chunk: Float64Array): Float64Array {
    const grown = new Float64Array(2 * chunk.length);
    grown.set(chunk);
    this.chunks[this.chunks.length - 1] = grown;
    return grown;
  }

  /** All entries, in order. */
  read(): JournalEntry[] {
    const cursor: Cursor = { word: 0, object: 0 };
    return Array.from({ length: this.length }, () => this.next(cursor));
  }

  /** The checksum over all entries: what has been summed once is not summed again. */
  checksum(): ContentChecksum {
    for (; this.summedEntries < this.length; this.summedEntries++) {
      // Entries are plain data in a fixed order of fields, so their JSON is as good as their bytes.
      const text = JSON.stringify(this.next(this.summed));
      this.summer.update(encodeUtf8(this.summedEntries === 0 ? text : `\n${text}`));
    }
    return this.summer.digest();
  }

  private next(cursor: Cursor): JournalEntry {
    const tag = this.word(cursor);
    if (tag === AS_IT_CAME) return this.objects[cursor.object++]!;
    const kind = tag === PART_OF_REDUCE ? 'reduce' : 'map';
    const [jobAndEpoch, taskAndNumber] = [this.word(cursor), this.word(cursor)];
    const attempt: AttemptId = {
      job: this.jobs[jobAndEpoch % HALF]!,
      kind,
      task: taskAndNumber % HALF,
      // The cast puts back the brand that the number had when it was written.
      epoch: Math.floor(jobAndEpoch / HALF) as Epoch,
      number: Math.floor(taskAndNumber / HALF),
    };
    if (tag % 4 !== MAP_WON) {
      const part = { length: this.word(cursor), checksum: this.word(cursor) };
      return { kind: 'part-won', attempt, part, counters: NO_COUNTERS };
    }
    const version = (tag - MAP_WON) / 4;
    const partitions = this.word(cursor);
    const checksums: ContentChecksum[] = [];
    for (let i = 0; i < partitions; i++) checksums.push(this.word(cursor));
    return { kind: 'map-won', attempt, version, checksums, counters: NO_COUNTERS };
  }

  private word(cursor: Cursor): number {
    const at = cursor.word++;
    return this.chunks[Math.floor(at / WORDS_PER_CHUNK)]![at % WORDS_PER_CHUNK]!;
  }
}

function isEmpty(counters: TaskCounters): boolean {
  for (const _ in counters) return false;
  return true;
}
