/** The page: one view, shown by the parts; every change goes through `change`. */
import { header, isDark, legend, nextTheme, runPicker, tabBar } from './chrome.ts';
import { compareView } from './compare.ts';
import { Diagram } from './diagram.ts';
import { button, h } from './dom.ts';
import type { Layers } from './draw-work.ts';
import type { Report } from './format.ts';
import { helpDialog, listenToKeys } from './keys.ts';
import type { Key } from './keys.ts';
import { lowerBound } from './model.ts';
import type { Run } from './model.ts';
import { NodeStates } from './node-state.ts';
import { Overview } from './overview.ts';
import { nodePanel, recordPanel } from './panel.ts';
import { RecordList } from './record-list.ts';
import { search } from './search.ts';
import { summaryView } from './summary.ts';
import { DARK, LIGHT } from './theme.ts';
import { firstRun, firstView, hashOf, spanWithin, TABS, viewOfHash } from './view.ts';
import type { Tab, View } from './view.ts';
import { counted } from './words.ts';

export class App {
  private readonly report: Report;
  private readonly runs: readonly Run[];
  private view: View;
  private shownRun: Run | null = null;
  private diagram: Diagram | null = null;
  private overview: Overview | null = null;
  private states: NodeStates | null = null;
  private matches: Uint32Array | null = null;
  private searched = '';
  private waiting = false;

  private readonly tabs: HTMLElement;
  private readonly stage = h('main', {});
  private readonly side = h('aside', { 'aria-label': 'The event that is looked at' });
  private readonly details = h('div', { class: 'details' });
  private readonly list: RecordList;
  private readonly listBar = h('div', { class: 'listbar' });
  private readonly input = h('input', {
    type: 'search',
    placeholder: 'Search: node, task, message, time',
    'aria-label': 'Search events',
  });
  private readonly found = h('output', {});
  private readonly help: HTMLDialogElement;

  constructor(report: Report, runs: readonly Run[]) {
    this.report = report;
    this.runs = runs;
    const place = firstRun(runs, report.verdict);
    const first = runs[place];
    if (first === undefined) throw new Error('a report has at least one run');
    this.view = viewOfHash(location.hash, { ...firstView(first), run: place }, runs);
    this.list = new RecordList((record) => this.look(record));
    const keys = this.keys();
    this.help = helpDialog(keys);
    const hasBoth = runs.some(({ role }) => role === 'minimal');
    this.tabs = tabBar(
      TABS.filter((tab) => tab !== 'compare' || hasBoth),
      (tab) => this.change({ tab }),
    );
    this.input.addEventListener('input', () => this.change({ query: this.input.value }));
    listenToKeys(keys);
    addEventListener('hashchange', () => {
      if (location.hash !== hashOf(this.view, this.run)) {
        this.change(viewOfHash(location.hash, this.view, this.runs));
      }
    });
    for (const media of ['(prefers-color-scheme: dark)', 'print']) {
      matchMedia(media).addEventListener('change', () => this.paint());
    }
  }

  /** Puts everything into the document. */
  start(): void {
    const { report, help, tabs, input, found, side } = this;
    const picker = runPicker(this.runs, (run) => this.change({ run }));
    side.append(this.details, this.listBar, this.list.element);
    document.body.append(
      header(
        report,
        () => help.showModal(),
        () => this.turn(),
      ),
      h(
        'nav',
        {},
        tabs,
        ...(picker === null ? [] : [picker]),
        h('label', { class: 'search' }, input, found),
      ),
      this.stage,
      side,
      help,
    );
    input.value = this.view.query;
    this.paint();
  }

  private get run(): Run {
    const run = this.runs[this.view.run] ?? this.runs[0];
    if (run === undefined) throw new Error('a report has at least one run');
    return run;
  }

