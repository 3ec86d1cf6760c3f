/** What is looked at, and how it is written behind the # of the address, so that it can be sent. */
import type { Layers } from './draw-work.ts';
import type { Report } from './format.ts';
import { lowerBound, nodeName, textOf } from './model.ts';
import type { Run } from './model.ts';

export const TABS = ['timeline', 'scoreboard', 'summary', 'compare'] as const;
export type Tab = (typeof TABS)[number];

export interface View {
  readonly run: number;
  readonly tab: Tab;
  readonly record: number;
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly query: string;
  readonly layers: Layers;
  readonly isTall: boolean;
  /** Which records the list holds. */
  readonly list: 'all' | 'node' | 'matches';
}

const LAYERS = ['tasks', 'messages', 'heartbeats', 'fetches'] as const;

export function hashOf(view: View, run: Run): string {
  const words: [string, string][] = [
    ['v', view.tab],
    ['r', String(view.run)],
    ['e', String(view.record)],
    ['n', nodeName(run, view.node)],
    ['z', `${Math.round(view.from)}-${Math.round(view.to)}`],
    ['s', LAYERS.filter((layer) => view.layers[layer]).join('.')],
  ];
  if (view.query !== '') words.push(['q', view.query]);
  return `#${words.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Anything may stand in an address: what makes no sense is left as it is. */
export function viewOfHash(hash: string, view: View, runs: readonly Run[]): View {
  const words = new Map<string, string>();
  for (const part of hash.replace(/^#/, '').split('&')) {
    const equals = part.indexOf('=');
    if (equals > 0) words.set(part.slice(0, equals), decoded(part.slice(equals + 1)));
  }
  const whole = (name: string, below: number): number | null => {
    const value = Number(words.get(name) ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 && value < below ? value : null;
  };
  const number = whole('r', runs.length) ?? view.run;
  const run = runs[number];
  if (run === undefined) return view;
  const node = run.nodes.indexOf(words.get('n') ?? '');
  const [from = Number.NaN, to = Number.NaN] = (words.get('z') ?? '').split('-').map(Number);
  const hasSpan = words.has('z') && from < to && from >= -run.end && to <= 2 * run.end;
  const layers = words.get('s')?.split('.');
  return {
    ...view,
    run: number,
    tab: TABS.find((tab) => tab === words.get('v')) ?? view.tab,
    record: whole('e', run.count) ?? Math.min(view.record, run.count - 1),
    node: node > 0 ? node : view.node,
    ...(hasSpan ? { from, to } : {}),
    query: words.get('q') ?? view.query,
    layers:
      layers === undefined
        ? view.layers
        : {
            tasks: layers.includes('tasks'),
            messages: layers.includes('messages'),
            heartbeats: layers.includes('heartbeats'),
            fetches: layers.includes('fetches'),
          },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** The run that a report opens with: the smallest that fails, else the pass that failed, else the first. */
export function firstRun(runs: readonly Run[], verdict: Report['verdict']): number {
  const minimal = runs.findIndex(({ role }) => role === 'minimal');
  if (minimal >= 0) return minimal;
  // Nothing runs behind a pass that failed.
  return verdict === 'passed' ? 0 : runs.length - 1;
}

/** The view that a run opens with: where it broke, else the whole run. */
export function firstView(run: Run): View {
  const primary = Math.max(1, run.nodes.indexOf('primary'));
  const broken = brokenAt(run);
  const record = broken ?? run.ofNode[primary]?.[0] ?? 0;
  const own = run.node[record] ?? 0;
  return {
    run: 0,
    tab: 'timeline',
    record,
    node: broken !== null && own > 0 ? own : primary,
    from: 0,
    to: Math.max(1000, run.end * 1.02),
    query: '',
    layers: { tasks: true, messages: true, heartbeats: false, fetches: false },
    isTall: false,
    list: 'all',
  };
}

/** The record at which a promise was broken, else that at which the user heard that a job failed. */
function brokenAt(run: Run): number | null {
  const broken = run.checks.find(({ ok, at }) => !ok && at !== undefined)?.at;
  if (broken !== undefined) {
    const after = lowerBound(run.count, (record) => run.at[record] ?? 0, broken + 1);
    return Math.max(0, after - 1);
  }
  const isTold = run.shapes.map(([event]) => event === 'told');
  const told = run.shape.findIndex(
    (shape, record) => isTold[shape] === true && textOf(run, run.more[record]) === 'failed',
  );
  return told < 0 ? null : told;
}

/** Keeps a stretch of time within the run, and at least a few microseconds long. */
export function spanWithin(run: Run, from: number, to: number): Pick<View, 'from' | 'to'> {
  const most = Math.max(1000, run.end * 1.02);
  const length = Math.min(most, Math.max(20, to - from));
  const start = Math.max(0, Math.min(from, most - length));
  return { from: start, to: start + length };
}
