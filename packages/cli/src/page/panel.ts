/** What is known at one moment: the record that is looked at, and the state of a node after it. */
import { h, term } from './dom.ts';
import { faultsAt } from './draw-frame.ts';
import { nodeName, shapeOf } from './model.ts';
import type { Run } from './model.ts';
import type { NodeState } from './node-state.ts';
import { counted, grouped, recordText, timeText } from './words.ts';

export interface PanelEvents {
  /** Goes to a record, and looks at its node. */
  onRecord(record: number): void;
}

export function recordPanel(run: Run, record: number, events: PanelEvents): HTMLElement {
  const [event] = shapeOf(run, record);
  const at = run.at[record] ?? 0;
  const content: Node[] = [
    h(
      'p',
      { class: 'moment' },
      h('strong', {}, timeText(at, 6)),
      h('span', { class: 'faint' }, `event ${grouped(record + 1)} of ${grouped(run.count)}`),
    ),
    h(
      'p',
      { class: 'said' },
      h('b', {}, nodeName(run, run.node[record])),
      ` ${recordText(run, record)}`,
    ),
  ];
  const other = run.link[record] ?? -1;
  if (other >= 0) {
    const [word, took] =
      event === 'sent'
        ? ['arrives', (run.at[other] ?? 0) - at]
        : ['was sent', at - (run.at[other] ?? 0)];
    const link = h(
      'a',
      { href: '#' },
      `${word} ${timeText(took, 6)} ${event === 'sent' ? 'later' : 'before'}`,
    );
    link.addEventListener('click', (click) => {
      click.preventDefault();
      events.onRecord(other);
    });
    content.push(h('p', {}, link));
  }
  const faults = faultsAt(run, at);
  if (faults.length > 0) {
    const names = faults.slice(0, LIST_MAX).map((fault) => h('li', {}, fault.text));
    content.push(h('h3', {}, 'Faults at this time'), h('ul', { class: 'faults' }, ...names));
  }
  return h('section', { class: 'record', 'aria-live': 'polite' }, ...content);
}

const LIST_MAX = 8;

export function nodePanel(run: Run, node: number, record: number, state: NodeState): HTMLElement {
  const name = nodeName(run, node);
  const at = run.at[record] ?? 0;
  const rows: HTMLElement[] = [...term('is', lifeText(state))];
  if (name.startsWith('replica-')) rows.push(...replicaRows(state, at));
  else if (name === 'primary' || name === 'successor') rows.push(...primaryRows(state));
  else if (name === 'store') rows.push(...storeRows(state));
  else if (name === 'client') {
    rows.push(...term('heard', state.news === '' ? 'nothing yet' : `the job is ${state.news}`));
    if (state.told !== '') rows.push(...term('told', `the user: ${state.told}`));
  }
  return h(
    'section',
    { class: 'node', 'aria-label': `State of ${name}` },
    h('h3', {}, name, h('span', { class: 'faint' }, ` at ${timeText(at)}`)),
    h('dl', {}, ...rows),
  );
}

function lifeText({ up, paused, life }: NodeState): string {
  if (!up)
    return life === 0
      ? 'not started'
      : `down, after ${counted(life, 'life').replace('lifes', 'lives')}`;
  return paused ? 'paused' : life > 1 ? `up, in life ${life}` : 'up';
}

function replicaRows(state: NodeState, at: number): HTMLElement[] {
  const running = [...state.running.values()].map(({ attempt, doing, since }) =>
    h('div', {}, h('code', {}, attempt), ` ${doing}, ${timeText(at - since)} so far`),
  );
  return [
    ...term('runs', ...(running.length === 0 ? ['nothing'] : running)),
    ...term('holds', ...namesOf(state.held, 'map output')),
    ...term('believes', ...(state.up ? [believed(state, at)] : ['–'])),
  ];
}

function believed({ member, epoch, leaseUntil }: NodeState, at: number): string {
  const parts = [member ? 'it is a member' : 'it is joining'];
  if (epoch > 0) parts.push(`epoch ${epoch}`);
  if (leaseUntil !== null) {
    const left = leaseUntil - at;
    parts.push(
      left >= 0 ? `lease for ${timeText(left)} more` : `lease over for ${timeText(-left)}`,
    );
  }
  return parts.join(', ');
}

function primaryRows(state: NodeState): HTMLElement[] {
  const counts = new Map<string, number>();
  for (const { state: what } of state.scoreboard.values()) {
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const believes = [...counts].map(([what, count]) =>
    h('div', {}, h('i', { class: `state ${what}` }), ` ${count} ${what}`),
  );
  const rows = [
    ...term('epoch', state.epoch === 0 ? 'none yet' : String(state.epoch)),
    ...term('believes', ...(believes.length === 0 ? ['there is nobody'] : believes)),
    ...term(
      'journaled',
      `${counted(state.mapsWon.size, 'map')} and ${counted(state.partsWon.size, 'part')} won in this life, ${grouped(state.journaled)} entries`,
    ),
  ];
  if (state.outcome !== '') rows.push(...term('job', state.outcome));
  return rows;
}

function storeRows(state: NodeState): HTMLElement[] {
  return [
    ...term('parts', ...namesOf(state.parts, 'published part')),
    ...term('temporary', ...namesOf(state.uploads, 'upload')),
    ...term('_SUCCESS', state.success ? 'is there' : 'is not there'),
  ];
}

const NAMES_MAX = 12;

function namesOf(names: ReadonlySet<string>, what: string): (string | Node)[] {
  if (names.size === 0) return ['nothing'];
  const shown = [...names].slice(-NAMES_MAX).map((name) => h('code', {}, name));
  const rest = names.size - shown.length;
  const list = shown.flatMap((name) => [name, ' ']);
  return [
    h('div', {}, counted(names.size, what)),
    h('div', {}, ...list, rest > 0 ? `and ${rest} more` : ''),
  ];
}