  /** The only way in which the view changes. Painting waits for the next frame. */
  private change(change: Partial<View>): void {
    const before = this.run;
    this.view = { ...this.view, ...change };
    if (this.run !== before && change.from === undefined) {
      this.view = { ...firstView(this.run), run: this.view.run, tab: this.view.tab };
    }
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.paint();
    });
  }

  /** Looks at a record, and at its node unless another is wanted; time follows. */
  private look(record: number, node?: number): void {
    const { run, view } = this;
    const at = run.at[record] ?? 0;
    const length = view.to - view.from;
    const isShown = at >= view.from + length * 0.02 && at <= view.to - length * 0.02;
    const span = isShown ? {} : spanWithin(run, at - length / 2, at + length / 2);
    const own = run.node[record] ?? 0;
    this.change({ record, node: node ?? (own > 0 ? own : view.node), ...span });
  }

  // ------------------------------------------------------------------ painting

  private paint(): void {
    const { view, run } = this;
    if (this.shownRun !== run) this.build();
    this.searchFor(view.query);
    document.documentElement.dataset['tab'] = view.tab;
    for (const tab of this.tabs.children) {
      const isShown = tab instanceof HTMLElement && tab.dataset['tab'] === view.tab;
      tab.setAttribute('aria-selected', String(isShown));
    }
    for (const select of document.querySelectorAll('nav select')) {
      if (select instanceof HTMLSelectElement) select.value = String(view.run);
    }
    const command = document.querySelector('header .command');
    if (command !== null) command.textContent = run.command ?? this.report.command;
    this.stagePart();
    this.sidePart();
    this.printPart();
    const hash = hashOf(this.view, run);
    if (location.hash !== hash) history.replaceState(null, '', hash);
  }

  /** Makes what belongs to one run. */
  private build(): void {
    const { run, report } = this;
    this.shownRun = run;
    this.searched = '';
    this.matches = null;
    this.states = new NodeStates(run, report.lease);
    const onSpan = (from: number, to: number): void => this.change(spanWithin(run, from, to));
    const label = `${run.title}: ${counted(run.count, 'event')} on ${counted(run.nodes.length - 1, 'node')} over ${(run.end / 1e6).toFixed(1)} seconds. Use the arrow keys to step through events.`;
    this.diagram = new Diagram(run, label, {
      onSelect: (record, node) => this.look(record, node === 0 ? undefined : node),
      onSpan,
    });
    this.overview = new Overview(run, onSpan);
    this.stage.replaceChildren();
  }

  private stagePart(): void {
    const { view, run, stage, diagram, overview, matches } = this;
    const isDiagram = view.tab === 'timeline' || view.tab === 'scoreboard';
    const key = isDiagram ? view.tab : `${view.tab} ${view.run} ${isDark()}`;
    if (stage.dataset['shown'] !== key || stage.childElementCount === 0) {
      stage.dataset['shown'] = key;
      stage.replaceChildren(...this.stageContent());
    }
    if (!isDiagram || diagram === null || overview === null) return;
    for (const box of stage.querySelectorAll('input')) {
      box.checked = isLayer(box.name) ? view.layers[box.name] : view.isTall;
    }
    const palette = isDark() ? DARK : LIGHT;
    const { from, to, record, node, layers, isTall } = view;
    const mode = view.tab === 'timeline' ? 'work' : 'beliefs';
    diagram.show({ mode, from, to, record, node, layers, isTall, matches, palette });
    diagram.reveal(node);
    overview.show({ from, to, record, matches, palette });
    if (diagram.element.dataset['run'] === undefined) diagram.element.dataset['run'] = run.title;
  }

  private stageContent(): HTMLElement[] {
    const { view, run, report, diagram, overview } = this;
    const events = {
      onTime: (at: number, name: string): void => {
        const record = Math.min(
          run.count - 1,
          lowerBound(run.count, (i) => run.at[i] ?? 0, at),
        );
        const node = run.nodes.indexOf(name);
        const span = spanWithin(run, at - 1_500_000, at + 1_500_000);
        this.change({ tab: 'timeline', ...span });
        this.look(record, node > 0 ? node : undefined);
      },
    };
    if (view.tab === 'summary') return [summaryView(report, run, events)];
    if (view.tab === 'compare') return [compareView(this.runs, isDark() ? DARK : LIGHT)];
    if (diagram === null || overview === null) return [];
    return [overview.element, diagram.element, this.toolBar(view.tab)];
  }

  private toolBar(tab: Tab): HTMLElement {
    const box = (
      name: string,
      label: string,
      onChange: (checked: boolean) => void,
    ): HTMLElement => {
      const input = h('input', { type: 'checkbox', name });
      input.addEventListener('change', () => onChange(input.checked));
      return h('label', {}, input, label);
    };
    const layer = (name: keyof Layers): HTMLElement =>
      box(name, name, (checked) =>
        this.change({ layers: { ...this.view.layers, [name]: checked } }),
      );
    const layers =
      tab === 'timeline'
        ? (['tasks', 'messages', 'heartbeats', 'fetches'] as const).map(layer)
        : [];
    return h(
      'div',
      { class: 'toolbar' },
      legend(tab === 'timeline' ? 'work' : 'beliefs'),
      h(
        'div',
        { class: 'controls' },
        ...layers,
        box('tall', 'tall lanes', (isTall) => this.change({ isTall })),
        button('−', 'Zoom out (−)', () => this.zoom(2)),
        button('+', 'Zoom in (+)', () => this.zoom(0.5)),
        button('Whole run', 'Show the whole run (0)', () => this.zoom(Infinity)),
      ),
    );
  }

  private sidePart(): void {
    const { view, run, states } = this;
    const isShown = view.tab === 'timeline' || view.tab === 'scoreboard';
    this.side.hidden = !isShown;
    if (!isShown || states === null) return;
    const { record, node } = view;
    this.details.replaceChildren(
      recordPanel(run, record, { onRecord: (other) => this.look(other) }),
      nodePanel(run, node, record, states.after(node, record)),
    );
    const list = view.list === 'matches' && this.matches === null ? 'all' : view.list;
    const pick = (name: View['list'], label: string): HTMLElement => {
      const element = button(label, '', () => this.change({ list: name }));
      element.setAttribute('aria-pressed', String(list === name));
      return element;
    };
    const found =
      this.matches === null
        ? []
        : [pick('matches', counted(this.matches.length, 'match').replace('matchs', 'matches'))];
    this.listBar.replaceChildren(
      pick('all', 'All events'),
      pick('node', `Of ${run.nodes[node] ?? ''}`),
      ...found,
    );
    const only =
      list === 'all' ? null : list === 'node' ? (run.ofNode[node] ?? null) : this.matches;
    this.list.show(run, only, record);
  }

  private searchFor(query: string): void {
    if (query === this.searched) return;
    this.searched = query;
    if (this.input.value !== query) this.input.value = query;
    const { matches, record } = search(this.run, query);
    this.matches = matches;
    this.found.textContent = matches === null ? '' : `${matches.length} found`;
    this.view = { ...this.view, list: matches === null ? 'all' : 'matches' };
    if (record !== null) this.look(record);
  }

  /** On paper nobody can turn to another view: what was found stands below the one that is shown. */
  private printPart(): void {
    document.querySelector('.print-only')?.remove();
    const isDiagram = this.view.tab === 'timeline' || this.view.tab === 'scoreboard';
    if (!isDiagram || !matchMedia('print').matches) return;
    const found = summaryView(this.report, this.run, { onTime: () => {} });
    document.body.append(h('div', { class: 'print-only' }, found));
  }

  // ------------------------------------------------------------------ moves

  private zoom(factor: number): void {
    const { run, view } = this;
    const at = run.at[view.record] ?? 0;
    const middle = at >= view.from && at <= view.to ? at : (view.from + view.to) / 2;
    if (factor === Infinity) return this.change(spanWithin(run, 0, run.end * 1.02));
    this.change(
      spanWithin(run, middle - (middle - view.from) * factor, middle + (view.to - middle) * factor),
    );
  }

  private step(by: number): void {
    const { run, view } = this;
    this.look(Math.max(0, Math.min(run.count - 1, view.record + by)));
  }

  /** To the next or the last record of a list, seen from the one that is looked at. */
  private stepIn(list: Uint32Array | null | undefined, by: 1 | -1, node?: number): void {
    if (list === null || list === undefined || list.length === 0) return;
    const { record } = this.view;
    const after = lowerBound(
      list.length,
      (place) => list[place] ?? 0,
      by > 0 ? record + 1 : record,
    );
    const place = by > 0 ? after : after - 1;
    const next = list[place];
    if (next !== undefined) this.look(next, node);
  }

  private stepFault(by: 1 | -1): void {
    const { run } = this;
    const isFault = run.shapes.map(([event]) => event === 'fault');
    const records = run.shape.reduce<number[]>((found, shape, record) => {
      if (isFault[shape] === true) found.push(record);
      return found;
    }, []);
    this.stepIn(Uint32Array.from(records), by);
  }

  private neighbour(by: 1 | -1): void {
    const { run, view } = this;
    this.change({ node: Math.max(1, Math.min(run.nodes.length - 1, view.node + by)) });
  }

  private turn(): void {
    nextTheme();
    this.paint();
  }

  private toBroken(): void {
    const { record, node } = firstView(this.run);
    this.look(record, node);
  }

  private keys(): Key[] {
    const key = (keys: string, shown: string, about: string, run: Key['run']): Key => ({
      keys: keys.split(' ').map((name) => (name === 'Space' ? ' ' : name)),
      shown,
      about,
      run,
    });
    const node = (): Uint32Array | undefined => this.run.ofNode[this.view.node];
    return [
      key('ArrowRight', '→', 'next event (Shift: ten)', (event) =>
        this.step(event.shiftKey ? 10 : 1),
      ),
      key('ArrowLeft', '←', 'event before (Shift: ten)', (event) =>
        this.step(event.shiftKey ? -10 : -1),
      ),
      key('j', 'j', 'next event of this node', () => this.stepIn(node(), 1, this.view.node)),
      key('k', 'k', 'event before of this node', () => this.stepIn(node(), -1, this.view.node)),
      key('ArrowDown', '↓', 'node below', () => this.neighbour(1)),
      key('ArrowUp', '↑', 'node above', () => this.neighbour(-1)),
      key('Enter', 'Enter', 'the other end of the message', () => this.follow()),
      key('/', '/', 'search', () => this.input.select()),
      key('n', 'n', 'next match', () => this.stepIn(this.matches, 1)),
      key('N p', 'N p', 'match before', () => this.stepIn(this.matches, -1)),
      key('f', 'f', 'next fault', () => this.stepFault(1)),
      key('F', 'F', 'fault before', () => this.stepFault(-1)),
      key('b', 'b', 'where it broke', () => this.toBroken()),
      key('Home', 'Home', 'first event', () => this.look(0)),
      key('End', 'End', 'last event', () => this.look(this.run.count - 1)),
      key('+ =', '+', 'zoom in', () => this.zoom(0.5)),
      key('-', '−', 'zoom out', () => this.zoom(2)),
      key('0', '0', 'whole run', () => this.zoom(Infinity)),
      key('1 2 3 4', '1 2 3 4', 'the views', ({ key: name }) => this.toTab(Number(name) - 1)),
      key('t', 't', 'theme', () => this.turn()),
      key('?', '?', 'this help', () => this.help.showModal()),
      key('Escape', 'Esc', 'leave the search', () => this.input.blur()),
    ];
  }

  private follow(): void {
    if (document.activeElement === this.input) {
      this.input.blur();
      return this.stepIn(this.matches, 1);
    }
    const other = this.run.link[this.view.record] ?? -1;
    if (other >= 0) this.look(other);
  }

  private toTab(place: number): void {
    const tab = this.tabs.children[place];
    if (tab instanceof HTMLElement) tab.click();
  }
}

function isLayer(name: string): name is keyof Layers {
  return name === 'tasks' || name === 'messages' || name === 'heartbeats' || name === 'fetches';
}
