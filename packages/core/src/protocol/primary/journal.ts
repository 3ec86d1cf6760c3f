/**
 * The journal: opened once per life, then appended to.
 *
 * Every epoch writes only its own file. Opening epoch N: create its marker exclusively; find the
 * newest epoch whose file begins with an adoption record; read the prefixes it names, its own file
 * and every later one; write the own adoption record; and then see that no higher marker exists.
 * Appending: write and sync, see that no higher marker exists, and only then act. So either a
 * successor read an entry before it wrote its adoption, or the writer sees the successor's marker
 * and never acts on it.
 */
import { assert, unreachable } from '../../errors/assert.ts';
import { effectId, epoch as asEpoch } from '../ids.ts';
import type { EffectId, Epoch } from '../ids.ts';
import type { Result } from '../effects.ts';
import type { AdoptedPrefix, JournalEntry } from '../journal-entries.ts';
import type { JournalPhase, PendingEffect, PrimaryState } from './state.ts';

/** What the journal tells the rest of the primary. */
export type JournalNews =
  | { readonly kind: 'nothing' }
  /** The journal is open: these are all the decisions of the past. */
  | { readonly kind: 'opened'; readonly history: readonly JournalEntry[] }
  /** These decisions are durable and stand: act on them. */
  | { readonly kind: 'appended'; readonly batch: readonly JournalEntry[] };

const NOTHING: JournalNews = { kind: 'nothing' };

type Reading = Extract<JournalPhase, { kind: 'reading' }>;
type ReadingPrefixes = Extract<JournalPhase, { kind: 'reading-prefixes' }>;

/** Names an effect whose completion is awaited. */
export function expectEffect(state: PrimaryState, pending: PendingEffect): EffectId {
  const effect = effectId(++state.lastEffect);
  state.pending.set(effect, pending);
  return effect;
}

export function beginOpening(state: PrimaryState): void {
  state.journal = { kind: 'listing' };
  listMarkers(state);
}

/** Decides: the entry is written, and acted upon when it is durable and no successor has come. */
export function decide(state: PrimaryState, entry: JournalEntry): void {
  state.decided.push(entry);
}

/** This life ends: nothing it says or does counts any more. */
export function resign(state: PrimaryState, reason: 'journal-failed' | 'superseded'): void {
  state.journal = { kind: 'resigned' };
  state.pending.clear();
  state.effects.push({ kind: 'resign', reason });
}

/** A journal effect is complete. */
export function journalCompleted(state: PrimaryState, result: Result): JournalNews {
  const { journal } = state;
  switch (journal.kind) {
    case 'listing':
      assert(result.kind === 'journal-list', 'markers were asked for');
      return create(state, asEpoch(highest(result.epochs) + 1));
    case 'creating':
      assert(result.kind === 'journal-created', 'a marker was being created');
      // An unclear answer leaves a marker that nobody owns: take the next number.
      if (result.created !== 'created') return create(state, asEpoch(journal.epoch + 1));
      return readNext(state, {
        kind: 'reading',
        epoch: journal.epoch,
        older: range(1, journal.epoch),
        read: [],
      });
    case 'reading':
      return onRead(state, journal, result);
    case 'reading-prefixes':
      return onPrefixRead(state, journal, result);
    case 'adopting':
      assert(result.kind === 'journal-written', 'an adoption record was being written');
      if (!result.ok) return failed(state, 'journal-failed');
      state.journal = { ...journal, kind: 'confirming' };
      listMarkers(state);
      return NOTHING;
    case 'confirming':
      assert(result.kind === 'journal-list', 'markers were asked for');
      if (highest(result.epochs) > journal.epoch) return failed(state, 'superseded');
      state.epoch = journal.epoch;
      state.journal = { kind: 'idle' };
      return { kind: 'opened', history: journal.history };
    case 'writing':
      assert(result.kind === 'journal-written', 'a batch was being written');
      // Nothing may follow an entry that may be torn.
      if (!result.ok) return failed(state, 'journal-failed');
      check(state, journal.batch);
      return NOTHING;
    case 'checking':
      assert(result.kind === 'journal-list', 'markers were asked for');
      if (highest(result.epochs) > state.epoch) return failed(state, 'superseded');
      if (state.doubt === 'to-be-checked') {
        // This process stood still after it asked: the answer is of the time before.
        check(state, journal.batch);
        return NOTHING;
      }
      state.doubt = 'none';
      state.journal = { kind: 'idle' };
      return { kind: 'appended', batch: journal.batch };
    case 'idle':
    case 'resigned':
      assert(false, 'the journal waits for nothing');
      return NOTHING;
    default:
      return unreachable(journal);
  }
}

