// The faults of a trace with the times at which they really struck and ended, and where they are seen.
import type { Microseconds } from '@lisping/core';
import type { Fault, TraceEvent } from '@lisping/sim';

export interface FaultSpan {
  readonly fault: Fault;
  readonly at: Microseconds;
  /** Null: it strikes once and has no end. */
  readonly until: Microseconds | null;
}

/** In the order in which they struck. One that lasts beyond the run ends with it. */
export function faultSpans(events: readonly TraceEvent[]): FaultSpan[] {
  const spans: Span[] = [];
  const lasting = new Map<string, Span[]>();
  const gone: Span[] = [];
  for (const event of events) {
    if (event.event === 'fault') {
      const { fault, at } = event;
      const span: Span = { fault, at, until: null };
      spans.push(span);
      if (!('until' in fault)) continue;
      if (fault.until === null) gone.push(span);
      else lasting.set(keyOf(fault), [...(lasting.get(keyOf(fault)) ?? []), span]);
    } else if (event.event === 'repaired') {
      const span = lasting.get(keyOf(event.fault))?.shift();
      if (span !== undefined) span.until = event.at;
    } else if (event.event === 'started') {
      // Who was to stay away for good may still be brought back.
      const span = gone.find(({ fault, until }) => until === null && fault.target === event.node);
      if (span !== undefined) span.until = event.at;
    }
  }
  const end = events.at(-1)?.at ?? 0;
  for (const span of [...lasting.values()].flat().concat(gone)) span.until ??= end;
  return spans;
}

interface Span extends FaultSpan {
  until: Microseconds | null;
}

function keyOf(fault: Fault): string {
  return JSON.stringify(fault);
}

/** The ends of a link such as `replica-7<->*`; null for a fault that strikes a node. */
export function linkOf({ target }: Fault): { from: string; to: string; both: boolean } | null {
  const match = /^(.+?)(<->|->)(.+)$/.exec(target);
  if (match === null) return null;
  const [, from = '', arrow, to = ''] = match;
  return { from, to, both: arrow === '<->' };
}

/** What a record says beside kind, target and times: `disk wiped`, `factor 10`. */
export function faultDetail(fault: Fault): string {
  return Object.entries(fault)
    .filter(([name]) => name !== 'kind' && name !== 'target' && name !== 'at' && name !== 'until')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}
