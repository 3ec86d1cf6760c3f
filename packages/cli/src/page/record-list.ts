/** Records as a list that holds only the rows that can be seen. */
import { h } from './dom.ts';
import { lowerBound, nodeName } from './model.ts';
import type { Run } from './model.ts';
import { recordText } from './words.ts';

const ROW = 21;
/** Browsers have no taller elements than some ten million pixels. */
const ROWS_MAX = 400_000;

export class RecordList {
  readonly element: HTMLElement;
  private readonly inner = h('div', { class: 'rows' });
  private readonly onSelect: (record: number) => void;
  private run: Run | null = null;
  private only: Uint32Array | null = null;
  private chosen = -1;

  constructor(onSelect: (record: number) => void) {
    this.onSelect = onSelect;
    this.element = h(
      'div',
      { class: 'records', role: 'listbox', tabindex: '0', 'aria-label': 'Events' },
      this.inner,
    );
    this.element.addEventListener('scroll', () => this.fill());
    new ResizeObserver(() => this.fill()).observe(this.element);
    this.inner.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest('[data-record]') : null;
      if (row !== null) this.onSelect(Number(row.getAttribute('data-record')));
    });
  }

  /** Shows these records, all when `only` is null, and scrolls to the chosen one. */
  show(run: Run, only: Uint32Array | null, chosen: number): void {
    const isOther = this.run !== run || this.only !== only;
    this.run = run;
    this.only = only;
    if (!isOther && this.chosen === chosen) return;
    this.chosen = chosen;
    this.inner.style.height = `${this.length() * ROW}px`;
    this.reveal();
    this.fill();
  }

  private length(): number {
    return Math.min(ROWS_MAX, this.only?.length ?? this.run?.count ?? 0);
  }

  private placeOf(record: number): number {
    const { only } = this;
    return only === null ? record : lowerBound(only.length, (place) => only[place] ?? 0, record);
  }

  private reveal(): void {
    const top = this.placeOf(this.chosen) * ROW;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop || top + ROW > scrollTop + clientHeight) {
      this.element.scrollTop = Math.max(0, top - clientHeight / 2);
    }
  }

  private fill(): void {
    const { run, only } = this;
    if (run === null) return;
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - 3);
    const last = Math.min(this.length(), Math.ceil((scrollTop + clientHeight) / ROW) + 3);
    const rows: HTMLElement[] = [];
    for (let place = first; place < last; place++) {
      const record = only === null ? place : (only[place] ?? 0);
      rows.push(this.row(run, record, place));
    }
    this.inner.replaceChildren(...(rows.length === 0 ? [h('p', {}, 'Nothing matches.')] : rows));
    const isShown = rows.some((row) => row.id === 'chosen');
    if (isShown) this.element.setAttribute('aria-activedescendant', 'chosen');
    else this.element.removeAttribute('aria-activedescendant');
  }

  private row(run: Run, record: number, place: number): HTMLElement {
    const at = ((run.at[record] ?? 0) / 1e6).toFixed(6);
    const text = recordText(run, record);
    const isChosen = record === this.chosen;
    const row = h(
      'div',
      {
        role: 'option',
        'data-record': String(record),
        'aria-selected': String(isChosen),
        'aria-posinset': String(place + 1),
        'aria-setsize': String(this.length()),
      },
      h('span', { class: 'time' }, at),
      h('span', { class: 'who' }, nodeName(run, run.node[record])),
      h('span', { class: 'what', title: text }, text),
    );
    if (isChosen) row.id = 'chosen';
    row.style.top = `${place * ROW}px`;
    return row;
  }
}
