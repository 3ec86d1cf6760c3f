/** Attempts as bars on the slots of their replicas, and messages as arrows between lanes. */
import { drawLives, shownLanes, SMALL } from './draw-frame.ts';
import type { Scene } from './draw-frame.ts';
import { GUTTER, xOf } from './lanes.ts';
import { endingOf, lowerBound, shapeOf, textOf } from './model.ts';
import type { Run } from './model.ts';

/** What of the work is shown. */
export interface Layers {
  readonly tasks: boolean;
  readonly messages: boolean;
  readonly heartbeats: boolean;
  readonly fetches: boolean;
}

export function drawWork(scene: Scene, layers: Layers): void {
  drawLives(scene);
  const first = firstShown(scene);
  const last = lastShown(scene);
  // What is crowded would hide the bars.
  const isCrowded = last - first > CROWDED;
  const arrows = (): void => {
    if (layers.fetches) drawFetches(scene, first, last);
    if (layers.messages) drawArrows(scene, layers.heartbeats);
  };
  if (isCrowded) arrows();
  if (layers.tasks) drawBars(scene);
  if (!isCrowded) arrows();
  if (last - first < TICKS_MAX) drawTicks(scene, first, last);
  drawChosen(scene);
}

function firstShown({ run, span }: Scene): number {
  return lowerBound(run.count, (place) => run.at[place] ?? 0, span.from);
}

function lastShown({ run, span }: Scene): number {
  return lowerBound(run.count, (place) => run.at[place] ?? 0, span.to + 1);
}

// -------------------------------------------------------------------- bars

function drawBars(scene: Scene): void {
  const { context, run, layout, span, palette, top } = scene;
  const { bars } = run;
  const shown = new Set(shownLanes(scene));
  context.font = SMALL;
  context.textBaseline = 'middle';
  for (let bar = 0; bar < bars.count; bar++) {
    const lane = layout.laneOf[bars.node[bar] ?? 0];
    const start = bars.start[bar] ?? 0;
    const end = bars.end[bar] ?? 0;
    if (lane === undefined || !shown.has(lane) || end < span.from || start > span.to) continue;
    const pitch = (lane.height - 4) / run.slots;
    const y = lane.top - top + 2 + (bars.slot[bar] ?? 0) * pitch;
    const height = Math.max(2, pitch - 1.5);
    const x = Math.max(GUTTER, xOf(span, start));
    const middle = Math.max(GUTTER, xOf(span, bars.shuffled[bar] ?? 0));
    const right = Math.min(span.width, xOf(span, end));
    const ending = endingOf(bars, bar);
    const isReduce = bars.isReduce[bar] === 1;
    const colour = isReduce ? palette.reduce : palette.map;
    const width = Math.max(1, right - x - 0.5);
    const isSolid = ending === 'won' || ending === 'running' || ending === 'repeated';
    if (isSolid) {
      if (isReduce) {
        context.fillStyle = palette.shuffle;
        context.fillRect(x, y, Math.max(1, middle - x), height);
      }
      context.fillStyle = colour;
      context.globalAlpha = ending === 'won' ? 1 : 0.55;
      if (right > middle) context.fillRect(middle, y, Math.max(1, right - middle - 1), height);
      context.globalAlpha = 1;
    } else {
      context.fillStyle = ending === 'failed' ? palette.fault : colour;
      context.globalAlpha = 0.22;
      context.fillRect(x, y, width, height);
      context.globalAlpha = 1;
      context.strokeStyle = ending === 'beaten' ? colour : palette.fault;
      context.lineWidth = 1;
      context.setLineDash(ending === 'stopped' ? [3, 2] : []);
      if (width > 2) context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
      context.setLineDash([]);
      if ((ending === 'lost' || ending === 'failed') && width > 8) {
        cross(context, right - 4, y + height / 2, 2.5, palette.fault);
      }
    }
    if (width > 34 && height >= 9) {
      context.fillStyle = isSolid && middle - x < 34 ? '#ffffff' : palette.text;
      const room = width - 6;
      const [name, job] = shortName(textOf(run, bars.attempt[bar]));
      const full = job === '' ? name : `${name} ${job}`;
      const text = context.measureText(full).width <= room ? full : name;
      context.fillText(text, x + 4, y + height / 2 + 0.5, room);
    }
  }
}

/** `map-3`, and `map-3 №1` for a later attempt; and the job where there are several. */
function shortName(attempt: string): [name: string, job: string] {
  const [, task = attempt, number = '0', job = ''] =
    /^(.*?)\/\d+\.(\d+)(?: of (.*))?$/.exec(attempt) ?? [];
  return [number === '0' ? task : `${task} №${number}`, job];
}