/** Writes what was decided, unless a batch is on its way: then it goes with the next one. */
export function writeBatch(state: PrimaryState): void {
  if (state.journal.kind !== 'idle') return;
  if (state.decided.length === 0) {
    if (state.doubt === 'to-be-checked') check(state, []);
    return;
  }
  const batch = state.decided.splice(0);
  state.journal = { kind: 'writing', batch };
  const effect = expectEffect(state, { kind: 'journal' });
  state.effects.push({ kind: 'journal-write', effect, epoch: state.epoch, entries: batch });
}

/** Looks for a successor's marker before these entries, durable already, are acted upon. */
function check(state: PrimaryState, batch: readonly JournalEntry[]): void {
  if (state.doubt === 'to-be-checked') state.doubt = 'being-checked';
  state.journal = { kind: 'checking', batch };
  listMarkers(state);
}

// -------------------------------------------------------------------- opening

function create(state: PrimaryState, epoch: Epoch): JournalNews {
  state.journal = { kind: 'creating', epoch };
  const effect = expectEffect(state, { kind: 'journal' });
  state.effects.push({ kind: 'journal-create', effect, epoch });
  return NOTHING;
}

/** Reads backwards, from the newest file on, until one begins with an adoption record. */
function readNext(state: PrimaryState, reading: Reading): JournalNews {
  const next = reading.older.pop();
  if (next === undefined) return adopt(state, reading.epoch, [], []);
  state.journal = reading;
  readFile(state, next);
  return NOTHING;
}

function onRead(state: PrimaryState, reading: Reading, result: Result): JournalNews {
  assert(result.kind === 'journal-read', 'a file of the journal was being read');
  reading.read.push({ entries: result.entries, prefix: result.prefix });
  const [first] = result.entries;
  if (first === undefined || first.kind !== 'adoption') return readNext(state, reading);
  // This file is the base: its history is the prefixes it names, then itself, then later files.
  const later = reading.read.slice().reverse();
  const tail = later.flatMap((file) => file.entries);
  const prefixes = [...first.prefixes, ...later.map((file) => file.prefix)];
  return readNextPrefix(state, {
    kind: 'reading-prefixes',
    epoch: reading.epoch,
    prefixes,
    wanted: first.prefixes.slice(),
    entries: [],
    tail,
  });
}

function readNextPrefix(state: PrimaryState, reading: ReadingPrefixes): JournalNews {
  const [next] = reading.wanted;
  if (next === undefined) {
    return adopt(state, reading.epoch, reading.prefixes, [...reading.entries, ...reading.tail]);
  }
  state.journal = reading;
  readFile(state, next.epoch);
  return NOTHING;
}

function onPrefixRead(state: PrimaryState, reading: ReadingPrefixes, result: Result): JournalNews {
  assert(result.kind === 'journal-read', 'a file of the journal was being read');
  const prefix = reading.wanted.shift();
  assert(prefix !== undefined, 'a prefix was being read');
  assert(result.entries.length >= prefix.entries, 'what was adopted was synced before');
  // What lies beyond an adopted length never happened.
  reading.entries.push(...result.entries.slice(0, prefix.entries));
  return readNextPrefix(state, reading);
}

function adopt(
  state: PrimaryState,
  epoch: Epoch,
  prefixes: readonly AdoptedPrefix[],
  history: readonly JournalEntry[],
): JournalNews {
  state.journal = { kind: 'adopting', epoch, history };
  const effect = expectEffect(state, { kind: 'journal' });
  const adoption = { kind: 'adoption', epoch, prefixes } as const;
  state.effects.push({ kind: 'journal-write', effect, epoch, entries: [adoption] });
  return NOTHING;
}

// -------------------------------------------------------------------- plumbing

function listMarkers(state: PrimaryState): void {
  const effect = expectEffect(state, { kind: 'journal' });
  state.effects.push({ kind: 'journal-list', effect });
}

function readFile(state: PrimaryState, epoch: Epoch): void {
  const effect = expectEffect(state, { kind: 'journal' });
  state.effects.push({ kind: 'journal-read', effect, epoch });
}

function failed(state: PrimaryState, reason: 'journal-failed' | 'superseded'): JournalNews {
  resign(state, reason);
  return NOTHING;
}

function highest(epochs: readonly Epoch[]): number {
  let max = 0;
  for (const epoch of epochs) if (epoch > max) max = epoch;
  return max;
}

/** The epochs from `from` up to and without `to`. */
function range(from: number, to: number): Epoch[] {
  const epochs: Epoch[] = [];
  for (let i = from; i < to; i++) epochs.push(asEpoch(i));
  return epochs;
}
