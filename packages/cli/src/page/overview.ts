/** The whole run in a strip: how much runs, what struck, and which part the diagram shows. */
import { h } from './dom.ts';
import { GUTTER } from './lanes.ts';
import type { Run } from './model.ts';
import type { Palette } from './theme.ts';

const HEIGHT = 46;
const BINS = 600;

interface Strip {
  readonly from: number;
  readonly to: number;
  readonly record: number;
  readonly matches: Uint32Array | null;
  readonly palette: Palette;
}

export class Overview {
  readonly element: HTMLCanvasElement = h('canvas', { class: 'overview', 'aria-hidden': 'true' });
  private readonly run: Run;
  private readonly counts: readonly [Float64Array, Float64Array, Float64Array];
  private shown: Strip | null = null;

  constructor(run: Run, onSpan: (from: number, to: number) => void) {
    this.run = run;
    this.counts = countsOf(run);
    new ResizeObserver(() => this.paint()).observe(this.element);
    const move = (event: PointerEvent): void => {
      const { shown } = this;
      if (event.buttons !== 1 || shown === null) return;
      const width = this.element.clientWidth - GUTTER;
      const at = ((event.offsetX - GUTTER) / width) * run.end;
      const half = (shown.to - shown.from) / 2;
      onSpan(at - half, at + half);
    };
    this.element.addEventListener('pointerdown', (event) => {
      this.element.setPointerCapture(event.pointerId);
      move(event);
    });
    this.element.addEventListener('pointermove', move);
  }

  show(strip: Strip): void {
    this.shown = strip;
    this.paint();
  }

  private paint(): void {
    const { element, run, shown } = this;
    const context = element.getContext('2d');
    if (context === null || shown === null || element.clientWidth === 0) return;
    const { palette } = shown;
    const ratio = Math.min(window.devicePixelRatio, 3);
    const width = element.clientWidth;
    element.width = Math.round(width * ratio);
    element.height = Math.round(HEIGHT * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = palette.ground;
    context.fillRect(0, 0, width, HEIGHT);
    const x = (at: number): number => GUTTER + (at / Math.max(1, run.end)) * (width - GUTTER);
    this.areas(context, width, palette);
    context.fillStyle = palette.fault;
    for (const { at, until } of run.faults) {
      context.fillRect(x(at), HEIGHT - 5, Math.max(2, x(until ?? at) - x(at)), 4);
    }
    if (shown.matches !== null) this.marks(context, shown.matches, x, palette.match);
    for (const { ok, at } of run.checks)
      if (!ok && at !== undefined) context.fillRect(x(at) - 1, 0, 2, HEIGHT);
    context.fillStyle = palette.accent;
    context.fillRect(x(run.at[shown.record] ?? 0) - 0.75, 0, 1.5, HEIGHT);
    const [left, right] = [x(shown.from), x(shown.to)];
    context.fillStyle = palette.ground;
    context.globalAlpha = 0.6;
    context.fillRect(GUTTER, 0, left - GUTTER, HEIGHT);
    context.fillRect(right, 0, width - right, HEIGHT);
    context.globalAlpha = 1;
    context.strokeStyle = palette.faint;
    context.strokeRect(left + 0.5, 0.5, Math.max(2, right - left - 1), HEIGHT - 1);
    context.fillStyle = palette.faint;
    context.font = '10px ui-sans-serif, system-ui, sans-serif';
    context.fillText('running', 12, 18);
    context.fillStyle = palette.fault;
    if (run.faults.length > 0) context.fillText('faults', 12, HEIGHT - 3);
  }

  private areas(context: CanvasRenderingContext2D, width: number, palette: Palette): void {
    const [maps, shuffles, reduces] = this.counts;
    const total = (bin: number): number =>
      (maps[bin] ?? 0) + (shuffles[bin] ?? 0) + (reduces[bin] ?? 0);
    let most = 1;
    for (let bin = 0; bin < BINS; bin++) most = Math.max(most, total(bin));
    const step = (width - GUTTER) / BINS;
    const room = HEIGHT - 9;
    for (let bin = 0; bin < BINS; bin++) {
      let y = room;
      for (const [counts, colour] of [
        [maps, palette.map],
        [shuffles, palette.shuffle],
        [reduces, palette.reduce],
      ] as const) {
        const height = ((counts[bin] ?? 0) / most) * (room - 3);
        if (height === 0) continue;
        context.fillStyle = colour;
        context.fillRect(GUTTER + bin * step, y - height, step + 0.5, height);
        y -= height;
      }
    }
  }

  private marks(
    context: CanvasRenderingContext2D,
    matches: Uint32Array,
    x: (at: number) => number,
    colour: string,
  ): void {
    context.fillStyle = colour;
    let last = -1;
    for (const record of matches) {
      const at = Math.round(x(this.run.at[record] ?? 0));
      if (at !== last) context.fillRect(at, HEIGHT - 9, 1, 4);
      last = at;
    }
  }
}

/** How many maps, shuffles and reduces run in each bin of time. */
function countsOf({ bars, end }: Run): readonly [Float64Array, Float64Array, Float64Array] {
  const changes = [0, 1, 2].map(() => new Float64Array(BINS + 1));
  const bin = (at: number): number => Math.min(BINS, Math.floor((at / Math.max(1, end)) * BINS));
  const add = (kind: number, from: number, to: number): void => {
    const list = changes[kind];
    if (list === undefined || to <= from) return;
    const [first, last] = [bin(from), bin(to) + 1];
    list[first] = (list[first] ?? 0) + 1;
    if (last <= BINS) list[last] = (list[last] ?? 0) - 1;
  };
  for (let bar = 0; bar < bars.count; bar++) {
    const start = bars.start[bar] ?? 0;
    const middle = bars.shuffled[bar] ?? 0;
    if (bars.isReduce[bar] === 1) add(1, start, middle);
    add(bars.isReduce[bar] === 1 ? 2 : 0, middle, bars.end[bar] ?? 0);
  }
  const sums = (list: Float64Array): Float64Array => {
    let sum = 0;
    return list.map((change) => (sum += change));
  };
  const [maps = new Float64Array(), shuffles = maps, reduces = maps] = changes;
  return [sums(maps), sums(shuffles), sums(reduces)];
}
