/**
 * One run, event for event, as it can be held against another run of the same schedule: what
 * happened, and what each machine made of it. The trace's hash says that two runs differ; this says
 * where they began to.
 */
import type { Effect } from '@lisping/core';
import type { Observer } from '../observe.ts';
import { TraceHash } from '../trace-hash.ts';
import { tracer } from '../trace.ts';
import type { TraceEvent } from '../trace.ts';

/** What happened, and what came of it. */
export interface Step {
  readonly event: TraceEvent;
  /** What the machine, or the user's code, made of it: as JSON, in the order in which it was made. */
  readonly made: string;
}

/** Of longer runs the beginning is kept in full, and only digests of the rest. */
const STEPS_KEPT = 200_000;

/** What is kept of a run: plain data, so that two processes can compare theirs. */
export interface Recorded {
  readonly hash: string;
  readonly steps: readonly Step[];
  /** After each step, of all steps so far: equal as long as two runs are. */
  readonly digests: readonly string[];
}

/** Listens to a run. */
export class Recording {
  readonly steps: Step[] = [];
  readonly digests: string[] = [];
  readonly observer: Observer;
  private readonly hash = new TraceHash();
  private event: TraceEvent | null = null;

  constructor() {
    const plain = tracer((event) => {
      this.event = event;
      if (!withMore.has(event.event)) this.add('');
    }, 1);
    this.observer = { ...plain, ...this.withEffects(plain) };
  }

  /** The hooks that tell what came of an event. */
  private withEffects(plain: Observer): Observer {
    const effects = (made: readonly Effect[]): void => this.add(JSON.stringify(made));
    return {
      processStarted: (at, node, life, made) => {
        plain.processStarted?.(at, node, life, made);
        effects(made);
      },
      delivered: (at, node, from, message, made) => {
        plain.delivered?.(at, node, from, message, made);
        this.add(JSON.stringify([message, made]));
      },
      timerFired: (at, node, timer, made) => {
        plain.timerFired?.(at, node, timer, made);
        effects(made);
      },
      completed: (at, node, request, result, made) => {
        plain.completed?.(at, node, request, result, made);
        effects(made);
      },
      executed: (at, node, execution) => {
        plain.executed?.(at, node, execution);
        const { checksums, part, counters, error } = execution;
        const output = part === null ? null : { ...part, bytes: part.bytes.length };
        // That a memo was used in one of two runs is no difference.
        this.add(JSON.stringify({ checksums, part: output, counters, error: error?.message }));
      },
    };
  }

  private add(made: string): void {
    const { event, hash } = this;
    if (event === null) return;
    const text = `${JSON.stringify(event.event === 'executed' ? { ...event, real: null } : event)}${made}`;
    for (let i = 0; i < text.length; i++) hash.add(text.charCodeAt(i));
    this.digests.push(hash.toString());
    if (this.steps.length < STEPS_KEPT) this.steps.push({ event, made });
    this.event = null;
  }
}

const withMore: ReadonlySet<TraceEvent['event']> = new Set([
  'started',
  'delivered',
  'timer',
  'completed',
  'executed',
]);
