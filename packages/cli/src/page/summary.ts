/** What was found, in words: the checks with their verdicts, the error, the story, the faults. */
import { h } from './dom.ts';
import type { Report, ReportedError } from './format.ts';
import type { Run } from './model.ts';
import { timeText } from './words.ts';

export interface SummaryEvents {
  onTime(at: number, node: string): void;
}

export function summaryView(report: Report, run: Run, events: SummaryEvents): HTMLElement {
  return h(
    'div',
    { class: 'summary' },
    h('div', { class: 'column' }, ...errorPart(report.error), checksPart(run, events)),
    h('div', { class: 'column' }, storyPart(run, events), faultsPart(run, events)),
  );
}

function errorPart(error: ReportedError | null): HTMLElement[] {
  if (error === null) return [];
  const { code, message, hint } = error;
  return [
    h('section', { class: 'error' }, h('h2', {}, code), h('pre', {}, message), h('p', {}, hint)),
  ];
}

function checksPart(run: Run, events: SummaryEvents): HTMLElement {
  const rows = run.checks.map(({ ok, title, detail, at }) => {
    return h(
      'li',
      { class: ok ? 'ok' : 'broken' },
      h('span', { class: 'mark', 'aria-label': ok ? 'holds' : 'broken' }, ok ? '✓' : '✗'),
      h(
        'div',
        {},
        title,
        detail === undefined ? '' : h('span', { class: 'faint' }, `: ${detail}`),
        ...(at === undefined || ok
          ? []
          : [h('div', {}, timeLink(at, '', events, 'show where it broke'))]),
      ),
    );
  });
  const broken = run.checks.filter(({ ok }) => !ok).length;
  const all = `${run.checks.length} checks, ${broken === 0 ? 'all hold' : `${broken} broken`}`;
  return h(
    'section',
    {},
    h('h2', {}, 'Checks', h('small', {}, all)),
    h('ul', { class: 'checks' }, ...rows),
  );
}

export function storyPart(run: Run, events: SummaryEvents): HTMLElement {
  const rows = run.story.map(({ at, node, text, broken }) =>
    h(
      'tr',
      broken ? { class: 'broken' } : {},
      h('td', {}, timeLink(at, node, events)),
      h('th', { scope: 'row' }, node),
      h('td', {}, text, broken ? h('b', {}, ' ← broken here') : ''),
    ),
  );
  const body =
    rows.length === 0
      ? h('p', { class: 'faint' }, 'Nothing happened that is worth telling.')
      : h('table', { class: 'story' }, h('tbody', {}, ...rows));
  return h('section', {}, h('h2', {}, 'What happened'), body);
}

export function faultsPart(run: Run, events: SummaryEvents): HTMLElement {
  if (run.faults.length === 0) {
    return h(
      'section',
      {},
      h('h2', {}, 'Faults'),
      h('p', { class: 'faint' }, 'No fault struck in this run.'),
    );
  }
  const rows = run.faults.map((fault) =>
    h(
      'tr',
      {},
      h('td', {}, timeLink(fault.at, fault.node === null ? '' : fault.target, events)),
      h('td', {}, fault.until === null ? '' : `until ${timeText(fault.until)}`),
      h('td', {}, fault.text),
    ),
  );
  const count = h('small', {}, String(run.faults.length));
  return h(
    'section',
    {},
    h('h2', {}, 'Faults', count),
    h('table', { class: 'story' }, h('tbody', {}, ...rows)),
  );
}

function timeLink(at: number, node: string, events: SummaryEvents, label?: string): HTMLElement {
  const link = h('a', { href: '#' }, label ?? timeText(at));
  link.addEventListener('click', (event) => {
    event.preventDefault();
    events.onTime(at, node);
  });
  return link;
}
