/**
 * The scoreboard over time: what each primary believes of each replica, as a band of the lane, above
 * a thin line that says what is true: whether the process was there.
 */
import { shownLanes, SMALL } from './draw-frame.ts';
import type { Scene } from './draw-frame.ts';
import { GUTTER, xOf } from './lanes.ts';
import type { Lane, Span } from './lanes.ts';
import type { Stretch } from './spans.ts';

const TRUTH = 4;

export function drawBeliefs(scene: Scene): void {
  const { context } = scene;
  context.font = SMALL;
  context.textBaseline = 'middle';
  for (const lane of shownLanes(scene)) {
    if (lane.isReplica) drawLane(scene, lane);
    else drawTruth(scene, lane, lane.height - 8);
  }
}

function drawLane(scene: Scene, lane: Lane): void {
  const { context, spans, palette, span, top } = scene;
  const room = lane.height - TRUTH - 3;
  const each = room / Math.max(1, spans.beliefs.length);
  spans.beliefs.forEach(({ of }, row) => {
    const y = lane.top - top + 1 + row * each;
    for (const stretch of of[lane.node] ?? []) {
      const [x, width] = extent(span, stretch);
      if (width <= 0) continue;
      context.fillStyle = palette.states[stretch.state] ?? palette.faint;
      context.fillRect(x, y, Math.max(0.75, width), each - 1);
      if (stretch.state === 'silent' || stretch.state === 'lost')
        stripe(scene, x, y, width, each - 1);
      if (width > 46 && each >= 10) {
        context.fillStyle = isDark(stretch.state) ? '#ffffff' : palette.text;
        context.fillText(stretch.state, x + 4, y + each / 2);
      }
    }
  });
  drawTruth(scene, lane, TRUTH);
}

function isDark(state: string): boolean {
  return state === 'mapping' || state === 'reducing' || state === 'lost';
}

function drawTruth(scene: Scene, lane: Lane, height: number): void {
  const { context, spans, palette, span, top } = scene;
  const y = lane.top - top + lane.height - height - 2;
  context.fillStyle = palette.faint;
  context.globalAlpha = 0.55;
  context.fillRect(GUTTER, y, span.width - GUTTER, height);
  context.globalAlpha = 1;
  for (const stretch of spans.down[lane.node] ?? []) {
    const [x, width] = extent(span, stretch);
    context.fillStyle = palette.ground;
    if (width > 0) context.fillRect(x, y, width, height);
    context.strokeStyle = palette.fault;
    context.lineWidth = 1;
    if (width > 1 && stretch.from > 0) context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  }
  for (const stretch of spans.paused[lane.node] ?? []) {
    const [x, width] = extent(span, stretch);
    context.fillStyle = palette.states['silent'] ?? palette.fault;
    if (width > 0) context.fillRect(x, y, width, height);
  }
}

/** Not by colour alone. */
function stripe(
  { context, palette }: Scene,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.strokeStyle = palette.ground;
  context.lineWidth = 1;
  context.globalAlpha = 0.5;
  context.beginPath();
  for (let at = x + 3; at < x + width; at += 6) {
    context.moveTo(at, y);
    context.lineTo(at, y + height);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function extent(span: Span, { from, to }: Stretch): [x: number, width: number] {
  const x = Math.max(GUTTER, xOf(span, from));
  return [x, Math.min(span.width, xOf(span, to)) - x];
}
