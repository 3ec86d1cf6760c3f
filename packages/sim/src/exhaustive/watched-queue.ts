/** A queue that tells of every item that is added or taken. */
import { EventQueue } from '../queue.ts';
import type { QueuedEvent } from '../queue.ts';

export interface QueueWatcher {
  /** An item was added, due at `time`; its fields are not filled in before the next one is taken. */
  added(now: number, event: QueuedEvent, time: number): void;
  /** The item is about to be handled, at `now`. False: nothing more is handed out. */
  taking(now: number, event: QueuedEvent): boolean;
}

export class WatchedQueue extends EventQueue {
  watcher: QueueWatcher | null = null;

  override add(time: number, type: number, node: number): QueuedEvent {
    const event = super.add(time, type, node);
    this.watcher?.added(this.now, event, time);
    return event;
  }

  override take(): QueuedEvent | null {
    const event = super.take();
    if (event === null || event.dead || this.watcher === null) return event;
    if (this.watcher.taking(this.now, event)) return event;
    this.release(event);
    return null;
  }
}
