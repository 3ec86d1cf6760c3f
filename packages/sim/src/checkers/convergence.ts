/**
 * L1: once everything has healed the job ends within the bound, which is given by formula from the
 * timing and from what is left to do. When it does not, says what is missing and who waits for whom.
 */
import { attemptName, partsOf } from '@lisping/core';
import type { AttemptId, Microseconds, NodeId, TellUser } from '@lisping/core';
import { nodeName, PRIMARY, replicaNode, SUCCESSOR } from '../address.ts';
import type { WorldView } from '../observe.ts';
import { Breach } from './breach.ts';
import type { CheckContext, Checker, Verdict } from './checker.ts';
import type { StandingJournal } from './known/standing-journal.ts';

class Convergence implements Checker {
  readonly name: string = 'finished-in-time';
  readonly title: string = 'finished in time';
  private readonly context: CheckContext;
  private readonly journal: StandingJournal;
  private readonly breach: Breach;
  private world: WorldView | null = null;
  private healedAt: Microseconds | null = null;
  private bound: Microseconds = 0;
  private toldAt: Microseconds | null = null;

  constructor(context: CheckContext, journal: StandingJournal) {
    this.context = context;
    this.journal = journal;
    this.breach = new Breach(context, this);
  }

  begin(world: WorldView): void {
    this.world = world;
  }

  healed(now: Microseconds, bound: Microseconds): void {
    this.healedAt = now;
    this.bound = bound;
  }

  told(now: Microseconds, _node: NodeId, { job }: TellUser): void {
    if (job === this.context.job) this.toldAt ??= now;
  }

  end(now: Microseconds, how: 'converged' | 'stuck' | 'stopped'): void {
    if (how === 'stopped' || this.healedAt === null) {
      if (how === 'stuck') this.breach.report(now, `the faults never ended; ${this.explain()}`);
      return;
    }
    const deadline = this.healedAt + this.bound;
    if (this.toldAt !== null && this.toldAt <= deadline) return;
    const allowed = `within ${seconds(this.bound)} s of the end of all faults`;
    this.breach.report(deadline, `the job did not end ${allowed}; ${this.explain()}`);
  }

  // ------------------------------------------------------------------ who waits for whom

  private explain(): string {
    const { world, journal } = this;
    if (world === null) return 'nothing is known';
    const primaries = [PRIMARY, SUCCESSOR].filter((node) => world.process(node).up);
    if (primaries.length === 0) return 'no primary is up';
    if (journal.newest === 0) return 'no primary has opened its journal';
    if (journal.ended !== null || journal.refused !== null) {
      return 'the end is in the journal, and the client waits to hear of it';
    }
    if (journal.submitted === null) return 'the submit is not in the journal';
    if (journal.outcome !== null) {
      const store = this.storeWords(world);
      return `the job is ${journal.outcome.entry.outcome}, and waits for the store: ${store}`;
    }
    return this.tasksWords(world);
  }

  private storeWords(world: WorldView): string {
    const output = world.store.outputs().find(({ job }) => job === this.context.job);
    if (output === undefined) return 'the output directory is gone';
    const { parts, success, temporary } = output;
    return `${parts.size} parts, _SUCCESS ${success ? 'is' : 'is not'} there, ${temporary.length} temporary`;
  }

  private tasksWords(world: WorldView): string {
    const { maps, reduces } = this.context;
    const { submitted, parts } = this.journal;
    const missing = numbers(
      submitted === null ? 0 : partsOf(submitted.entry),
      (i) => parts[i] === undefined,
    );
    const kind = reduces === 0 ? 'map' : 'reduce';
    const published = world.store.outputs().find(({ job }) => job === this.context.job)?.parts;
    if (missing.length === 0) {
      const count = published?.size ?? 0;
      return `every task has a winner, and ${count} parts are published`;
    }
    const words = [`${kind} ${listed(missing)} without a winner`];
    if (reduces > 0) {
      const lost = numbers(maps, (map) => !this.isHeld(world, map));
      if (lost.length > 0) words.push(`waiting for the output of map ${listed(lost)}`);
    }
    const [task] = missing;
    if (task !== undefined) words.push(this.whoWorks(world, kind, task));
    return words.join(', ');
  }

  /** Some replica that is up holds the canonical output of the map. */
  private isHeld(world: WorldView, map: number): boolean {
    const winner = this.journal.maps[map];
    if (winner === undefined) return false;
    for (let i = 0; i < this.context.replicas; i++) {
      if (!world.process(replicaNode(i)).up) continue;
      if (world.replica(i).held.some(({ attempt }) => attempt.task === map)) return true;
    }
    return false;
  }

  private whoWorks(world: WorldView, kind: AttemptId['kind'], task: number): string {
    for (let i = 0; i < this.context.replicas; i++) {
      const { executing, workspaces } = world.replica(i);
      const attempt = [...executing, ...workspaces].find(
        (other) => other.kind === kind && other.task === task,
      );
      if (attempt === undefined) continue;
      const name = attemptName(attempt);
      const isRunning = executing.some((other) => other === attempt);
      return `${nodeName(replicaNode(i))} ${isRunning ? 'runs' : 'waits with'} ${name}`;
    }
    return `nobody works on ${kind} ${task}`;
  }

  verdict(): Verdict {
    const { toldAt, healedAt } = this;
    if (toldAt === null || healedAt === null || this.context.faults.length === 0) {
      return this.breach.verdict();
    }
    const late = Math.max(0, toldAt - healedAt);
    return this.breach.verdict(`${seconds(late)} s after the end of all faults`);
  }
}

function seconds(time: Microseconds): string {
  return (time / 1_000_000).toFixed(1);
}

function numbers(count: number, isWanted: (i: number) => boolean): number[] {
  return Array.from({ length: count }, (_, i) => i).filter(isWanted);
}

/** `3`, `3 and 7`, `3, 7 and 12 others`. */
function listed(tasks: readonly number[]): string {
  const [first, second, ...others] = tasks;
  if (second === undefined) return String(first);
  if (others.length === 0) return `${first} and ${second}`;
  return `${first}, ${second} and ${others.length} others`;
}

export function createConvergence(context: CheckContext, journal: StandingJournal): Checker {
  return new Convergence(context, journal);
}
