/**
 * What happened in a schedule, in a few lines for people: who failed when, who was told to do what,
 * who won, and where it broke. Of the thousands of events of a run only those are told that have to
 * do with the faults or with what was found wrong.
 */
import type {
  AttemptId,
  Effect,
  Epoch,
  JobId,
  JournalEntry,
  Message,
  Microseconds,
  NodeId,
  StoreAnswer,
  StoreOperation,
  TellUser,
} from '@lisping/core';
import { nodeName } from './address.ts';
import { endOf, placeOf, wordsOf } from './fault-words.ts';
import type { Fault } from './fault.ts';
import type { Execution, Fate, Observer } from './observe.ts';

/** One line: `4.100s  network  ✂ primary ⇹ replica-7`. */
export interface StoryLine {
  readonly at: Microseconds;
  /** Who acts: a node, or `network`. */
  readonly node: string;
  readonly text: string;
  /** True for the line at which a checker fired. */
  readonly broken: boolean;
}

/** What a checker found, as far as the story needs it. */
interface Finding {
  readonly name?: string;
  readonly ok: boolean;
  readonly title: string;
  readonly detail?: string;
  readonly at?: Microseconds;
}

/** What was noted, with what it is about, so that it can be left out. */
interface Note {
  readonly at: Microseconds;
  readonly node: string;
  readonly text: string;
  /** `map-3`, `reduce-0`, `replica-7`, …; null for what is always worth telling. */
  readonly about: readonly string[] | null;
  /** What is left out first when there is too much to tell: the highest. */
  readonly rank: number;
}

/** Longer stories are not read. */
const LINES_MAX = 12;
/** Faults and what became of the job are always told; then come decisions, orders, work. */
const DECISION = 1;
const ORDER = 2;
const WORK = 3;
/** Here the job is to blame, and nothing that the cluster did. */
const OF_THE_JOB: ReadonlySet<string> = new Set(['job-does-not-depend-on-value-order']);

/** An observer that can tell afterwards what it saw. */
export class Story implements Observer {
  private readonly notes: Note[] = [];
  /** There was a fault: only then is there anything to heal. */
  private struck = false;
  /** What the first attempt at each map gave, by job and task. */
  private readonly firstBytes = new Map<string, Pick<Execution, 'attempt' | 'checksums'>>();
  /** What the user was told went wrong. */
  private complaint = '';
  /** Where several jobs run, everything names its job. */
  private readonly namesJobs: boolean;

  constructor(jobs = 1) {
    this.namesJobs = jobs > 1;
  }

  private note(at: Microseconds, node: string, text: string, about?: string, rank = 0): void {
    this.notes.push({ at, node, text, about: about === undefined ? null : [about], rank });
  }

  // ------------------------------------------------------------------ faults and lives

  faultApplied(now: Microseconds, fault: Fault): void {
    this.struck = true;
    this.note(now, placeOf(fault), wordsOf(fault));
  }

  faultEnded(now: Microseconds, fault: Fault): void {
    const text = endOf(fault);
    if (text !== null) this.note(now, placeOf(fault), text);
  }

  healed(now: Microseconds): void {
    if (this.struck) this.note(now, 'world', 'everything has healed');
  }

  processStarted(now: Microseconds, node: NodeId, life: number, _effects: readonly Effect[]): void {
    if (life > 1) this.note(now, nodeName(node), 'is back');
  }

  processStopped(now: Microseconds, node: NodeId, why: 'crashed' | 'resigned'): void {
    if (why === 'resigned') this.note(now, nodeName(node), 'resigns');
  }

  // ------------------------------------------------------------------ work

  sent(now: Microseconds, from: NodeId, to: NodeId, message: Message, fate: Fate): void {
    if (message.kind === 'assign' && fate !== 'duplicate') {
      const { attempt } = message;
      const lost = fate === 'on-its-way' ? '' : ', which does not arrive';
      const text = `assigns ${this.words(attempt)} to ${nodeName(to)}${lost}`;
      this.note(now, nodeName(from), text, taskName(attempt), ORDER);
    }
  }

