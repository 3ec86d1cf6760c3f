/** The `context` argument of user functions, for a run that has no attempts and counts nothing. */
import type { MapContext } from '@lisping/core';
import { createDraw } from './draw.ts';
import type { OracleSetting } from './setting.ts';

/** The place that `context.input` tells: it moves on with every record. */
export interface Place {
  file: string;
  offset: number;
}

export function createContext(
  { job, parameters }: OracleSetting,
  kind: 'map' | 'reduce',
  task: number,
  place: Place,
): MapContext {
  let draw: (() => number) | null = null;
  return {
    task,
    attempt: 0,
    input: place,
    counter(name, n = 1) {
      const isName = name !== '' && !/[,\r\n]/.test(name) && !name.startsWith('lisping.');
      if (!isName || !Number.isSafeInteger(n)) throw new TypeError(`no counter: ${name} ${n}`);
    },
    status() {},
    random() {
      draw ??= createDraw(['', job.name, kind, String(task)].join('\0'));
      return draw();
    },
    parameter(name, fallback) {
      const value = Object.hasOwn(parameters, name) ? parameters[name] : fallback;
      if (value === undefined) throw new TypeError(`no parameter ${name}`);
      return value;
    },
  };
}
