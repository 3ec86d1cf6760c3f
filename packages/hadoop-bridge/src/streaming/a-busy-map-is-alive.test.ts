// Hadoop kills a task that says nothing for too long. A map that computes cannot say anything, so something
// else must; but a map that never ends must not be kept alive for ever.
import { job } from '@lisping/core';
import { afterEach, expect, test } from 'vitest';
import { childrenOf, type ReadyChildren } from '../../test-support/children.ts';

const BUSY_MS = 1500;
const SOURCE = `import { job } from 'lisping';
export default job({
  map(line, emit, { status }) {
    status('at work on ' + line);
    for (const end = performance.now() + ${BUSY_MS}; performance.now() < end;);
    emit(line);
  },
});
`;

let children: ReadyChildren;
afterEach(() => children.remove());

const beats = (log: readonly string[]): number =>
  log.filter((line) => line === 'reporter:status:at work on x').length;

test('signs of life come while map blocks the thread, several within the timeout', async () => {
  children = await childrenOf(SOURCE, job({ map() {} }));
  const { log, out, code } = children.map('0\tx\n', { mapreduce_task_timeout: '600' });
  expect([out, code]).toEqual(['x\n', 0]);
  expect(beats(log)).toBeGreaterThanOrEqual(4); // one from the map itself, six more are due
});

test('they end when nothing is begun for too long, and that is said', async () => {
  children = await childrenOf(SOURCE, job({ map() {} }), { stuckAfterMs: 500 });
  const { log } = children.map('0\tx\n', { mapreduce_task_timeout: '600' });
  expect(log.filter((line) => line.startsWith('lisping: nothing was begun for'))).toHaveLength(1);
  expect(beats(log)).toBeLessThan(6);
});

test('a long timeout needs few', async () => {
  children = await childrenOf(SOURCE, job({ map() {} }));
  expect(beats(children.map('0\tx\n', { mapreduce_task_timeout: '600000' }).log)).toBe(1);
});
