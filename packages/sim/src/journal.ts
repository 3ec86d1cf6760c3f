/**
 * The journal's store. Each epoch has a file, made exclusively; what is appended becomes visible
 * while it is being written, and durable when it is synced or when a reader syncs it. When the
 * writer dies in the middle of a write, any whole-entry prefix of it may have become durable, and
 * nothing follows it.
 */
import type { AdoptedPrefix, Epoch, JournalEntry, NodeId } from '@lisping/core';
import { EntryLog } from './entry-log.ts';
import type { JournalView } from './observe.ts';

/** A write that has been issued and not yet synced. */
export interface PendingWrite {
  readonly writer: NodeId;
  readonly entries: readonly JournalEntry[];
  /** How many of them are durable already, because a reader synced them. */
  durable: number;
}

interface JournalFile {
  readonly entries: EntryLog;
  /** In the order of issue; one follows the other. */
  pending: PendingWrite[];
  /** Its writer died in the middle of an entry: nothing can follow. */
  torn: boolean;
}

export class Journal implements JournalView {
  private readonly files = new Map<Epoch, JournalFile>();
  /** Ascending. Replaced when one is made, and never changed: it is asked for after every write. */
  private markers: readonly Epoch[] = [];

  /** Makes the marker; false when it is there. */
  create(epoch: Epoch): boolean {
    if (this.files.has(epoch)) return false;
    this.files.set(epoch, { entries: new EntryLog(), pending: [], torn: false });
    this.markers = [...this.markers, epoch].sort((a, b) => a - b);
    return true;
  }

  epochs(): readonly Epoch[] {
    return this.markers;
  }

  entries(epoch: Epoch): readonly JournalEntry[] {
    return this.files.get(epoch)?.entries.read() ?? [];
  }

  /** How many durable entries the epoch's file has. */
  lengthOf(epoch: Epoch): number {
    return this.files.get(epoch)?.entries.length ?? 0;
  }

  beginWrite(writer: NodeId, epoch: Epoch, entries: readonly JournalEntry[]): PendingWrite {
    const write: PendingWrite = { writer, entries, durable: 0 };
    this.files.get(epoch)?.pending.push(write);
    return write;
  }

  /** The write is synced: all of it is durable. The entries that became so just now. */
  endWrite(epoch: Epoch, write: PendingWrite): readonly JournalEntry[] {
    return this.settle(epoch, write, write.entries.length);
  }

  /** The writer is dead: `count` entries, not fewer than are durable already, made it. */
  tearWrite(epoch: Epoch, write: PendingWrite, count: number): readonly JournalEntry[] {
    return this.settle(epoch, write, count);
  }

  private settle(epoch: Epoch, write: PendingWrite, count: number): readonly JournalEntry[] {
    const file = this.files.get(epoch);
    if (file === undefined || file.torn) return [];
    file.pending = file.pending.filter((other) => other !== write);
    const fresh = write.entries.slice(write.durable, count);
    for (const entry of fresh) file.entries.push(entry);
    if (count < write.entries.length) file.torn = true;
    return fresh;
  }

  /** The write that is under way in the file, if one is. */
  underWay(epoch: Epoch): PendingWrite | null {
    const file = this.files.get(epoch);
    return file === undefined || file.torn ? null : (file.pending[0] ?? null);
  }

  /**
   * Syncs what is visible of the write under way, `visible` entries of it, as a reader does before
   * it reads. The entries that became durable.
   */
  syncVisible(epoch: Epoch, write: PendingWrite, visible: number): readonly JournalEntry[] {
    const file = this.files.get(epoch);
    if (file === undefined) return [];
    const fresh = write.entries.slice(write.durable, visible);
    for (const entry of fresh) file.entries.push(entry);
    write.durable += fresh.length;
    return fresh;
  }

  /** What a reader finds, up to the last whole entry. */
  read(epoch: Epoch): { entries: readonly JournalEntry[]; prefix: AdoptedPrefix } {
    const log = this.files.get(epoch)?.entries ?? new EntryLog();
    const prefix = { epoch, entries: log.length, checksum: log.checksum() };
    return { entries: log.read(), prefix };
  }
}
