/** A run as the page works with it: columns of numbers, decoded once. */
import { ENDINGS } from './format.ts';
import type { EncodedRun, ReportedFault, Shape } from './format.ts';

export interface Bars {
  readonly count: number;
  readonly node: Uint32Array;
  readonly slot: Uint32Array;
  readonly attempt: Uint32Array;
  readonly isReduce: Uint8Array;
  readonly start: Float64Array;
  /** When the shuffle was over; the end of the bar when it never was, the start for a map. */
  readonly shuffled: Float64Array;
  readonly end: Float64Array;
  readonly ending: Uint8Array;
}

export interface Run extends Pick<EncodedRun, 'role' | 'title' | 'command' | 'checks' | 'story'> {
  readonly nodes: readonly string[];
  readonly slots: number;
  readonly strings: readonly string[];
  readonly shapes: readonly Shape[];
  readonly faults: readonly ReportedFault[];
  /** How many records there are. */
  readonly count: number;
  readonly at: Float64Array;
  readonly shape: Uint16Array;
  readonly node: Uint32Array;
  /** The node at the other end, or the one that is spoken of; 0: none. */
  readonly peer: Uint32Array;
  readonly about: Uint32Array;
  readonly more: Uint32Array;
  /** The record at the other end of an arrow, or -1. */
  readonly link: Int32Array;
  readonly bars: Bars;
  /** By node: its records, and the faults that struck it. */
  readonly ofNode: readonly Uint32Array[];
  /** Records at which an arrow begins or a packet is lost, by time. */
  readonly arrows: Uint32Array;
  /** Those whose arrows are so long that they may begin far outside of what is shown. */
  readonly longArrows: Uint32Array;
  readonly end: number;
}

const LONG: number = 200_000;

export function decodeRun(encoded: EncodedRun): Run {
  const { records: count } = encoded;
  const read = varints(encoded.recordRows);
  const at = new Float64Array(count);
  const shape = new Uint16Array(count);
  const node = new Uint32Array(count);
  const peer = new Uint32Array(count);
  const about = new Uint32Array(count);
  const more = new Uint32Array(count);
  const link = new Int32Array(count).fill(-1);
  let now = 0;
  for (let i = 0; i < count; i++) {
    now += read();
    at[i] = now;
    shape[i] = read();
    node[i] = read();
    peer[i] = read();
    about[i] = read();
    more[i] = read();
    const back = read();
    if (back > 0) {
      link[i] = i - back;
      link[i - back] = i;
    }
  }
  const run = { ...encoded, count, at, shape, node, peer, about, more, link, end: now };
  return { ...run, bars: decodeBars(encoded), ofNode: byNode(run), ...arrowsOf(run) };
}

function decodeBars({ bars: count, barRows }: EncodedRun): Bars {
  const read = varints(barRows);
  const bars: Bars = {
    count,
    node: new Uint32Array(count),
    slot: new Uint32Array(count),
    attempt: new Uint32Array(count),
    isReduce: new Uint8Array(count),
    start: new Float64Array(count),
    shuffled: new Float64Array(count),
    end: new Float64Array(count),
    ending: new Uint8Array(count),
  };
  let start = 0;
  for (let i = 0; i < count; i++) {
    start += read();
    bars.start[i] = start;
    bars.node[i] = read();
    bars.slot[i] = read();
    bars.attempt[i] = read();
    const isReduce = read();
    bars.isReduce[i] = isReduce;
    const end = start + read();
    bars.end[i] = end;
    const shuffle = read();
    bars.shuffled[i] = isReduce === 0 ? start : shuffle === 0 ? end : start + shuffle - 1;
    bars.ending[i] = read();
  }
  return bars;
}

type Columns = Pick<Run, 'count' | 'at' | 'node' | 'peer' | 'shape' | 'shapes' | 'link' | 'nodes'>;

function byNode({ count, node, peer, shape, shapes, nodes }: Columns): Uint32Array[] {
  const isFault = shapes.map(([event]) => event === 'fault' || event === 'repaired');
  const whose = (i: number): number => (isFault[shape[i] ?? 0] === true ? peer[i] : node[i]) ?? 0;
  const counts = new Uint32Array(nodes.length);
  for (let i = 0; i < count; i++) counts[whose(i)] = (counts[whose(i)] ?? 0) + 1;
  const lists = Array.from(counts, (length) => new Uint32Array(length));
  counts.fill(0);
  for (let i = 0; i < count; i++) {
    const own = whose(i);
    const place = counts[own] ?? 0;
    const list = lists[own];
    if (list !== undefined) list[place] = i;
    counts[own] = place + 1;
  }
  return lists;
}

function arrowsOf({ count, at, shape, shapes, link }: Columns): Pick<Run, 'arrows' | 'longArrows'> {
  const isSent = shapes.map(([event]) => event === 'sent');
  const arrows: number[] = [];
  const longArrows: number[] = [];
  for (let i = 0; i < count; i++) {
    if (isSent[shape[i] ?? 0] !== true) continue;
    arrows.push(i);
    const end = link[i] ?? -1;
    if (end >= 0 && (at[end] ?? 0) - (at[i] ?? 0) > LONG) longArrows.push(i);
  }
  return { arrows: Uint32Array.from(arrows), longArrows: Uint32Array.from(longArrows) };
}

/** Reads one unsigned varint after the other. */
function varints(base64: string): () => number {
  const text = atob(base64);
  let place = 0;
  return () => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = text.charCodeAt(place++);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
  };
}

/** The place of the first element that is not below `value`. */
export function lowerBound(count: number, of: (place: number) => number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (of(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function shapeOf(run: Run, record: number): Shape {
  return run.shapes[run.shape[record] ?? 0] ?? ['', '', ''];
}

export function nodeName(run: Run, node: number | undefined): string {
  return run.nodes[node ?? 0] ?? '';
}

export function textOf(run: Run, string: number | undefined): string {
  return run.strings[string ?? 0] ?? '';
}

export function endingOf(bars: Bars, bar: number): (typeof ENDINGS)[number] {
  return ENDINGS[bars.ending[bar] ?? 0] ?? 'running';
}
