// The journal as a store of its own: one marker and one file per epoch, in memory. What is written
// here is durable; every crash happens between two calls.
import { assert } from '../../src/errors/assert.ts';
import type { AdoptedPrefix, Adoption, Epoch, JournalEntry } from '../../src/protocol/index.ts';

export class Journal {
  private readonly files = new Map<Epoch, JournalEntry[]>();

  /** The marker and the empty file; false when they were there. */
  create(epoch: Epoch): boolean {
    if (this.files.has(epoch)) return false;
    this.files.set(epoch, []);
    return true;
  }

  epochs(): Epoch[] {
    return [...this.files.keys()];
  }

  write(epoch: Epoch, entries: readonly JournalEntry[]): void {
    const file = this.files.get(epoch);
    assert(file !== undefined, 'a primary writes the file it created');
    file.push(...entries);
  }

  /** An epoch whose marker was never created reads as empty. */
  read(epoch: Epoch): { entries: readonly JournalEntry[]; prefix: AdoptedPrefix } {
    const entries = (this.files.get(epoch) ?? []).slice();
    return { entries, prefix: { epoch, entries: entries.length, checksum: entries.length } };
  }

  /** How many entries of this file count for the newest epoch that has adopted anything. */
  counted(epoch: Epoch): number {
    const adoption = this.newestAdoption();
    if (adoption === undefined || adoption.epoch <= epoch)
      return this.files.get(epoch)?.length ?? 0;
    return adoption.prefixes.find((prefix) => prefix.epoch === epoch)?.entries ?? 0;
  }

  /** Every entry that counts, in order. */
  history(): JournalEntry[] {
    return this.epochs().flatMap((epoch) => this.read(epoch).entries.slice(0, this.counted(epoch)));
  }

  private newestAdoption(): Adoption | undefined {
    for (const file of [...this.files.values()].toReversed()) {
      const [first] = file;
      if (first?.kind === 'adoption') return first;
    }
    return undefined;
  }
}
