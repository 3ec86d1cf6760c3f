/** One diagram of one run: a canvas that scrolls down its lanes and zooms along time. */
import { h } from './dom.ts';
import { drawBeliefs } from './draw-beliefs.ts';
import { drawEdges, drawFaults, drawGround, drawMoments } from './draw-frame.ts';
import type { Scene } from './draw-frame.ts';
import { drawWork } from './draw-work.ts';
import type { Layers } from './draw-work.ts';
import { AXIS, GUTTER, layOut, timeAt, xOf } from './lanes.ts';
import type { Layout, Span } from './lanes.ts';
import { endingOf, lowerBound, nodeName, textOf } from './model.ts';
import type { Run } from './model.ts';
import { spansOf } from './spans.ts';
import type { Spans } from './spans.ts';
import type { Palette } from './theme.ts';
import { recordText, timeText } from './words.ts';

/** What is shown of the run. */
export interface Look {
  readonly mode: 'work' | 'beliefs';
  readonly from: number;
  readonly to: number;
  readonly record: number;
  readonly node: number;
  readonly layers: Layers;
  readonly isTall: boolean;
  readonly matches: Uint32Array | null;
  readonly palette: Palette;
}

export interface DiagramEvents {
  onSelect(record: number, node: number): void;
  onSpan(from: number, to: number): void;
}

const COMFORTABLE = 400;
/** Below the lanes stand the names of moments. */
const FLAGS = 20;

export class Diagram {
  readonly element: HTMLElement;
  private readonly run: Run;
  private readonly spans: Spans;
  private readonly events: DiagramEvents;
  private readonly canvas = h('canvas', { role: 'img' });
  private readonly spacer = h('div', { class: 'spacer' });
  private readonly tip = h('div', { class: 'tip', hidden: '' });
  private readonly scroller: HTMLElement;
  private look: Look | null = null;
  private layout: Layout | null = null;
  private width = 0;
  private height = 0;

  constructor(run: Run, label: string, events: DiagramEvents) {
    this.run = run;
    this.spans = spansOf(run);
    this.events = events;
    this.canvas.setAttribute('aria-label', label);
    this.scroller = h('div', { class: 'scroller', tabindex: '-1' }, this.canvas, this.spacer);
    this.element = h('div', { class: 'diagram' }, this.scroller, this.tip);
    this.scroller.addEventListener('scroll', () => this.paint());
    new ResizeObserver(() => this.resize()).observe(this.scroller);
    this.listen();
  }

  /** Shows it so; drawing takes place at once. */
  show(look: Look): void {
    const relayout = this.look?.isTall !== look.isTall;
    this.look = look;
    if (relayout) this.resize();
    else this.paint();
  }

  /** Makes it as high as its lanes need, where nothing else says how high it is. */
  fit(): void {
    const { height } = layOut(this.run, COMFORTABLE, false);
    this.element.style.height = `${height + FLAGS}px`;
  }

  /** Scrolls so that the lane of this node can be seen. */
  reveal(node: number): void {
    const lane = this.layout?.laneOf[node];
    if (lane === undefined) return;
    const { scrollTop } = this.scroller;
    if (lane.top < scrollTop + AXIS) this.scroller.scrollTop = lane.top - AXIS;
    else if (lane.top + lane.height > scrollTop + this.height) {
      this.scroller.scrollTop = lane.top + lane.height - this.height;
    }
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.scroller;
    if (clientWidth === 0 || this.look === null) return;
    this.width = clientWidth;
    this.height = clientHeight;
    this.layout = layOut(this.run, clientHeight, this.look.isTall);
    const ratio = Math.min(window.devicePixelRatio, 3);
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    this.canvas.style.width = `${clientWidth}px`;
    this.canvas.style.height = `${clientHeight}px`;
    this.spacer.style.height = `${Math.max(0, this.layout.height - clientHeight)}px`;
    this.paint();
  }

  private paint(): void {
    const context = this.canvas.getContext('2d');
    const { look, layout } = this;
    if (context === null || look === null || layout === null) return;
    const ratio = this.canvas.width / this.width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { palette, record, node, matches } = look;
    const scene: Scene = {
      context,
      run: this.run,
      spans: this.spans,
      layout,
      span: this.span(look),
      height: this.height,
      top: this.scroller.scrollTop,
      palette,
      record,
      node,
      matches,
    };
    drawGround(scene);
    if (look.mode === 'work') drawWork(scene, look.layers);
    else drawBeliefs(scene);
    drawFaults(scene);
    drawMoments(scene);
    drawEdges(scene);
  }

  private span({ from, to }: Look): Span {
    return { from, to, width: this.width };
  }

  // ------------------------------------------------------------------ hands

