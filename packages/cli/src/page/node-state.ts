/**
 * What a node holds, runs and believes after a record, folded from the trace: each node's own
 * records in order, with the faults that struck it. Nothing here knows the machines.
 */
import { nodeName, shapeOf, textOf } from './model.ts';
import type { Run } from './model.ts';

interface Running {
  readonly attempt: string;
  doing: string;
  readonly since: number;
}

interface Belief {
  readonly state: string;
  readonly running: number;
  readonly held: number;
}

/** The state of one node; which fields say something depends on what it is. */
export interface NodeState {
  up: boolean;
  paused: boolean;
  life: number;
  readonly running: Map<string, Running>;
  /** Outputs of maps on its disk, by attempt. */
  readonly held: Set<string>;
  epoch: number;
  /** Of a replica: whether it takes itself for a member, and until when its lease runs. */
  member: boolean;
  leaseUntil: number | null;
  readonly heartbeats: Map<string, number>;
  /** Of a primary: what it believes of each replica, and what it has journaled. */
  readonly scoreboard: Map<string, Belief>;
  readonly mapsWon: Set<string>;
  readonly partsWon: Set<string>;
  journaled: number;
  outcome: string;
  /** Of the store. */
  readonly uploads: Set<string>;
  readonly parts: Set<string>;
  success: boolean;
  /** Of the client. */
  news: string;
  told: string;
}

function blank(): NodeState {
  return {
    up: false,
    paused: false,
    life: 0,
    running: new Map(),
    held: new Set(),
    epoch: 0,
    member: false,
    leaseUntil: null,
    heartbeats: new Map(),
    scoreboard: new Map(),
    mapsWon: new Set(),
    partsWon: new Set(),
    journaled: 0,
    outcome: '',
    uploads: new Set(),
    parts: new Set(),
    success: false,
    news: '',
    told: '',
  };
}

/** Folds on from where it was when it is asked for a later record of the same node. */
export class NodeStates {
  private readonly run: Run;
  private readonly lease: number;
  private node = -1;
  private place = 0;
  private state: NodeState = blank();

  constructor(run: Run, lease: number) {
    this.run = run;
    this.lease = lease;
  }

  /** The state of `node` once `record` has happened. Valid until the next call. */
  after(node: number, record: number): NodeState {
    // What the store holds is told where its operations are issued.
    const isStore = nodeName(this.run, node) === 'store';
    const list = isStore ? null : (this.run.ofNode[node] ?? new Uint32Array());
    const last =
      this.place === 0 ? -1 : list === null ? this.place - 1 : (list[this.place - 1] ?? -1);
    if (node !== this.node || last > record) {
      this.node = node;
      this.place = 0;
      this.state = blank();
    }
    const length = list === null ? this.run.count : list.length;
    while (this.place < length) {
      const next = list === null ? this.place : (list[this.place] ?? 0);
      if (next > record) break;
      if (!isStore || nodeName(this.run, this.run.node[next]) === 'store') this.apply(next);
      if (isStore) this.applyToStore(next);
      this.place++;
    }
    return this.state;
  }

  private apply(record: number): void {
    const { run, state } = this;
    const [event, what, fate] = shapeOf(run, record);
    const about = textOf(run, run.about[record]);
    const more = textOf(run, run.more[record]);
    const at = run.at[record] ?? 0;
    switch (event) {
      case 'started':
        this.start(more);
        return;
      case 'stopped':
        state.up = false;
        state.paused = false;
        state.running.clear();
        return;
      case 'paused':
      case 'resumed':
        state.paused = event === 'paused';
        return;
      case 'fault':
        if (what === 'crash' && fate === 'wiped') state.held.clear();
        return;
      case 'sent':
        if (what === 'heartbeat') state.heartbeats.set(about, at);
        if (what === 'report') this.doing(about, `ended: ${more}, report not yet answered`, at);
        return;
      case 'delivered':
        this.receive(what, about, more, at);
        return;
      case 'began':
        this.begin(what, about, at);
        return;
      case 'completed':
        if (more === 'mapped') state.held.add(about);
        return;
      case 'dropped':
        if (what === 'discard') state.held.delete(about);
        else state.running.delete(about);
        return;
      case 'epoch':
        state.epoch = Number(more);
        return;
      case 'journal':
        for (const entry of more.split(', ')) this.journal(entry);
        return;
      case 'scoreboard': {
        const [running = 0, held = 0] = more.split(' ').map(Number);
        const replica = nodeName(run, run.peer[record]);
        state.scoreboard.set(replica, { state: what, running, held });
        return;
      }
      case 'told':
        state.told = more;
        return;
      default:
        return;
    }
  }

  /** A new life knows nothing; what lies on the disk is still there. */
  private start(life: string): void {
    const { held } = this.state;
    this.state = blank();
    for (const attempt of held) this.state.held.add(attempt);
    this.state.up = true;
    this.state.life = Number(life.split(' ')[1] ?? 0);
  }

  private receive(what: string, about: string, more: string, at: number): void {
    const { state } = this;
    switch (what) {
      case 'assign':
        return this.doing(about, about.startsWith('reduce') ? 'shuffling' : 'assigned', at);
      case 'page-received':
        if (more === 'welcome') state.member = true;
        return;
      case 'heartbeat-answer': {
        const sent = state.heartbeats.get(about);
        if (sent === undefined) return;
        state.leaseUntil = Math.max(state.leaseUntil ?? 0, sent + this.lease);
        // Older ones will not be asked for again.
        if (state.heartbeats.size > 64) state.heartbeats.clear();
        return;
      }
      case 'report-answer':
        state.running.delete(about);
        return;
      case 'current':
        state.epoch = Number(about.split(' ')[1] ?? 0);
        return;
      case 'news':
        state.news = more;
        return;
      default:
        return;
    }
  }

  private begin(what: string, about: string, at: number): void {
    if (what === 'run-map') this.doing(about, 'mapping', at);
    else if (what === 'run-reduce') this.doing(about, 'reducing', at);
    else if (what === 'fetch') this.doing(about, 'shuffling', at);
    else if (what === 'store' && /^(map|reduce)-/.test(about) && this.state.running.has(about)) {
      this.doing(about, 'uploading', at);
    }
  }

  private doing(attempt: string, doing: string, at: number): void {
    const known = this.state.running.get(attempt);
    if (known === undefined) this.state.running.set(attempt, { attempt, doing, since: at });
    else known.doing = doing;
  }

  private journal(entry: string): void {
    const { state } = this;
    const [kind] = entry.split(' ', 1);
    const about = entry.slice(entry.indexOf(' ') + 1);
    const task = about.replace(/\/[\d.]+/, '');
    state.journaled++;
    if (kind === 'map-won') state.mapsWon.add(task);
    if (kind === 'part-won') state.partsWon.add(task);
    if (kind === 'job-outcome' || kind === 'job-ended') state.outcome = about;
  }

  private applyToStore(record: number): void {
    const { run, state } = this;
    const [event, operation] = shapeOf(run, record);
    if (event !== 'store' || textOf(run, run.more[record]) !== 'ok') return;
    const about = textOf(run, run.about[record]);
    switch (operation) {
      case 'upload':
        state.uploads.add(about);
        return;
      case 'publish':
        state.uploads.delete(about);
        state.parts.add(about);
        return;
      case 'make-success':
        state.success = true;
        return;
      case 'delete-temporary':
        state.uploads.clear();
        return;
      case 'delete-output':
        state.parts.clear();
        state.success = false;
        return;
      default:
        return;
    }
  }
}
