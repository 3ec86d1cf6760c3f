// What the user's code would do: how long a task runs, which bytes it gives, whether it fails. All
// of it is said by rules; a task without a rule runs for the usual time and gives `A`.
import type { ErrorCode } from '../../src/errors/codes.ts';
import type { AttemptId, Microseconds, NodeId } from '../../src/protocol/index.ts';
import { nodeName } from './names.ts';

export interface TaskRule {
  /** `map-1` or `reduce-0`. */
  readonly task: string;
  /** Only on this node. */
  readonly on?: string;
  /** Only the run of this number, counted from 1 over the whole cluster. */
  readonly run?: number;
  readonly takes?: Microseconds;
  /** The letter that stands for the bytes of its output. */
  readonly bytes?: string;
  /** The code of the error with which the user's code fails. */
  readonly fails?: ErrorCode;
  /** The record in which the process that runs it dies. */
  readonly dies?: number;
}

/** How one run of a task goes. */
export interface Course {
  readonly takes: Microseconds;
  readonly bytes: string;
  readonly fails: ErrorCode | null;
  readonly dies: number | null;
}

const USUALLY: Record<AttemptId['kind'], Microseconds> = { map: 2_000_000, reduce: 1_000_000 };

export class Tasks {
  private readonly rules: TaskRule[] = [];
  private readonly runs = new Map<string, number>();

  add(rule: TaskRule): void {
    this.rules.push(rule);
  }

  /** Begins a run; a later rule overrides an earlier one. */
  begin(node: NodeId, attempt: AttemptId): Course {
    const task = `${attempt.kind}-${attempt.task}`;
    const key = `${attempt.job} ${task}`;
    const run = (this.runs.get(key) ?? 0) + 1;
    this.runs.set(key, run);
    const fitting = this.rules.filter(
      (rule) =>
        rule.task === task &&
        (rule.on ?? nodeName(node)) === nodeName(node) &&
        (rule.run ?? run) === run,
    );
    const said = fitting.reduce<Partial<TaskRule>>((all, rule) => ({ ...all, ...rule }), {});
    return {
      takes: said.takes ?? USUALLY[attempt.kind],
      bytes: said.bytes ?? 'A',
      fails: said.fails ?? null,
      dies: said.dies ?? null,
    };
  }
}
