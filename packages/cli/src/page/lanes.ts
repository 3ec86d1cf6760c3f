/** Where everything lies in a diagram: time across, lanes of nodes down. */
import type { Run } from './model.ts';
import type { ReportedFault } from './format.ts';

export const GUTTER = 104;
export const AXIS = 26;
const FAULT_ROW = 17;
const NODE_LANE = 24;

export interface Lane {
  readonly node: number;
  readonly top: number;
  readonly height: number;
  readonly middle: number;
  readonly isReplica: boolean;
}

/** A fault drawn in one of the rows above the lanes. */
interface FaultRow {
  readonly fault: ReportedFault;
  readonly top: number;
  readonly height: number;
}

export interface Layout {
  readonly faults: readonly FaultRow[];
  readonly lanes: readonly Lane[];
  /** By node; undefined for the world. */
  readonly laneOf: readonly (Lane | undefined)[];
  readonly height: number;
}

/** Lays lanes out, so that all fit into `height` if they can be read so. */
export function layOut(run: Run, height: number, isTall: boolean): Layout {
  const faults = packFaults(run);
  const faultsEnd = AXIS + faults.rows * FAULT_ROW + (faults.rows > 0 ? 6 : 0);
  const isReplica = (name: string): boolean => name.startsWith('replica-');
  const replicas = run.nodes.filter(isReplica).length;
  const others = run.nodes.length - 1 - replicas;
  const room = (height - faultsEnd - others * NODE_LANE - 8) / Math.max(1, replicas);
  const least = isTall ? 16 * run.slots + 8 : 15;
  const lane = Math.round(Math.min(16 * run.slots + 10, Math.max(least, Math.floor(room))));
  const lanes: Lane[] = [];
  let top = faultsEnd;
  run.nodes.forEach((name, node) => {
    if (node === 0) return;
    const own = isReplica(name) ? lane : NODE_LANE;
    const middle = top + own / 2;
    lanes.push({ node, top, height: own, middle, isReplica: isReplica(name) });
    top += own;
  });
  const laneOf: (Lane | undefined)[] = [];
  for (const each of lanes) laneOf[each.node] = each;
  return { faults: faults.placed, lanes, laneOf, height: top + 8 };
}

/** At most so many rows: what finds no room shares the last one. */
const ROWS_MAX = 6;

/** Of letters, when the whole run is shown in a window of middling width. */
const COLUMNS = 150;

function wordsOf(fault: ReportedFault): number {
  return fault.text.length + 4;
}

function packFaults(run: Run): { placed: FaultRow[]; rows: number } {
  const ends: number[] = [];
  const perColumn = run.end / COLUMNS;
  const placed = run.faults.map((fault): FaultRow => {
    let row = ends.findIndex((end) => end <= fault.at);
    if (row < 0) row = ends.length < ROWS_MAX ? ends.length : ROWS_MAX - 1;
    ends[row] = Math.max(fault.until ?? fault.at, fault.at + wordsOf(fault) * perColumn);
    return { fault, top: AXIS + 3 + row * FAULT_ROW, height: FAULT_ROW - 3 };
  });
  return { placed, rows: ends.length };
}

/** The part of time that is shown, and how wide. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

export function xOf({ from, to, width }: Span, at: number): number {
  return GUTTER + ((at - from) / (to - from)) * (width - GUTTER);
}

export function timeAt({ from, to, width }: Span, x: number): number {
  return from + ((x - GUTTER) / (width - GUTTER)) * (to - from);
}

const STEPS: readonly number[] = [1, 2, 5];

/** Round times, about `wanted` of them. */
export function ticks({ from, to }: Span, wanted: number): { at: number; digits: number }[] {
  const raw = (to - from) / Math.max(1, wanted);
  const magnitude = Math.pow(10, Math.floor(Math.log10(Math.max(1, raw))));
  const step = (STEPS.find((factor) => factor * magnitude >= raw) ?? 10) * magnitude;
  const digits = Math.max(0, Math.min(6, 6 - Math.floor(Math.log10(step))));
  const found: { at: number; digits: number }[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push({ at, digits });
  return found;
}