  executed(now: Microseconds, node: NodeId, { attempt, error, checksums }: Execution): void {
    const who = nodeName(node);
    if (error !== null) {
      return this.note(now, who, `fails at ${this.words(attempt)}: ${error.message}`);
    }
    const task = taskName(attempt);
    const first = this.firstOf(attempt, checksums);
    if (first === null) return this.note(now, who, this.ranWords(attempt), task, WORK);
    const text = `${this.ranWords(attempt)}, which gave other bytes than ${this.words(first)}`;
    this.note(now, who, text, task, DECISION);
  }

  /** The first attempt at a map if it gave other bytes than this one. */
  private firstOf(attempt: AttemptId, checksums: Execution['checksums']): AttemptId | null {
    if (attempt.kind !== 'map') return null;
    const name = `${attempt.job}/${attempt.task}`;
    const first = this.firstBytes.get(name);
    if (first === undefined) this.firstBytes.set(name, { attempt, checksums });
    const isEqual = first?.checksums.every((checksum, part) => checksum === checksums[part]);
    return isEqual === false && first !== undefined ? first.attempt : null;
  }

  storeApplied(
    now: Microseconds,
    issuer: NodeId,
    operation: StoreOperation,
    answer: StoreAnswer,
  ): void {
    const { kind } = operation;
    const ending = answer === 'ok' ? '' : `, and is answered ${answer}`;
    const who = nodeName(issuer);
    if (kind === 'upload') {
      const { attempt } = operation;
      const ran = this.ranWords(attempt);
      // That it has run goes without saying.
      const place = this.notes.findLastIndex((note) => note.node === who && note.text === ran);
      if (place >= 0) this.notes.splice(place, 1);
      this.note(now, who, `uploads ${this.words(attempt)}${ending}`, taskName(attempt), ORDER);
    } else if (kind === 'publish') {
      const { attempt } = operation;
      this.note(now, who, `publishes ${this.words(attempt)}${ending}`, taskName(attempt), ORDER);
    } else if (kind === 'make-success') this.note(now, who, `writes _SUCCESS${ending}`, 'output');
    else if (kind === 'delete-output') this.note(now, who, `deletes the output${ending}`, 'output');
  }

  // ------------------------------------------------------------------ decisions

  journalCreated(now: Microseconds, node: NodeId, epoch: Epoch): void {
    if (epoch > 1) this.note(now, nodeName(node), `opens epoch ${epoch}`);
  }

  journalDurable(
    now: Microseconds,
    node: NodeId,
    _epoch: Epoch,
    _first: number,
    entries: readonly JournalEntry[],
  ): void {
    for (const entry of entries) this.decided(now, nodeName(node), entry);
  }

  private decided(now: Microseconds, who: string, entry: JournalEntry): void {
    switch (entry.kind) {
      case 'replica-lost':
        return this.note(
          now,
          who,
          `declares ${nodeName(entry.replica)} lost`,
          nodeName(entry.replica),
          DECISION,
        );
      case 'map-won': {
        const again = entry.version > 1 ? ` with other bytes, version ${entry.version}` : '';
        return this.note(
          now,
          who,
          `journals that ${this.words(entry.attempt)} won${again}`,
          taskName(entry.attempt),
          DECISION,
        );
      }
      case 'part-won':
        return this.note(
          now,
          who,
          `journals that ${this.words(entry.attempt)} won`,
          taskName(entry.attempt),
          DECISION,
        );
      case 'attempt-failed':
      case 'process-lost':
        return this.note(
          now,
          who,
          `journals that ${this.words(entry.attempt)} failed`,
          taskName(entry.attempt),
          DECISION,
        );
      case 'job-outcome':
        return this.note(now, who, `journals that ${this.jobWords(entry.job)} is ${entry.outcome}`);
      case 'job-ended':
        return this.note(
          now,
          who,
          `journals that ${this.jobWords(entry.job)} ${endWords(entry.status)}`,
        );
      case 'job-refused':
        return this.note(now, who, `refuses ${this.jobWords(entry.job)}: ${entry.status}`);
      case 'adoption':
      case 'replica-joined':
      case 'job-submitted':
        return;
    }
  }

  told(now: Microseconds, node: NodeId, { job, status, error }: TellUser): void {
    if (error !== null) this.complaint = error.message;
    this.note(now, nodeName(node), `hears that ${this.jobWords(job)} ${endWords(status)}`);
  }

  // ------------------------------------------------------------------ names

  private words(attempt: AttemptId): string {
    return this.namesJobs ? `${words(attempt)} of ${attempt.job}` : words(attempt);
  }

