/** What stands around the views: the header with the verdict and the command, tabs, legend, theme. */
import { button, h } from './dom.ts';
import type { Report } from './format.ts';
import type { Run } from './model.ts';
import type { Tab } from './view.ts';

const VERDICTS = {
  passed: 'PASSED',
  failed: 'FAILED',
  'no-convergence': 'NO CONVERGENCE',
} as const;

export function header(report: Report, onHelp: () => void, onTheme: () => void): HTMLElement {
  const { verdict, job, seed, replicas, command, figures } = report;
  const copy = button('Copy', 'Copy the command', () => {
    // Without permission, or from a file in some browsers, the text can still be selected.
    const copied = navigator.clipboard?.writeText(code.innerText) ?? Promise.reject(new Error());
    copied.then(
      () => void (copy.textContent = 'Copied'),
      () => getSelection()?.selectAllChildren(code),
    );
  });
  const code = h('code', { class: 'command' }, command);
  return h(
    'header',
    {},
    h(
      'div',
      { class: 'title' },
      h('span', { class: `verdict ${verdict}` }, VERDICTS[verdict]),
      h('h1', {}, job),
      h(
        'span',
        { class: 'facts' },
        [`seed ${seed}`, `${replicas} replicas`, ...figures].join(' · '),
      ),
    ),
    h('div', { class: 'again' }, h('span', { class: 'faint' }, 'again'), code, copy),
    h(
      'div',
      { class: 'buttons' },
      button('Theme', 'Light, dark, or as the system has it (t)', onTheme),
      button('?', 'Keyboard and help (?)', onHelp),
    ),
  );
}

const NAMES: Readonly<Record<Tab, string>> = {
  timeline: 'Timeline',
  scoreboard: 'Scoreboard',
  summary: 'Checks and story',
  compare: 'Minimal beside original',
};

export function tabBar(tabs: readonly Tab[], onTab: (tab: Tab) => void): HTMLElement {
  const buttons = tabs.map((tab, index) => {
    const element = button(NAMES[tab], `${NAMES[tab]} (${index + 1})`, () => onTab(tab));
    element.setAttribute('role', 'tab');
    element.dataset['tab'] = tab;
    return element;
  });
  return h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' }, ...buttons);
}

export function runPicker(runs: readonly Run[], onRun: (run: number) => void): HTMLElement | null {
  if (runs.length < 2) return null;
  const select = h('select', { 'aria-label': 'Schedule' });
  runs.forEach(({ title }, index) => select.append(h('option', { value: String(index) }, title)));
  select.addEventListener('change', () => onRun(Number(select.value)));
  return select;
}

type LegendItem = readonly [sample: string, text: string];

const WORK: readonly LegendItem[] = [
  ['map', 'map'],
  ['shuffle', 'shuffle'],
  ['reduce', 'reduce'],
  ['repeated', 'same output again'],
  ['beaten', 'for nothing'],
  ['stopped', 'stopped'],
  ['lost', 'lost or failed'],
  ['down', 'down'],
  ['arrow assign', 'assign'],
  ['arrow report', 'report'],
  ['arrow other', 'other message'],
  ['arrow gone', 'lost message'],
  ['band', 'fault'],
];

const BELIEFS: readonly LegendItem[] = [
  ...['joining', 'idle', 'mapping', 'shuffling', 'reducing', 'silent', 'lost'].map(
    (state): LegendItem => [`state ${state}`, state],
  ),
  ['truth', 'below: the process is up'],
  ['truth gone', 'is down'],
];

export function legend(mode: 'work' | 'beliefs'): HTMLElement {
  const items = (mode === 'work' ? WORK : BELIEFS).map(([sample, text]) =>
    h('li', {}, h('i', { class: sample }), text),
  );
  const label = mode === 'work' ? 'Legend' : 'What the primary believes of each replica';
  return h('ul', { class: 'legend', 'aria-label': label }, ...items);
}

const THEMES = ['system', 'light', 'dark'] as const;

/** Goes on to the next theme. */
export function nextTheme(): void {
  const root = document.documentElement;
  const now = THEMES.findIndex((theme) => theme === (root.dataset['theme'] ?? 'system'));
  root.dataset['theme'] = THEMES[(now + 1) % THEMES.length] ?? 'system';
}

/** Whether the page is dark now. Paper is light. */
export function isDark(): boolean {
  if (matchMedia('print').matches) return false;
  const theme = document.documentElement.dataset['theme'] ?? 'system';
  return (
    theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  );
}