function cross(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x - size, y + size);
  context.lineTo(x + size, y - size);
  context.stroke();
}

// -------------------------------------------------------------------- arrows

/** More than this is a grey surface and no drawing: then some stand for all. */
const ARROWS_MAX = 2500;
const TICKS_MAX = 4000;
const CROWDED = 1500;
const HEADS_MAX = 400;

type Class = 'assign' | 'report' | 'heartbeat' | 'other';

function classOf(message: string): Class {
  if (message === 'assign') return 'assign';
  if (message === 'report' || message === 'report-answer') return 'report';
  return message.startsWith('heartbeat') ? 'heartbeat' : 'other';
}

function drawArrows(scene: Scene, withHeartbeats: boolean): void {
  const { context, run, span, palette } = scene;
  const classes = run.shapes.map(([, message]) => classOf(message));
  const { arrows, longArrows } = run;
  const start = lowerBound(
    arrows.length,
    (place) => run.at[arrows[place] ?? 0] ?? 0,
    span.from - 200_000,
  );
  const end = lowerBound(arrows.length, (place) => run.at[arrows[place] ?? 0] ?? 0, span.to);
  const paths: Record<Class, Path2D> = {
    heartbeat: new Path2D(),
    other: new Path2D(),
    report: new Path2D(),
    assign: new Path2D(),
  };
  const lost: number[] = [];
  const heads: number[] = [];
  let drawn = 0;
  const add = (arrow: number): void => {
    const kind = classes[run.shape[arrow] ?? 0] ?? 'other';
    const arrival = run.link[arrow] ?? -1;
    if (arrival < 0) {
      if (lost.length < ARROWS_MAX) lost.push(arrow);
      return;
    }
    if (kind === 'heartbeat' && !withHeartbeats) return;
    const ends = arrowLine(scene, arrow, arrival);
    if (ends === null) return;
    drawn++;
    const [x, y, toX, toY] = ends;
    paths[kind].moveTo(x, y);
    paths[kind].lineTo(toX, toY);
    if (heads.length < HEADS_MAX) heads.push(arrow);
  };
  const wanted = countArrows(run, start, end, withHeartbeats, classes);
  const stride = Math.max(1, Math.ceil(wanted / ARROWS_MAX));
  let passed = 0;
  for (let place = start; place < end; place++) {
    const arrow = arrows[place] ?? 0;
    const isRare = (run.link[arrow] ?? -1) < 0;
    const isHidden = classes[run.shape[arrow] ?? 0] === 'heartbeat' && !withHeartbeats;
    if (!isRare && (isHidden || passed++ % stride !== 0)) continue;
    add(arrow);
  }
  for (const arrow of longArrows) {
    if ((run.at[arrow] ?? 0) >= span.from - 200_000) break;
    if ((run.at[run.link[arrow] ?? 0] ?? 0) >= span.from) add(arrow);
  }
  context.globalAlpha = drawn > 800 ? 0.28 : drawn > 250 ? 0.55 : 0.9;
  for (const kind of ['heartbeat', 'other', 'report', 'assign'] as const) {
    context.strokeStyle = palette[kind];
    context.lineWidth = kind === 'heartbeat' ? 0.75 : 1;
    context.stroke(paths[kind]);
  }
  context.globalAlpha = 1;
  if (drawn < HEADS_MAX)
    for (const arrow of heads)
      head(scene, arrow, palette[classes[run.shape[arrow] ?? 0] ?? 'other']);
  for (const arrow of lost) drawLost(scene, arrow);
}

function countArrows(
  run: Run,
  start: number,
  end: number,
  withHeartbeats: boolean,
  classes: readonly Class[],
): number {
  if (withHeartbeats) return end - start;
  let count = 0;
  for (let place = start; place < end; place++) {
    if (classes[run.shape[run.arrows[place] ?? 0] ?? 0] !== 'heartbeat') count++;
  }
  return count;
}

type Line = readonly [x: number, y: number, toX: number, toY: number];

function arrowLine({ run, layout, span, top }: Scene, from: number, to: number): Line | null {
  const start = layout.laneOf[run.node[from] ?? 0];
  const end = layout.laneOf[run.node[to] ?? 0];
  if (start === undefined || end === undefined) return null;
  const x = xOf(span, run.at[from] ?? 0);
  const toX = xOf(span, run.at[to] ?? 0);
  if (toX < GUTTER || x > span.width) return null;
  return [x, start.middle - top, toX, end.middle - top];
}

