// A trace in the format of Chrome's tracing (JSON object form), for ui.perfetto.dev and
// chrome://tracing: nodes are processes, attempts are complete events on a thread per slot, messages
// are flows between slices of one microsecond, faults are asynchronous slices or instants, and a
// counter shows how many attempts run.
//
// Times are microseconds, as in the simulator. The passes of a pipeline follow each other on one axis.
import type { Microseconds } from '@lisping/core';
import type { TraceEvent } from '@lisping/sim';
import { arrowEnds } from './arrows.ts';
import { taskBars, type Bar } from './bars.ts';
import { faultDetail, faultSpans, linkOf, type FaultSpan } from './fault-spans.ts';

/** One element of `traceEvents`. */
export interface ChromeEvent {
  readonly ph: 'M' | 'X' | 's' | 'f' | 'b' | 'e' | 'i' | 'C';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: Microseconds;
  readonly cat?: string;
  readonly dur?: Microseconds;
  readonly id?: number | string;
  readonly bp?: 'e';
  readonly s?: 't' | 'p' | 'g';
  readonly args?: Readonly<Record<string, string | number | boolean>>;
}

/** How messages, steps and slots lie below each other within a process. */
const MESSAGES = 1;
const STEPS = 2;
const FIRST_SLOT = 10;

/** The process of what belongs to no node: the network, and the counter. */
const WORLD = 1;

/** The events of some passes, each given with its trace. */
export function chromeEvents(passes: readonly (readonly TraceEvent[])[]): ChromeEvent[] {
  const writer = new ChromeWriter();
  let offset: Microseconds = 0;
  for (const events of passes) {
    writer.pass(events, offset);
    offset += (events.at(-1)?.at ?? 0) + BETWEEN_PASSES;
  }
  return writer.finished();
}

const BETWEEN_PASSES: Microseconds = 1_000_000;

class ChromeWriter {
  private readonly events: ChromeEvent[] = [];
  private readonly processes = new Map<string, number>([['world', WORLD]]);
  private readonly threads = new Set<string>();
  private offset: Microseconds = 0;
  private lastId = 0;

  pass(events: readonly TraceEvent[], offset: Microseconds): void {
    this.offset = offset;
    this.messages(events);
    for (const event of events) this.step(event);
    const bars = taskBars(events);
    for (const bar of bars) this.bar(bar);
    this.counter(bars);
    for (const span of faultSpans(events)) this.fault(span);
  }

  finished(): ChromeEvent[] {
    const meta: ChromeEvent[] = [];
    const add = (name: string, pid: number, tid: number, args: ChromeEvent['args']): void => {
      meta.push({ ph: 'M', name, pid, tid, ts: 0, ...(args === undefined ? {} : { args }) });
    };
    for (const [name, pid] of this.processes) {
      add('process_name', pid, 0, { name });
      add('process_sort_index', pid, 0, { sort_index: sortIndex(name) });
    }
    for (const thread of this.threads) {
      const [pid, tid] = thread.split(' ').map(Number);
      if (pid !== undefined && tid !== undefined) {
        add('thread_name', pid, tid, { name: threadName(tid) });
        add('thread_sort_index', pid, tid, { sort_index: tid });
      }
    }
    return [...meta, ...this.events.sort((a, b) => a.ts - b.ts)];
  }

  private add(
    ph: ChromeEvent['ph'],
    name: string,
    node: string,
    tid: number,
    at: Microseconds,
    more: Omit<ChromeEvent, 'ph' | 'name' | 'pid' | 'tid' | 'ts'>,
  ): void {
    const pid = this.processes.get(node) ?? this.processes.size + 1;
    this.processes.set(node, pid);
    if (tid > 0) this.threads.add(`${pid} ${tid}`);
    this.events.push({ ph, name, pid, tid, ts: at + this.offset, ...more });
  }

  // ------------------------------------------------------------------ messages

  private messages(events: readonly TraceEvent[]): void {
    const ends = arrowEnds(events);
    events.forEach((event, index) => {
      if (event.event === 'sent') {
        const { at, node, message, about, says, fate, to } = event;
        const args = { to, about, says, fate };
        this.add('X', message, node, MESSAGES, at, { dur: 1, cat: 'sent', args });
        const id = ends[index] ?? -1;
        if (id >= 0) this.add('s', message, node, MESSAGES, at, { id: this.flow(id), cat: 'flow' });
        else {
          const name = `${message} ${fate === 'cut' ? 'is cut off' : fate === 'lost' ? 'is lost' : 'never arrives'}`;
          this.add('i', name, node, MESSAGES, at, { s: 't', cat: 'lost', args });
        }
      } else if (event.event === 'delivered' || event.event === 'undelivered') {
        const { at, node, message, about, says, from } = event;
        const args = { from, about, says, handled: event.event === 'delivered' };
        this.add('X', message, node, MESSAGES, at, { dur: 1, cat: event.event, args });
        if ((ends[index] ?? -1) >= 0) {
          const id = this.flow(index);
          this.add('f', message, node, MESSAGES, at, { id, cat: 'flow', bp: 'e' });
        }
      }
    });
    this.lastId += events.length;
  }

