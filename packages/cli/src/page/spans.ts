/** What lasts in a run: nodes down or paused, and what each primary believes of each replica. */
import { shapeOf } from './model.ts';
import type { Run } from './model.ts';

export interface Stretch {
  readonly from: number;
  to: number;
}

interface BeliefStretch extends Stretch {
  readonly state: string;
}

export interface Spans {
  /** By node. */
  readonly down: readonly (readonly Stretch[])[];
  readonly paused: readonly (readonly Stretch[])[];
  /** Per primary that was ever up: by replica. */
  readonly beliefs: readonly {
    readonly holder: number;
    readonly of: readonly (readonly BeliefStretch[])[];
  }[];
  /** When the world healed, or null. */
  readonly healedAt: number | null;
}

export function spansOf(run: Run): Spans {
  const down = run.nodes.map((): Stretch[] => [{ from: 0, to: run.end }]);
  const paused = run.nodes.map((): Stretch[] => []);
  const beliefs = new Map<number, BeliefStretch[][]>();
  let healedAt: number | null = null;
  for (let record = 0; record < run.count; record++) {
    const [event, what] = shapeOf(run, record);
    const node = run.node[record] ?? 0;
    const at = run.at[record] ?? 0;
    switch (event) {
      case 'started':
        close(down[node], at);
        continue;
      case 'stopped':
        down[node]?.push({ from: at, to: run.end });
        close(paused[node], at);
        for (const list of beliefs.get(node) ?? []) close(list, at);
        continue;
      case 'paused':
        paused[node]?.push({ from: at, to: run.end });
        continue;
      case 'resumed':
        close(paused[node], at);
        continue;
      case 'scoreboard': {
        const lists = beliefs.get(node) ?? run.nodes.map((): BeliefStretch[] => []);
        beliefs.set(node, lists);
        const list = lists[run.peer[record] ?? 0];
        if (list?.at(-1)?.state === what && list.at(-1)?.to === run.end) continue;
        close(list, at);
        list?.push({ from: at, to: run.end, state: what });
        continue;
      }
      case 'healed':
        healedAt = at;
        continue;
      default:
        continue;
    }
  }
  return {
    down: down.map((list) => list.filter(({ from, to }) => to > from)),
    paused,
    beliefs: [...beliefs].map(([holder, of]) => ({ holder, of })),
    healedAt,
  };

  function close(list: Stretch[] | undefined, at: number): void {
    const last = list?.at(-1);
    if (last !== undefined && last.to === run.end) last.to = at;
  }
}

/** Whether the time lies in one of the stretches; what begins there is in, what ends there is not. */
export function isWithin(stretches: readonly Stretch[] | undefined, at: number): boolean {
  return stretches?.some(({ from, to }) => from <= at && at < to) ?? false;
}

/** `up`, `down` or `paused`. */
export function lifeAt(spans: Spans, node: number, at: number): 'up' | 'down' | 'paused' {
  if (isWithin(spans.down[node], at)) return 'down';
  return isWithin(spans.paused[node], at) ? 'paused' : 'up';
}
