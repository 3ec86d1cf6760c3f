/** What every diagram shows: the axis, the lanes with their names, faults, and the cursor. */
import type { ReportedFault } from './format.ts';
import { AXIS, GUTTER, ticks, xOf } from './lanes.ts';
import type { Lane, Layout, Span } from './lanes.ts';
import { nodeName } from './model.ts';
import type { Run } from './model.ts';
import { isWithin, lifeAt } from './spans.ts';
import type { Spans, Stretch } from './spans.ts';
import type { Palette } from './theme.ts';
import { timeText } from './words.ts';

/** Everything a drawing needs. `top` is how far the lanes are scrolled. */
export interface Scene {
  readonly context: CanvasRenderingContext2D;
  readonly run: Run;
  readonly spans: Spans;
  readonly layout: Layout;
  readonly span: Span;
  readonly height: number;
  readonly top: number;
  readonly palette: Palette;
  /** The selected record and node. */
  readonly record: number;
  readonly node: number;
  readonly matches: Uint32Array | null;
}

const FONT = '11px ui-sans-serif, system-ui, "Segoe UI", Roboto, sans-serif';
export const SMALL: string = '10px ui-sans-serif, system-ui, "Segoe UI", Roboto, sans-serif';

/** The lanes that can be seen. */
export function shownLanes({ layout, top, height }: Scene): Lane[] {
  return layout.lanes.filter(
    (lane) => lane.top + lane.height >= top + AXIS && lane.top <= top + height,
  );
}

export function drawGround(scene: Scene): void {
  const { context, span, height, palette, layout, top, node } = scene;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, span.width, height);
  for (const lane of shownLanes(scene)) {
    const y = lane.top - top;
    if (lane.node === node) {
      context.fillStyle = palette.line;
      context.fillRect(0, y, span.width, lane.height);
    } else if (lane.node % 2 === 1) {
      context.fillStyle = palette.band;
      context.fillRect(0, y, span.width, lane.height);
    }
  }
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const { at } of ticks(span, (span.width - GUTTER) / 110)) {
    const x = Math.round(xOf(span, at)) + 0.5;
    context.moveTo(x, AXIS);
    context.lineTo(x, Math.min(height, layout.height - top));
  }
  context.stroke();
}

/** Where nodes are down or stand still: drawn under everything else. */
export function drawLives(scene: Scene): void {
  const { context, spans, palette, run, span } = scene;
  for (const lane of shownLanes(scene)) {
    const y = lane.top - scene.top;
    for (const stretch of spans.down[lane.node] ?? []) {
      const [x, width] = extent(span, stretch);
      if (width <= 0) continue;
      hatch(
        context,
        x,
        y + 1,
        width,
        lane.height - 2,
        palette.faint,
        stretch.from === 0 ? 0.16 : 0.4,
      );
    }
    for (const stretch of spans.paused[lane.node] ?? []) {
      const [x, width] = extent(span, stretch);
      context.fillStyle = palette.faultGround;
      context.fillRect(x, y + 1, width, lane.height - 2);
    }
    for (const fault of run.faults) {
      if (fault.node !== lane.node || fault.kind === 'crash' || fault.kind === 'pause') continue;
      const [x, width] = extent(span, { from: fault.at, to: fault.until ?? fault.at });
      context.fillStyle = palette.faultGround;
      if (width > 0) context.fillRect(x, y + 1, width, lane.height - 2);
      mark(context, xOf(span, fault.at), y + lane.height / 2, palette.fault);
    }
  }
}

function extent(span: Span, { from, to }: Stretch): [x: number, width: number] {
  const x = Math.max(GUTTER, xOf(span, from));
  return [x, Math.min(span.width, xOf(span, to)) - x];
}

function hatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  alpha: number,
): void {
  context.save();
  context.globalAlpha = alpha;
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let at = x - ((x % 6) + height); at < x + width; at += 6) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}

/** A small diamond: something struck here. */
function mark(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  if (x < GUTTER) return;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y - 5);
  context.lineTo(x + 5, y);
  context.lineTo(x, y + 5);
  context.lineTo(x - 5, y);
  context.fill();
}

/** The rows of faults above the lanes, and links that are concerned. */
export function drawFaults(scene: Scene): void {
  const { context, layout, span, palette, top } = scene;
  context.font = SMALL;
  context.textBaseline = 'middle';
  const said = new Map<number, number>();
  for (const { fault, top: rowTop, height } of layout.faults) {
    const y = rowTop - top;
    if (y + height < AXIS || y > scene.height) continue;
    const [x, width] = extent(span, { from: fault.at, to: fault.until ?? fault.at });
    if (xOf(span, fault.until ?? fault.at) < GUTTER || x > span.width) continue;
    context.fillStyle = palette.faultGround;
    context.fillRect(x, y, Math.max(3, width), height);
    context.fillStyle = palette.fault;
    context.fillRect(x, y, 2, height);
    const text = `${symbolOf(fault)}${fault.text}`;
    const length = context.measureText(text).width;
    // What would leave the window at the right stands to the left of where it struck.
    const isCut = x + 6 + length > span.width;
    const left = isCut ? Math.max(GUTTER + 4, x - 6 - length) : x + 6;
    if (left < (said.get(rowTop) ?? 0)) continue; // there is more room when it is closer
    said.set(rowTop, left + 6 + length);
    context.fillStyle = palette.text;
    context.fillText(text, left, y + height / 2 + 0.5);
  }
  for (const { fault } of layout.faults) if (fault.link !== null) drawLink(scene, fault);
}

