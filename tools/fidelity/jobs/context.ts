// Everything that a task is told: its number, draws, parameters, counters.
import { job } from 'lisping';

const LONG =
  'a counter whose name is far longer than the sixty-three characters that Hadoop leaves of it';

export default job({
  name: 'context',
  map(line, emit, context) {
    context.counter('lines');
    context.counter(LONG, line.length);
    context.counter('ÄÖ down', -1);
    context.status(`at ${context.input.offset}`);
    emit(`${line.length % 5}`, [context.task, context.random(), context.input]);
  },
  reduce(key, values, emit, context) {
    context.counter('groups', 2);
    const all = Array.from(values, (value) => JSON.stringify(value)).sort((a, b) =>
      a < b ? -1 : 1,
    );
    emit(key, [context.task, context.random(), context.parameter('greeting'), all]);
  },
});