  private ranWords(attempt: AttemptId): string {
    return `has run ${this.words(attempt)}`;
  }

  private jobWords(job: JobId): string {
    return this.namesJobs ? `the job ${job}` : 'the job';
  }

  // ------------------------------------------------------------------ telling

  /** The story of a run in which these things were found. */
  tell(findings: readonly Finding[]): StoryLine[] {
    const broken = findings.filter(({ ok }) => !ok);
    const isOfTheJob = broken.length > 0 && broken.every(({ name = '' }) => OF_THE_JOB.has(name));
    const details = broken.map(({ detail }) => detail ?? '');
    const subjects = subjectsOf([...details, this.complaint].join(' '));
    const told = isOfTheJob ? [] : this.notes.filter((note) => concerns(note, subjects));
    const lines = merged(shortened(told));
    const ends: StoryLine[] = broken.map(({ title, detail, at }) => ({
      at: at ?? this.notes.at(-1)?.at ?? 0,
      node: 'checker',
      text: detail === undefined ? title : `${title}: ${inWords(detail)}`,
      broken: true,
    }));
    return [...lines, ...ends].sort((a, b) => a.at - b.at || Number(a.broken) - Number(b.broken));
  }
}

/** Which tasks and replicas it is about that something went wrong. */
function subjectsOf(detail: string): ReadonlySet<string> {
  const subjects = new Set<string>();
  for (const [name] of detail.matchAll(/\b(?:map|reduce|replica)-\d+/g)) subjects.add(name);
  for (const [, kind, task] of detail.matchAll(/\b(map|reduce) (?:task )?(\d+)/g)) {
    subjects.add(`${kind}-${task}`);
  }
  for (const [, part] of detail.matchAll(/\bpart (\d+)/g)) subjects.add(`reduce-${part}`);
  if (/_SUCCESS|parts|output/.test(detail)) subjects.add('output');
  return subjects;
}

function concerns({ about }: Note, subjects: ReadonlySet<string>): boolean {
  return about === null || about.some((subject) => subjects.has(subject));
}

/** What matters least is left out; if that is not enough, the middle, and it says so. */
function shortened(notes: readonly Note[]): readonly Note[] {
  let kept = notes;
  for (const rank of [WORK, ORDER]) {
    if (kept.length <= LINES_MAX) return kept;
    const rest = kept.filter((note) => note.rank < rank);
    // Who has nothing left to tell has left out too much.
    if (rest.length >= LINES_MAX / 2) kept = rest;
  }
  if (kept.length <= LINES_MAX) return kept;
  const head = LINES_MAX / 3;
  const tail = LINES_MAX - head - 1;
  const left = kept.length - head - tail;
  const at = kept[head]?.at ?? 0;
  const gap = { at, node: '…', text: `${left} more things happen`, about: null, rank: 0 };
  return [...kept.slice(0, head), gap, ...kept.slice(-tail)];
}

/** What one node does at one moment is one line. */
function merged(notes: readonly Note[]): StoryLine[] {
  const lines: StoryLine[] = [];
  for (const { at, node, text } of notes) {
    const last = lines.at(-1);
    if (last !== undefined && last.at === at && last.node === node) {
      lines[lines.length - 1] = { ...last, text: `${last.text}, ${text}` };
    } else lines.push({ at, node, text, broken: false });
  }
  return lines;
}

// -------------------------------------------------------------------- words

function taskName({ kind, task }: AttemptId): string {
  return `${kind}-${task}`;
}

/** `reduce-3 attempt 0`; in later epochs `reduce-3 attempt 0 of epoch 2`. */
function words({ kind, task, number, epoch }: AttemptId): string {
  const later = epoch > 1 ? ` of epoch ${epoch}` : '';
  return `${kind}-${task} attempt ${number}${later}`;
}

/** `map-0 attempt 1` for `map-0/1.1`, as everywhere in a story. */
function inWords(detail: string): string {
  return detail.replaceAll(/\b((?:map|reduce)-\d+)\/(\d+)\.(\d+)\b/g, (_, task, epoch, number) => {
    const later = epoch === '1' ? '' : ` of epoch ${epoch}`;
    return `${task} attempt ${number}${later}`;
  });
}

function endWords(status: TellUser['status']): string {
  return status === 'cancelled' ? 'was cancelled' : status;
}