/** A fault of links: a dashed line along the lanes of its ends while it lasts, joined at its start. */
function drawLink(scene: Scene, { link, at, until }: ReportedFault): void {
  const { context, layout, span, palette, top } = scene;
  const lanes = (link ?? []).flat().map((node) => layout.laneOf[node]?.middle ?? null);
  const ys = lanes.filter((y) => y !== null).map((y) => y - top);
  const [x, width] = extent(span, { from: at, to: until ?? at });
  if (width <= 0) return;
  context.save();
  context.strokeStyle = palette.fault;
  context.globalAlpha = 0.75;
  context.setLineDash([5, 3]);
  context.lineWidth = 1.5;
  context.beginPath();
  for (const y of ys) {
    context.moveTo(x, y);
    context.lineTo(x + width, y);
  }
  if (ys.length === 2) {
    for (const end of [x, x + width]) {
      context.moveTo(end, ys[0] ?? 0);
      context.lineTo(end, ys[1] ?? 0);
    }
  }
  context.stroke();
  context.restore();
}

function symbolOf({ kind, link }: ReportedFault): string {
  if (kind === 'cut') return ''; // the words begin with one
  return link === null ? '◆ ' : '⇄ ';
}

/** Names at the left, the axis above: drawn last, over what scrolled behind them. */
export function drawEdges(scene: Scene): void {
  const { context, span, palette, height, top, run, spans, node } = scene;
  const now = run.at[scene.record] ?? 0;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, GUTTER - 1, height);
  context.textBaseline = 'middle';
  for (const lane of shownLanes(scene)) {
    const y = lane.middle - top;
    if (lane.node === node) {
      context.fillStyle = palette.line;
      context.fillRect(0, lane.top - top, GUTTER - 1, lane.height);
    }
    lifeDot(context, 12, y, lifeAt(spans, lane.node, now), palette);
    context.font = lane.node === node ? `600 ${FONT}` : FONT;
    context.fillStyle = palette.text;
    context.fillText(nodeName(run, lane.node), 22, y + 0.5);
  }
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, span.width, AXIS - 4);
  context.font = FONT;
  context.fillStyle = palette.faint;
  context.textAlign = 'center';
  for (const { at, digits } of ticks(span, (span.width - GUTTER) / 110)) {
    const x = xOf(span, at);
    if (x > GUTTER + 16 && x < span.width - 20) context.fillText(timeText(at, digits), x, 11);
  }
  context.textAlign = 'left';
  context.strokeStyle = palette.line;
  context.beginPath();
  context.moveTo(0, AXIS - 3.5);
  context.lineTo(span.width, AXIS - 3.5);
  context.moveTo(GUTTER - 0.5, 0);
  context.lineTo(GUTTER - 0.5, height);
  context.stroke();
}

/** Filled: up. Hollow: down. Two bars: paused. */
function lifeDot(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  life: 'up' | 'down' | 'paused',
  palette: Palette,
): void {
  context.fillStyle = life === 'up' ? palette.map : palette.fault;
  context.strokeStyle = palette.fault;
  context.lineWidth = 1.5;
  context.beginPath();
  if (life === 'paused') {
    context.rect(x - 3.5, y - 4, 2.5, 8);
    context.rect(x + 1, y - 4, 2.5, 8);
    context.fill();
  } else {
    context.arc(x, y, 3.5, 0, 7);
    if (life === 'up') context.fill();
    else context.stroke();
  }
}

/** Lines across all lanes: where it healed, where it broke, and what is looked at. */
export function drawMoments(scene: Scene): void {
  const { run, spans, palette, record } = scene;
  if (spans.healedAt !== null) flag(scene, spans.healedAt, palette.faint, 'healed', [2, 3]);
  for (const { ok, at, title } of run.checks) {
    if (!ok && at !== undefined) flag(scene, at, palette.fault, `✗ ${title}`, []);
  }
  flag(scene, run.at[record] ?? 0, palette.accent, '', []);
}

function flag(
  { context, span, height, palette }: Scene,
  at: number,
  colour: string,
  label: string,
  dash: number[],
): void {
  const x = Math.round(xOf(span, at)) + 0.5;
  if (x < GUTTER || x > span.width) return;
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = label === '' ? 1.5 : 1;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x, AXIS - 3);
  context.lineTo(x, height);
  context.stroke();
  if (label !== '') {
    context.font = SMALL;
    context.textBaseline = 'bottom';
    const width = context.measureText(label).width + 8;
    const left = x + width > span.width ? x - width : x;
    context.fillStyle = palette.ground;
    context.fillRect(left, height - 16, width, 16);
    context.fillStyle = colour;
    context.fillText(label, left + 4, height - 3);
  }
  context.restore();
}

/** Which faults last, or strike, at this time. */
export function faultsAt(run: Run, at: number): readonly ReportedFault[] {
  return run.faults.filter((fault) =>
    isWithin([{ from: fault.at, to: fault.until ?? fault.at + 1 }], at),
  );
}
