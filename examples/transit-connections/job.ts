// Who rides from one route to another must change, once, at a stop that both routes serve. Two passes:
//   rows (route, stop)  ->  pairs of routes that share a stop  ->  trips with one change
// The parts of the first pass are the input of the second.
import { csv, job, keyValue, pipeline, type Emit } from 'lisping';

/** Every two routes that meet at a stop, once for each stop at which they meet. */
const meetings = job({
  name: 'routes-that-meet',
  input: csv({ header: true }),
  map(row, emit: Emit<string, string>) {
    const { route, stop } = row;
    if (route !== undefined && stop !== undefined) emit(stop, route);
  },
  reduce(stop, routes, emit) {
    // A route that passes a stop twice is there once; and their order is not to be relied on.
    const here = [...new Set(routes)].sort((a, b) => (a < b ? -1 : 1));
    here.forEach((from, index) => {
      for (const to of here.slice(index + 1)) emit(`${from} to ${to}`, stop);
    });
  },
});

/** For every two routes the stops at which to change, in alphabetical order. */
const trips = job({
  name: 'trips-with-one-change',
  input: keyValue(),
  map([routes, stop], emit: Emit<string, string>) {
    emit(routes, stop);
  },
  sortValues: true,
  reduce(routes, stops, emit) {
    emit(routes, [...stops].join('; '));
  },
});

export default pipeline([meetings, trips]);
