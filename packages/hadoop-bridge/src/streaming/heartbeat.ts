// Says that a task is alive while its map or reduce is busy. It beats in a thread of its own, which writes
// to standard error directly: `process.stderr` of a thread waits for the main one. A record that never ends
// must not live for ever, so the thread falls silent when nothing was begun for too long, and says so; then
// Hadoop's own timeout ends the task.
import { Worker } from 'node:worker_threads';

/** What the main thread shares with the heart: how often something was begun. */
export interface Heartbeat {
  /** To be called with every record and every group. */
  readonly begin: () => void;
  /** What the user said last. */
  readonly status: (text: string) => void;
}

export interface HeartbeatOptions {
  readonly timeoutMs: number;
  readonly stuckAfterMs: number;
}

const EVERY_MS_MAX = 10_000;
const BEATS_PER_TIMEOUT = 3;

/** What the thread is given. */
interface HeartData {
  readonly begun: Int32Array;
  readonly everyMs: number;
  readonly stuckAfterMs: number;
}

/** Starts a heart that beats several times within Hadoop's timeout. */
export function startHeartbeat({ timeoutMs, stuckAfterMs }: HeartbeatOptions): Heartbeat {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const everyMs = Math.min(EVERY_MS_MAX, (timeoutMs || Infinity) / BEATS_PER_TIMEOUT);
  const workerData: HeartData = { begun, everyMs, stuckAfterMs };
  const worker = new Worker(`(${beat.toString()})()`, { eval: true, workerData });
  worker.unref();
  worker.on('error', () => {}); // a task without a heart is better than none
  return {
    begin: () => void begun[0]!++,
    status: (text) => worker.postMessage(text),
  };
}

/** Runs in the thread, from its source text: it may use nothing that stands outside it. */
function beat(): void {
  const { writeSync } = process.getBuiltinModule('node:fs');
  const thread = process.getBuiltinModule('node:worker_threads');
  const { begun, everyMs, stuckAfterMs } = thread.workerData as HeartData; // what startHeartbeat gave
  let status = 'busy';
  let seen = -1;
  let seenAt = performance.now();
  let isStuck = false;
  thread.parentPort?.on('message', (text: string) => void (status = text));
  const say = (line: string): void => void writeSync(2, `${line}\n`);
  setInterval(() => {
    const now = performance.now();
    if (begun[0] !== seen) {
      seen = begun[0] ?? 0;
      seenAt = now;
      isStuck = false;
    } else if (!isStuck && now - seenAt > stuckAfterMs) {
      isStuck = true;
      say(
        `lisping: nothing was begun for ${Math.round(stuckAfterMs / 1000)} s: no more signs of life`,
      );
    }
    if (!isStuck) say(`reporter:status:${status}`);
  }, everyMs);
}
