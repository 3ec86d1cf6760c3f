/**
 * What happened among machines, one line an event: what a node was told, and what it made of it. The
 * same lines are held against each other when two runs of one schedule differ.
 */
import type { Microseconds, NodeId } from '@lisping/core';
import { endOf, placeOf, wordsOf } from '../fault-words.ts';
import type { Fault } from '../fault.ts';
import type { Fate, Observer } from '../observe.ts';
import type { StoryLine } from '../story.ts';
import type { Broken } from './machine-run.ts';
import type { Foreign, ForeignEffect, ForeignRequest, Names } from './foreign.ts';
import type { MachineAnswer } from './machine.ts';

interface Note extends StoryLine {
  /** It has to be told whatever else is left out. */
  readonly isFault: boolean;
  /** Nothing came of it. */
  readonly isIdle: boolean;
}

/** Longer stories are not read. */
const LINES_MAX = 40;

export class MachineStory implements Observer<Foreign> {
  private readonly notes: Note[] = [];
  private readonly names: Names;
  private struck = false;

  constructor(names: Names) {
    this.names = names;
  }

  /** Every line, before anything is left out. */
  get lines(): readonly StoryLine[] {
    return this.notes;
  }

  private note(at: Microseconds, node: string, text: string, isFault = false): void {
    this.notes.push({ at, node, text, broken: false, isFault, isIdle: false });
  }

  /** What a node was told, and what it made of it. */
  private happened(
    at: Microseconds,
    node: NodeId,
    cause: string,
    effects: readonly ForeignEffect[],
  ): void {
    const done = effects.map(effectWords).filter((words) => words !== '');
    const text = done.length === 0 ? cause : `${cause} → ${done.join(', ')}`;
    const name = this.names.nameOf(node);
    this.notes.push({
      at,
      node: name,
      text,
      broken: false,
      isFault: false,
      isIdle: done.length === 0,
    });
  }

  faultApplied(now: Microseconds, fault: Fault): void {
    this.struck = true;
    this.note(now, placeOf(fault), wordsOf(fault), true);
  }

  faultEnded(now: Microseconds, fault: Fault): void {
    const text = endOf(fault);
    if (text !== null) this.note(now, placeOf(fault), text, true);
  }

  healed(now: Microseconds): void {
    if (this.struck) this.note(now, 'world', 'everything has healed', true);
  }

  processStarted(
    now: Microseconds,
    node: NodeId,
    life: number,
    effects: readonly ForeignEffect[],
  ): void {
    this.happened(now, node, life > 1 ? 'is back' : 'starts', effects);
  }

  sent(now: Microseconds, from: NodeId, to: NodeId, { message }: Parcel, fate: Fate): void {
    if (fate === 'on-its-way') return;
    const what = `${says(message)} from ${this.names.nameOf(from)} to ${this.names.nameOf(to)}`;
    this.note(now, 'network', `${FATE_WORDS[fate]} ${what}`);
  }

  undelivered(now: Microseconds, node: NodeId, from: NodeId, { message }: Parcel): void {
    const what = `${says(message)} from ${this.names.nameOf(from)}`;
    this.note(now, 'network', `${what} finds nobody at ${this.names.nameOf(node)}`);
  }

  delivered(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    { message }: Parcel,
    effects: readonly ForeignEffect[],
  ): void {
    const heard = `hears ${says(message)} from ${this.names.nameOf(from)}`;
    this.happened(now, node, heard, effects);
  }

  timerFired(
    now: Microseconds,
    node: NodeId,
    timer: number,
    effects: readonly ForeignEffect[],
  ): void {
    const rang = `timer ${this.names.timerName(timer)}`;
    this.happened(now, node, rang, effects);
  }

  completed(
    now: Microseconds,
    node: NodeId,
    request: ForeignRequest,
    answer: MachineAnswer,
    effects: readonly ForeignEffect[],
  ): void {
    this.happened(now, node, answerWords(request, answer), effects);
  }

  /** What was told up to a moment. */
  upTo(at: Microseconds): MachineStory {
    const begun = new MachineStory(this.names);
    begun.notes.push(...this.notes.filter((note) => note.at <= at));
    return begun;
  }

  /** The story up to where it broke. */
  tell({ name, detail, at }: Broken): StoryLine[] {
    const text = detail === '' ? name : `${name}: ${detail}`;
    const lines = repeatsJoined(this.notes.filter(({ isIdle }) => !isIdle));
    const last = lines.length - LINES_MAX;
    const kept = lines.filter(({ isFault }, place) => isFault || place >= last);
    const told = kept.map((note) => ({ ...lineOf(note), broken: false }));
    return [...told, { at, node: 'check', text, broken: true }];
  }
}

/** What a node does again and again is told once. */
function repeatsJoined(notes: readonly Note[]): Note[] {
  const joined: (Note & { times: number })[] = [];
  for (const note of notes) {
    const last = joined.at(-1);
    if (last?.node === note.node && last.text === note.text) last.times++;
    else joined.push({ ...note, times: 1 });
  }
  return joined.map(({ times, ...note }) =>
    times === 1 ? note : { ...note, text: `${note.text}, and ${times - 1} more times` },
  );
}

function lineOf({ at, node, text }: Note): Omit<StoryLine, 'broken'> {
  return { at, node, text };
}

type Parcel = Foreign['message'];

const FATE_WORDS = { lost: 'loses', cut: 'cuts off', duplicate: 'doubles' } as const;

function answerWords(request: ForeignRequest, answer: MachineAnswer): string {
  if (answer.kind === 'no-room') return 'has no room to write';
  switch (request.kind) {
    case 'write':
      return `has written ${says(request.values)}`;
    case 'read':
      return `has read ${request.key}`;
    case 'work':
      return 'has worked';
  }
}

function effectWords(effect: ForeignEffect): string {
  switch (effect.kind) {
    case 'send':
      return `sends ${says(effect.message.message)} to ${effect.name}`;
    case 'write':
      return `writes ${says(effect.values)}`;
    case 'read':
      return `reads ${effect.key}`;
    case 'work':
      return `works ${effect.takes / 1_000_000} s`;
    case 'output':
      return `shows ${says(effect.value)}`;
    case 'set-timer':
    case 'cancel-timer':
      return '';
  }
}

const WORDS_MAX = 80;

/** `granted {token: 2}` for what has a kind, else the value as one would write it. */
function says(value: unknown): string {
  const text = fieldsOf(value);
  return text.length > WORDS_MAX ? `${text.slice(0, WORDS_MAX - 1)}…` : text;
}

/** The same in full. */
export function fieldsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof Map) return `Map ${fieldsOf([...value])}`;
  if (value instanceof Set) return `Set ${fieldsOf([...value])}`;
  if (Array.isArray(value)) return `[${value.map(fieldsOf).join(', ')}]`;
  const { kind, ...rest } = value as { readonly kind?: unknown }; // any object may be asked for a kind
  const named = typeof kind === 'string';
  const fields = Object.entries(named ? rest : value).map(
    ([name, field]) => `${name}: ${fieldsOf(field)}`,
  );
  if (named) return fields.length === 0 ? kind : `${kind} {${fields.join(', ')}}`;
  return `{${fields.join(', ')}}`;
}