function head(scene: Scene, arrow: number, colour: string): void {
  const line = arrowLine(scene, arrow, scene.run.link[arrow] ?? 0);
  if (line === null) return;
  const { context } = scene;
  const [x, y, toX, toY] = line;
  const angle = Math.atan2(toY - y, toX - x);
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(toX, toY);
  context.lineTo(toX - 6 * Math.cos(angle - 0.4), toY - 6 * Math.sin(angle - 0.4));
  context.lineTo(toX - 6 * Math.cos(angle + 0.4), toY - 6 * Math.sin(angle + 0.4));
  context.fill();
}

/** A lost packet leaves its lane and ends in a cross on the way. */
function drawLost(scene: Scene, arrow: number): void {
  const { context, run, layout, span, palette, top } = scene;
  const start = layout.laneOf[run.node[arrow] ?? 0];
  const end = layout.laneOf[run.peer[arrow] ?? 0];
  const x = xOf(span, run.at[arrow] ?? 0);
  if (start === undefined || end === undefined || x < GUTTER || x > span.width) return;
  const y = start.middle - top;
  const way = end.middle - top - y;
  const reach = Math.sign(way) * Math.min(Math.abs(way) / 2, 26);
  context.save();
  context.strokeStyle = palette.lost;
  context.lineWidth = 1.25;
  context.setLineDash([3, 2]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + 4, y + reach);
  context.stroke();
  context.restore();
  cross(context, x + 4, y + reach, 3, palette.lost);
}

/** Who fetches from whom: from the peer to the one that asked, when it has the segments. */
function drawFetches(scene: Scene, first: number, last: number): void {
  const { context, run, layout, span, palette, top } = scene;
  const isFetch = run.shapes.map(([event, what]) => event === 'completed' && what === 'fetch');
  const path = new Path2D();
  const stride = Math.max(1, Math.ceil((last - first) / 40_000));
  for (let record = first; record < last; record += stride) {
    if (isFetch[run.shape[record] ?? 0] !== true) continue;
    const from = layout.laneOf[run.peer[record] ?? 0];
    const to = layout.laneOf[run.node[record] ?? 0];
    if (from === undefined || to === undefined || from === to) continue;
    const x = xOf(span, run.at[record] ?? 0);
    path.moveTo(x, from.middle - top);
    path.lineTo(x, to.middle - top);
  }
  context.strokeStyle = palette.shuffle;
  context.globalAlpha = 0.5;
  context.lineWidth = 1;
  context.stroke(path);
  context.globalAlpha = 1;
}

/** Each record is a short stroke on its lane, once they can be told apart; matches are longer. */
function drawTicks(scene: Scene, first: number, last: number): void {
  const { context, run, layout, span, palette, top, matches } = scene;
  const path = new Path2D();
  for (let record = first; record < last; record++) {
    const lane = layout.laneOf[run.node[record] ?? 0];
    if (lane === undefined) continue;
    const x = Math.round(xOf(span, run.at[record] ?? 0)) + 0.5;
    path.moveTo(x, lane.top + lane.height - top - 4);
    path.lineTo(x, lane.top + lane.height - top - 1);
  }
  context.strokeStyle = palette.faint;
  context.lineWidth = 1;
  context.stroke(path);
  if (matches === null) return;
  const start = lowerBound(matches.length, (place) => matches[place] ?? 0, first);
  context.fillStyle = palette.match;
  for (let place = start; place < matches.length && (matches[place] ?? 0) < last; place++) {
    const record = matches[place] ?? 0;
    const lane = layout.laneOf[run.node[record] ?? 0];
    if (lane === undefined) continue;
    const x = xOf(span, run.at[record] ?? 0);
    context.beginPath();
    context.arc(x, lane.middle - top, 3.5, 0, 7);
    context.fill();
  }
}

/** The selected record: its place, and its arrow over all others. */
function drawChosen(scene: Scene): void {
  const { context, run, layout, span, palette, top, record } = scene;
  const lane = layout.laneOf[run.node[record] ?? 0];
  if (lane === undefined) return;
  const [event] = shapeOf(run, record);
  const other = run.link[record] ?? -1;
  if (other >= 0) {
    const [from, to] = event === 'sent' ? [record, other] : [other, record];
    const line = arrowLine(scene, from, to);
    if (line !== null) {
      context.strokeStyle = palette.accent;
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(line[0], line[1]);
      context.lineTo(line[2], line[3]);
      context.stroke();
      head(scene, from, palette.accent);
    }
  }
  const x = xOf(span, run.at[record] ?? 0);
  if (x < GUTTER || x > span.width) return;
  context.fillStyle = palette.accent;
  context.strokeStyle = palette.ground;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, lane.middle - top, 5, 0, 7);
  context.stroke();
  context.fill();
}