  private listen(): void {
    const { canvas } = this;
    let dragged: { readonly x: number; readonly look: Look } | null = null;
    let moved = false;
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || this.look === null) return;
      dragged = { x: event.offsetX, look: this.look };
      moved = false;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (dragged === null) return this.showTip(event.offsetX, event.offsetY);
      const by = event.offsetX - dragged.x;
      if (Math.abs(by) < 4 && !moved) return;
      moved = true;
      this.tip.hidden = true;
      const { from, to } = dragged.look;
      const shift = (by / (this.width - GUTTER)) * (to - from);
      this.events.onSpan(from - shift, to - shift);
    });
    canvas.addEventListener('pointerup', (event) => {
      if (dragged !== null && !moved) this.click(event.offsetX, event.offsetY);
      dragged = null;
    });
    canvas.addEventListener('pointercancel', () => void (dragged = null));
    canvas.addEventListener('pointerleave', () => void (this.tip.hidden = true));
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
  }

  /** With Ctrl it zooms where the pointer is; sideways it moves; else the lanes scroll. */
  private wheel(event: WheelEvent): void {
    const { look } = this;
    if (look === null) return;
    const { from, to } = look;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const at = timeAt(this.span(look), Math.max(GUTTER, event.offsetX));
      const factor = Math.exp(Math.max(-50, Math.min(50, event.deltaY)) / 150);
      this.events.onSpan(at - (at - from) * factor, at + (to - at) * factor);
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      const by = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      const shift = (by / (this.width - GUTTER)) * (to - from);
      this.events.onSpan(from + shift, to + shift);
    }
  }

  private click(x: number, y: number): void {
    const fault = this.faultAt(x, y);
    if (fault !== null) {
      const record = lowerBound(this.run.count, (place) => this.run.at[place] ?? 0, fault.at);
      return this.events.onSelect(record, fault.node ?? 0);
    }
    const node = this.nodeAt(y);
    if (node === 0) return;
    const record = x < GUTTER ? null : this.recordAt(x, node);
    this.events.onSelect(record ?? this.look?.record ?? 0, node);
  }

  private nodeAt(y: number): number {
    const at = y + this.scroller.scrollTop;
    const lane = this.layout?.lanes.find(({ top, height }) => top <= at && at < top + height);
    return lane?.node ?? 0;
  }

  /** The record of the node that is nearest. */
  private recordAt(x: number, node: number): number | null {
    const list = this.run.ofNode[node];
    const { look } = this;
    if (list === undefined || list.length === 0 || look === null) return null;
    const at = timeAt(this.span(look), x);
    const time = (place: number): number => this.run.at[list[place] ?? 0] ?? 0;
    const after = Math.min(list.length - 1, lowerBound(list.length, time, at));
    const isBefore = after > 0 && at - time(after - 1) < time(after) - at;
    return list[isBefore ? after - 1 : after] ?? null;
  }

  private faultAt(x: number, y: number): Run['faults'][number] | null {
    const { look, layout } = this;
    if (look === null || layout === null || x < GUTTER) return null;
    const at = y + this.scroller.scrollTop;
    const span = this.span(look);
    const row = layout.faults.find(
      ({ fault, top, height }) =>
        top <= at &&
        at < top + height &&
        xOf(span, fault.at) - 3 <= x &&
        x <= Math.max(xOf(span, fault.until ?? fault.at), xOf(span, fault.at) + 120),
    );
    return row?.fault ?? null;
  }

  private showTip(x: number, y: number): void {
    const lines = this.tipAt(x, y);
    this.tip.hidden = lines.length === 0;
    if (lines.length === 0) return;
    this.tip.replaceChildren(...lines.map((line) => h('div', {}, line)));
    const left = Math.min(x + 14, this.width - this.tip.offsetWidth - 6);
    this.tip.style.left = `${Math.max(4, left)}px`;
    const below = y + 18 + this.tip.offsetHeight < this.height;
    this.tip.style.top = `${below ? y + 18 : y - this.tip.offsetHeight - 8}px`;
  }

  private tipAt(x: number, y: number): string[] {
    const { run, look } = this;
    if (look === null) return [];
    const fault = this.faultAt(x, y);
    if (fault !== null) {
      const end = fault.until === null ? '' : ` – ${timeText(fault.until)}`;
      return [fault.text, `${timeText(fault.at)}${end}`];
    }
    const node = this.nodeAt(y);
    if (node === 0 || x < GUTTER) return [];
    const at = timeAt(this.span(look), x);
    const lines: string[] = [`${nodeName(run, node)} · ${timeText(at)}`];
    if (look.mode === 'beliefs') lines.push(...this.beliefsAt(node, at));
    else lines.push(...this.barsAt(node, at));
    const record = this.recordAt(x, node);
    const isNear = record !== null && Math.abs(xOf(this.span(look), run.at[record] ?? 0) - x) < 5;
    if (isNear) lines.push(`${timeText(run.at[record] ?? 0, 6)}  ${recordText(run, record)}`);
    return lines;
  }

  private barsAt(node: number, at: number): string[] {
    const { bars } = this.run;
    const lines: string[] = [];
    for (let bar = 0; bar < bars.count; bar++) {
      const start = bars.start[bar] ?? 0;
      const end = bars.end[bar] ?? 0;
      if (bars.node[bar] !== node || at < start || at > end) continue;
      const name = textOf(this.run, bars.attempt[bar]);
      lines.push(`${name}: ${endingOf(bars, bar)}, took ${timeText(end - start)}`);
    }
    return lines;
  }

  private beliefsAt(node: number, at: number): string[] {
    return this.spans.beliefs.flatMap(({ holder, of }) => {
      const stretch = of[node]?.find(({ from, to }) => from <= at && at < to);
      const name = nodeName(this.run, holder);
      return stretch === undefined ? [] : [`${name} believes: ${stretch.state}`];
    });
  }
}
