/**
 * Who waits for whom, when a job does not end: for each task that is missing, which attempt works on
 * it, where, and what that attempt waits for.
 */
import { attemptName, partsOf } from '@lisping/core';
import type { AttemptId } from '@lisping/core';
import { nodeName, PRIMARY, replicaNode, SUCCESSOR } from '../../address.ts';
import type { WorkView, WorldView } from '../../observe.ts';
import type { CheckContext } from '../checker.ts';
import type { AttemptBook } from './attempt-book.ts';
import type { StandingJournal } from './standing-journal.ts';
import { seconds } from '../seconds.ts';

/** How many tasks are told of one by one. */
const SHOWN = 3;

/** One clause for each thing that is missing, the first in the chain of waiting first. */
export function whoWaits(
  context: CheckContext,
  journal: StandingJournal,
  book: AttemptBook,
  world: WorldView,
): string {
  return new Waiting(context, journal, book, world).explain();
}

class Waiting {
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly book: AttemptBook;
  private readonly world: WorldView;

  constructor(
    context: CheckContext,
    journal: StandingJournal,
    book: AttemptBook,
    world: WorldView,
  ) {
    this.context = context;
    this.journal = journal;
    this.book = book;
    this.world = world;
  }

  explain(): string {
    const { world, journal } = this;
    const primaries = [PRIMARY, SUCCESSOR].filter((node) => world.process(node).up);
    if (primaries.length === 0) return 'no primary is up';
    if (journal.newest === 0) return 'no primary has opened its journal';
    if (journal.ended !== null || journal.refused !== null) {
      return 'the end is in the journal, and the client waits to hear of it';
    }
    if (journal.submitted === null) return 'the submit is not in the journal';
    if (journal.outcome !== null) {
      const { outcome } = journal.outcome.entry;
      return `the job is ${outcome}, and the primary waits for the store: ${this.store()}`;
    }
    return this.tasks();
  }

  private store(): string {
    const output = this.world.store.outputs().find(({ job }) => job === this.context.job);
    if (output === undefined) return 'the output directory is gone';
    const { parts, success, temporary } = output;
    const words = `${parts.size} parts, _SUCCESS ${success ? 'is' : 'is not'} there`;
    return `${words}, ${temporary.length} temporary`;
  }

  private tasks(): string {
    const { reduces } = this.context;
    const { submitted, parts } = this.journal;
    const count = submitted === null ? 0 : partsOf(submitted.entry);
    const missing = numbers(count, (i) => parts[i] === undefined);
    if (missing.length === 0) {
      return `every task has a winner, and the primary waits for the store: ${this.store()}`;
    }
    const kind = reduces === 0 ? 'map' : 'reduce';
    const words = missing.slice(0, SHOWN).map((task) => this.task(kind, task));
    if (missing.length > SHOWN) words.push(`${missing.length - SHOWN} more ${kind}s are missing`);
    return words.join('; ');
  }

  private task(kind: AttemptId['kind'], task: number): string {
    const works = this.worksOn(kind, task);
    if (works.length === 0) return this.idle(kind, task);
    return works
      .map(({ replica, work }) => {
        const who = `${attemptName(work.attempt)} on ${nodeName(replicaNode(replica))}`;
        return `${who} ${this.waits(work)}`;
      })
      .join(', ');
  }

  /** No replica has done anything for it yet, or any more. */
  private idle(kind: AttemptId['kind'], task: number): string {
    const given = this.book.given(kind, task).at(-1);
    if (given === undefined) return `${kind} ${task} waits for a slot, and was never given one`;
    const { attempt, to, at } = given;
    const { up, paused } = this.world.process(to);
    const where = up ? (paused ? ', which stands still' : '') : ', which is down';
    const words = `${attemptName(attempt)} was given to ${nodeName(to)}${where}`;
    const segments = kind === 'reduce' ? `, and waits for ${this.lacking([])}` : '';
    return `${words}, at ${seconds(at)} s${segments}`;
  }

  private waits({ attempt, asks, segments }: WorkView): string {
    const [first] = asks;
    if (first?.kind === 'run-map' || first?.kind === 'run-reduce') return 'runs user code';
    if (first?.kind === 'store') return 'waits for the store to take its part';
    if (first?.kind === 'fetch') return `waits for segments from ${nodeName(first.from)}`;
    if (attempt.kind === 'map') return 'has not begun';
    return `waits for ${this.lacking(segments)}`;
  }

  /** Which maps a reduce lacks, and where their outputs are. */
  private lacking(segments: readonly AttemptId[]): string {
    const lacks = numbers(this.context.maps, (map) => !segments.some(({ task }) => task === map));
    if (lacks.length === 0) return 'nothing: it holds all its segments';
    const words = lacks.slice(0, SHOWN).map((map) => {
      const holder = this.holder(map);
      if (holder !== null) return `map ${map}, which lies on ${nodeName(replicaNode(holder))}`;
      const [work] = this.worksOn('map', map);
      if (work === undefined) return `map ${map}, which nobody holds or works on`;
      const { replica } = work;
      const name = attemptName(work.work.attempt);
      return `map ${map}, which ${nodeName(replicaNode(replica))} makes as ${name}`;
    });
    if (lacks.length > SHOWN) words.push(`${lacks.length - SHOWN} more`);
    return words.join(' and ');
  }

  private worksOn(kind: AttemptId['kind'], task: number): { replica: number; work: WorkView }[] {
    const found: { replica: number; work: WorkView }[] = [];
    for (let replica = 0; replica < this.context.replicas; replica++) {
      for (const work of this.world.replica(replica).works) {
        const { attempt } = work;
        if (attempt.kind === kind && attempt.task === task) found.push({ replica, work });
      }
    }
    return found;
  }

  /** A replica that is up and holds an output of the map. */
  private holder(map: number): number | null {
    for (let i = 0; i < this.context.replicas; i++) {
      if (!this.world.process(replicaNode(i)).up) continue;
      if (this.world.replica(i).held.some(({ attempt }) => attempt.task === map)) return i;
    }
    return null;
  }
}

function numbers(count: number, isWanted: (i: number) => boolean): number[] {
  return Array.from({ length: count }, (_, i) => i).filter(isWanted);
}