  /** A flow is named by the event at its head. */
  private flow(index: number): number {
    return this.lastId + index + 1;
  }

  // ------------------------------------------------------------------ what happens at a node

  private step(event: TraceEvent): void {
    const { at, node } = event;
    const instant = (name: string, args: ChromeEvent['args'] = {}): void =>
      this.add('i', name, node, STEPS, at, { s: 't', cat: event.event, args });
    switch (event.event) {
      case 'sent':
      case 'delivered':
      case 'undelivered':
      case 'timer':
      case 'began':
      case 'fault':
      case 'repaired':
        return; // messages, bars and faults are drawn as such
      case 'started':
        return instant(`started, life ${event.life}`);
      case 'stopped':
        return instant(event.why);
      case 'paused':
      case 'resumed':
        return instant(event.event);
      case 'completed':
        return instant(`${event.effect} completed`, { about: event.about, result: event.result });
      case 'dropped':
        return instant(event.effect, { about: event.about });
      case 'executed':
        return instant('executed', { attempt: event.attempt, failed: event.failed });
      case 'store':
        return instant(event.operation, { about: event.about, answer: event.answer });
      case 'epoch':
        return instant(`opens epoch ${event.epoch}`);
      case 'journal':
        return instant('journal', { epoch: event.epoch, entries: event.entries.join(', ') });
      case 'scoreboard':
        return instant(`${event.replica} is ${event.state}`, {
          running: event.running,
          held: event.held,
        });
      case 'told':
        return instant(`hears that the job ${event.status}`, { job: event.job });
      case 'threw':
        return instant('threw', { error: event.error });
      case 'healed':
        return this.add('i', 'everything has healed', node, 0, at, { s: 'g', cat: 'healed' });
      case 'end':
        return this.add('i', `end: ${event.verdict}`, node, 0, at, { s: 'g', cat: 'end' });
    }
  }

  private bar({ node, attempt, kind, slot, start, shuffled, end, ending }: Bar): void {
    const tid = FIRST_SLOT + slot;
    const args = { ending };
    this.add('X', attempt, node, tid, start, { dur: end - start, cat: kind, args });
    if (kind === 'map') return;
    const until = shuffled ?? end;
    this.add('X', 'shuffle', node, tid, start, { dur: until - start, cat: 'shuffle' });
    if (shuffled !== null) {
      this.add('X', 'reduce', node, tid, shuffled, { dur: end - shuffled, cat: 'reduce' });
    }
  }

  private counter(bars: readonly Bar[]): void {
    const changes: { at: Microseconds; what: 'map' | 'shuffle' | 'reduce'; by: number }[] = [];
    for (const { kind, start, shuffled, end } of bars) {
      const spans =
        kind === 'map'
          ? ([['map', start, end]] as const)
          : ([
              ['shuffle', start, shuffled ?? end],
              ['reduce', shuffled ?? end, end],
            ] as const);
      for (const [what, from, to] of spans) {
        changes.push({ at: from, what, by: 1 }, { at: to, what, by: -1 });
      }
    }
    const running = { map: 0, shuffle: 0, reduce: 0 };
    changes.sort((a, b) => a.at - b.at);
    changes.forEach(({ at, what, by }, index) => {
      running[what] += by;
      if (changes[index + 1]?.at === at) return;
      this.add('C', 'running attempts', 'world', 0, at, { args: { ...running } });
    });
  }

  private fault({ fault, at, until }: FaultSpan): void {
    const node = linkOf(fault) === null ? fault.target : 'world';
    const name = `${fault.kind} ${fault.target}`;
    const args = { detail: faultDetail(fault) };
    if (until === null) {
      this.add('i', name, node, 0, at, { s: 'p', cat: 'fault', args });
      return;
    }
    const id = `fault-${++this.lastId}`;
    this.add('b', name, node, 0, at, { id, cat: 'fault', args });
    this.add('e', name, node, 0, until, { id, cat: 'fault' });
  }
}

function threadName(tid: number): string {
  if (tid === MESSAGES) return 'messages';
  return tid === STEPS ? 'steps' : `slot ${tid - FIRST_SLOT}`;
}

const SORTED_FIRST: readonly string[] = ['world', 'client', 'store', 'primary', 'successor'];

function sortIndex(name: string): number {
  const index = SORTED_FIRST.indexOf(name);
  return index < 0 ? SORTED_FIRST.length + Number(name.slice(name.lastIndexOf('-') + 1)) : index;
}
