// The `context` argument of the user's functions, and the fences around it.
import { LispingError } from '../errors/lisping-error.ts';
import type { Context, InputPosition, MapContext } from '../job/context.ts';
import type { Blame } from './blame.ts';
import type { CounterSet } from './counters.ts';
import { createRandom } from './random.ts';
import type { TaskSetting } from './setting.ts';

/** The context of a reduce task. */
export function createContext(setting: TaskSetting, counters: CounterSet, blame: Blame): Context {
  return {
    ...commonContext('reduce', setting, counters, blame),
    get attempt() {
      return attemptOf(setting);
    },
  };
}

/** All that map and reduce tasks have in common, except what is asked for: a copy would ask. */
function commonContext(
  kind: 'map' | 'reduce',
  setting: TaskSetting,
  counters: CounterSet,
  blame: Blame,
): Omit<Context, 'attempt'> {
  const { job, task, parameters, seed, onStatus } = setting;
  let draw: (() => number) | null = null; // made when first used: most jobs draw nothing
  return {
    task,
    counter(name, n = 1) {
      const problem = counterProblem(name, n);
      if (problem !== null) throw blame.failed(new LispingError('LISPING_E_COUNTER', problem));
      counters.add(name, n);
    },
    status(text) {
      onStatus?.(String(text));
    },
    random() {
      draw ??= createRandom(seed, job.name, kind, task);
      return draw();
    },
    parameter(name, fallback) {
      const value = Object.hasOwn(parameters, name) ? parameters[name] : fallback;
      if (value !== undefined) return value;
      const hint = `Give it with --param ${name}=VALUE.`;
      throw blame.failed(
        new LispingError('LISPING_E_PARAMETER', `the job needs the parameter ${name}`, { hint }),
      );
    },
  };
}

/** The context of a map task, which also knows where the record lies. */
export function createMapContext(
  setting: TaskSetting,
  counters: CounterSet,
  blame: Blame,
  position: () => InputPosition,
): MapContext {
  return {
    ...commonContext('map', setting, counters, blame),
    get attempt() {
      return attemptOf(setting);
    },
    get input() {
      return position();
    },
  };
}

function attemptOf({ attempt, onAttempt }: TaskSetting): number {
  onAttempt?.();
  return attempt;
}

/** Hadoop takes no commas in names, and a number that is not whole would not add up the same twice. */
function counterProblem(name: unknown, n: unknown): string | null {
  if (typeof name !== 'string' || name === '' || /[,\r\n]/.test(name)) {
    return 'the name of a counter is empty, or has a comma or a line break';
  }
  if (name.startsWith('lisping.')) return `the counter ${name} belongs to the engine`;
  return Number.isSafeInteger(n) ? null : `the counter ${name} counts whole numbers only`;
}
