/** The schedule that failed and the smallest that fails like it, side by side. */
import { Diagram } from './diagram.ts';
import type { Look } from './diagram.ts';
import { h } from './dom.ts';
import type { Run } from './model.ts';
import { faultsPart, storyPart } from './summary.ts';
import type { Palette } from './theme.ts';
import { firstView, spanWithin } from './view.ts';
import { counted } from './words.ts';

export function compareView(runs: readonly Run[], palette: Palette): HTMLElement {
  const minimal = runs.findLast(({ role }) => role === 'minimal');
  const original = runs.findLast(({ role }) => role === 'original');
  const halves = [minimal, original].filter((run) => run !== undefined);
  return h('div', { class: 'compare' }, ...halves.map((run) => half(run, palette)));
}

function half(run: Run, palette: Palette): HTMLElement {
  const { from, to, record, node, layers } = firstView(run);
  let look: Look = {
    mode: 'work',
    from,
    to,
    record,
    node,
    layers,
    isTall: false,
    matches: null,
    palette,
  };
  const change = (changed: Partial<Look>): void => {
    look = { ...look, ...changed };
    diagram.show(look);
  };
  const facts = [
    counted(run.faults.length, 'fault'),
    counted(run.nodes.length - 1, 'node'),
    counted(run.count, 'event'),
  ];
  const diagram = new Diagram(run, `${run.title}: ${facts.join(', ')}`, {
    onSelect: (chosen, at) => change({ record: chosen, node: at === 0 ? look.node : at }),
    onSpan: (left, right) => change(spanWithin(run, left, right)),
  });
  diagram.fit();
  diagram.show(look);
  const events = {
    onTime: (at: number): void => change(spanWithin(run, at - 1_500_000, at + 1_500_000)),
  };
  return h(
    'section',
    { class: 'half' },
    h('h2', {}, run.title, h('small', {}, facts.join(', '))),
    ...(run.command === null ? [] : [h('code', { class: 'command' }, run.command)]),
    diagram.element,
    storyPart(run, events),
    faultsPart(run, events),
  );
}
