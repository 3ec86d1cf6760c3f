// Which `sent` of a trace became which `delivered` or `undelivered`. Packets have no numbers; two of
// the same kind, about the same thing, between the same nodes are told apart by their order, and
// where that is wrong nobody could see a difference.
import type { TraceEvent } from '@lisping/sim';

/** For every event the index of its other end; -1 where there is none, as for a lost packet. */
export function arrowEnds(events: readonly TraceEvent[]): Int32Array {
  const ends = new Int32Array(events.length).fill(-1);
  const flying = new Map<string, Flight>();
  events.forEach((event, index) => {
    if (event.event === 'sent') {
      if (event.fate === 'lost' || event.fate === 'cut') return;
      const key = `${event.node}>${event.to} ${event.message} ${event.about} ${event.says}`;
      const flight = flying.get(key);
      if (flight === undefined) flying.set(key, { sends: [index], landed: 0 });
      else flight.sends.push(index);
    } else if (event.event === 'delivered' || event.event === 'undelivered') {
      const key = `${event.from}>${event.node} ${event.message} ${event.about} ${event.says}`;
      const flight = flying.get(key);
      const start = flight?.sends[flight.landed];
      if (flight === undefined || start === undefined) return;
      flight.landed++;
      ends[start] = index;
      ends[index] = start;
    }
  });
  return ends;
}

interface Flight {
  readonly sends: number[];
  /** How many of them have arrived. */
  landed: number;
}
