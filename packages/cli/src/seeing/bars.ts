// The attempts of a trace as bars on the slots of their replicas: when each began, when its shuffle
// was over, when it ended, and what became of it.
import type { Microseconds } from '@lisping/core';
import type { TraceEvent } from '@lisping/sim';
import type { ENDINGS } from '../page/format.ts';

/**
 * `won`: its result was journaled. `repeated`: it made a result that had won already, as a twin or
 * because the first was lost. `beaten`: it ended well and counts for nothing. `stopped`: it was told to
 * stop, or its lease ran out. `lost`: its process ended. `running`: the run was over first.
 */
type Ending = (typeof ENDINGS)[number];

export interface Bar {
  readonly node: string;
  /** `map-3/1.0`; where several jobs run, `map-3/1.0 of word-count-again`. */
  readonly attempt: string;
  readonly kind: 'map' | 'reduce';
  /** Counted from 0; the lowest that was free, so it can be beyond the slots of a replica only if that was. */
  readonly slot: number;
  readonly start: Microseconds;
  /** When a reduce held all its segments and began to reduce; null: never, or a map. */
  readonly shuffled: Microseconds | null;
  readonly end: Microseconds;
  readonly ending: Ending;
}

/** The bars of a trace, by their start. */
export function taskBars(events: readonly TraceEvent[]): Bar[] {
  const reader = new BarReader();
  for (const event of events) reader.read(event);
  return withSlots(reader.finished());
}

interface Open {
  readonly node: string;
  readonly attempt: string;
  readonly kind: 'map' | 'reduce';
  start: Microseconds;
  shuffled: Microseconds | null;
  /** It did something: an assignment that is refused leaves no bar. */
  worked: boolean;
  end: Microseconds;
  ending: Ending;
}

class BarReader {
  private readonly open = new Map<string, Map<string, Open>>();
  private readonly closed: Open[] = [];
  /** The last bar closed because its workspace was dropped, which also happens before a report. */
  private dropped: Open | null = null;
  private readonly winners = new Set<string>();
  private readonly accepted = new Set<string>();
  private now: Microseconds = 0;

  read(event: TraceEvent): void {
    this.now = event.at;
    switch (event.event) {
      case 'delivered':
        if (event.message === 'assign') this.begin(event.node, event.about);
        return;
      case 'began':
        return this.work(event.node, event.about, event.effect);
      case 'sent':
        if (event.message === 'report') this.report(event.node, event.about, endingOf(event.says));
        if (event.message === 'report-answer' && event.says === 'journaled') {
          this.accepted.add(event.about);
        }
        return;
      case 'dropped':
        if (event.effect !== 'abandon') return;
        this.dropped = this.close(event.node, event.about, 'stopped');
        return;
      case 'stopped':
        for (const attempt of this.open.get(event.node)?.keys() ?? []) {
          this.close(event.node, attempt, 'lost');
        }
        return;
      case 'journal':
        for (const entry of event.entries) {
          const [, attempt] = /^(?:map|part)-won (.*)$/.exec(entry) ?? [];
          if (attempt !== undefined) this.winners.add(attempt);
        }
        return;
      case 'completed':
      case 'end':
      case 'epoch':
      case 'executed':
      case 'fault':
      case 'healed':
      case 'paused':
      case 'repaired':
      case 'resumed':
      case 'scoreboard':
      case 'started':
      case 'store':
      case 'threw':
      case 'timer':
      case 'told':
      case 'undelivered':
        return;
    }
  }

  finished(): Open[] {
    for (const [node, attempts] of this.open) {
      for (const attempt of attempts.keys()) this.close(node, attempt, 'running');
    }
    for (const bar of this.closed) {
      if (bar.ending !== 'beaten') continue;
      if (this.winners.has(bar.attempt)) bar.ending = 'won';
      else if (this.accepted.has(bar.attempt)) bar.ending = 'repeated';
    }
    return this.closed.sort((a, b) => a.start - b.start);
  }

  private begin(node: string, attempt: string): void {
    const kind = kindOf(attempt);
    if (kind === null) return;
    const here = this.open.get(node) ?? new Map<string, Open>();
    this.open.set(node, here);
    if (here.has(attempt)) return;
    const { now } = this;
    here.set(attempt, {
      node,
      attempt,
      kind,
      start: now,
      shuffled: null,
      worked: false,
      end: now,
      ending: 'running',
    });
  }

  private work(node: string, attempt: string, effect: string): void {
    const bar = this.open.get(node)?.get(attempt);
    if (bar === undefined) return;
    if (effect === 'run-map') bar.start = this.now;
    if (effect === 'run-reduce') bar.shuffled = this.now;
    bar.worked = true;
  }

  private report(node: string, attempt: string, ending: Ending): void {
    const { dropped } = this;
    if (dropped?.node === node && dropped.attempt === attempt && dropped.end === this.now) {
      dropped.ending = ending;
    } else this.close(node, attempt, ending);
  }

  private close(node: string, attempt: string, ending: Ending): Open | null {
    const bar = this.open.get(node)?.get(attempt);
    if (bar === undefined) return null;
    this.open.get(node)?.delete(attempt);
    if (!bar.worked) return null;
    bar.end = this.now;
    bar.ending = ending;
    this.closed.push(bar);
    return bar;
  }
}

/** Who won is known only when the journal has been read to its end. */
function endingOf(outcome: string): Ending {
  if (outcome === 'mapped' || outcome === 'stored') return 'beaten';
  return outcome === 'gave-up' ? 'stopped' : 'failed';
}

function kindOf(attempt: string): Bar['kind'] | null {
  if (attempt.startsWith('map-')) return 'map';
  return attempt.startsWith('reduce-') ? 'reduce' : null;
}

function withSlots(bars: readonly Open[]): Bar[] {
  const busyUntil = new Map<string, Microseconds[]>();
  return bars.map(({ worked: _, ...bar }) => {
    const slots = busyUntil.get(bar.node) ?? [];
    busyUntil.set(bar.node, slots);
    const free = slots.findIndex((until) => until <= bar.start);
    const slot = free < 0 ? slots.length : free;
    slots[slot] = bar.end;
    return { ...bar, slot };
  });
}
