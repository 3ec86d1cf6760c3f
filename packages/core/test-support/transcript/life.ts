// One life of a process: a machine, and what the world keeps for it between two calls.
import type { Machine, NodeId, TimerId } from '../../src/protocol/index.ts';

/** Where a primary can be made to stop: around one append to its journal. */
export type StoppingPoint = 'append' | 'check' | 'acting';

/** Stop at this point of the append whose entries contain this text. */
export interface Barrier {
  readonly point: StoppingPoint;
  readonly text: string;
}

/** Something that will happen, unless its process dies first. */
export interface Item {
  readonly at: number;
  /** Breaks ties: what was asked for first happens first. */
  readonly order: number;
  readonly life: Life | null;
  readonly action: () => void;
}

/** What an attempt keeps while it runs. */
export interface Workspace {
  /** The letters of the segments it has fetched, by map. */
  readonly letters: Map<number, string>;
  /** It came to an end by itself: to clear it away is no news. */
  over: boolean;
}

export interface Life {
  readonly node: NodeId;
  /** Which life of its node this is, from 1. */
  readonly number: number;
  readonly machine: Machine;
  /** The epoch that the machine follows. */
  readonly epoch: () => number;
  dead: boolean;
  paused: boolean;
  /** What would have happened while it was paused, in order. */
  waiting: Item[];
  /** The newest setting of each timer; an older one does not fire. */
  readonly timers: Map<TimerId, number>;
  /** Attempts that run here, by name. */
  readonly workspaces: Map<string, Workspace>;
  barrier: Barrier | null;
  /** The append of its barrier is written, and the look at the markers comes next. */
  atBarrier: boolean;
}

export function createLife(options: Pick<Life, 'node' | 'number' | 'machine' | 'epoch'>): Life {
  return {
    ...options,
    dead: false,
    paused: false,
    waiting: [],
    timers: new Map(),
    workspaces: new Map(),
    barrier: null,
    atBarrier: false,
  };
}
