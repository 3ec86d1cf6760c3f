/**
 * The output store: directories, exclusive creates, renames that never overwrite. A state machine
 * without time or network; its node gives it those.
 */
import { attemptName, unreachable } from '@lisping/core';
import type { AttemptId, JobId, PartIdentity, StoreAnswer, StoreOperation } from '@lisping/core';
import type { OutputView, StoredPart, StoreView } from './observe.ts';
import { sizeOfPart } from './made.ts';
import type { PartContent } from './made.ts';

type Files = Map<string, StoredPart>;

interface Directory {
  readonly output: string;
  readonly job: JobId;
  readonly parts: Map<number, StoredPart>;
  readonly temporary: Map<JobId, Files>;
  success: boolean;
}

type Upload = StoreOperation & { readonly kind: 'upload' };
type Publish = StoreOperation & { readonly kind: 'publish' };

export class OutputStore implements StoreView {
  /** No room for uploads. */
  full = false;
  private readonly directories = new Map<string, Directory>();

  outputs(): readonly OutputView[] {
    return [...this.directories.values()].map(viewOf);
  }

  find(output: string): OutputView | undefined {
    const directory = this.directories.get(output);
    return directory === undefined ? undefined : viewOf(directory);
  }

  /** Directories for attempts that are still there, and output directories of `job`'s failure. */
  temporaries(): number {
    let count = 0;
    for (const { temporary } of this.directories.values()) count += temporary.size;
    return count;
  }

  /** Does one operation. `content` is what an upload brings. */
  apply(operation: StoreOperation, content: PartContent | null): StoreAnswer {
    switch (operation.kind) {
      case 'make-output':
        return this.makeOutput(operation.output, operation.job);
      case 'make-temporary':
        return this.makeTemporary(operation.output, operation.job);
      case 'upload':
        return content === null ? 'no-source' : this.upload(operation, content, true);
      case 'publish':
        return this.publish(operation);
      case 'make-success':
        return this.makeSuccess(operation.output, operation.job);
      case 'delete-temporary':
        this.directories.get(operation.output)?.temporary.delete(operation.job);
        return 'ok';
      case 'delete-output':
        if (this.directories.get(operation.output)?.job === operation.job) {
          this.directories.delete(operation.output);
        }
        return 'ok';
      default:
        return unreachable(operation);
    }
  }

  /** An upload broke off: some of the bytes lie there, under a name that nobody publishes. */
  breakOff(operation: Upload, content: PartContent): void {
    const half = content.bytes.subarray(0, content.bytes.length >> 1);
    this.upload(operation, { ...content, bytes: half, checksum: -1 }, false);
  }

  private makeOutput(output: string, job: JobId): StoreAnswer {
    const directory = this.directories.get(output);
    if (directory !== undefined) return directory.job === job ? 'ok' : 'exists';
    this.directories.set(output, {
      output,
      job,
      parts: new Map(),
      temporary: new Map(),
      success: false,
    });
    return 'ok';
  }

  private makeTemporary(output: string, job: JobId): StoreAnswer {
    const directory = this.directories.get(output);
    if (directory === undefined) return 'no-parent';
    if (directory.job !== job) return 'taken';
    if (!directory.temporary.has(job)) directory.temporary.set(job, new Map());
    return 'ok';
  }

  private upload({ output, attempt }: Upload, content: PartContent, whole: boolean): StoreAnswer {
    const files = this.files(output, attempt);
    if (files === undefined) return 'no-parent';
    if (this.full) return 'full';
    const name = attemptName(attempt);
    const there = files.get(name);
    // The repeat of an upload that had arrived changes nothing.
    if (there?.whole === true && sameContent(there.content, content)) return 'ok';
    if (there?.whole === true && !whole) return 'ok';
    files.set(name, { attempt, content, whole });
    return 'ok';
  }

  private publish({ output, attempt, part }: Publish): StoreAnswer {
    const directory = this.directories.get(output);
    if (directory === undefined) return 'no-parent';
    const there = directory.parts.get(attempt.task);
    if (there !== undefined) return is(there, part) ? 'ok' : 'taken';
    const files = this.files(output, attempt);
    const name = attemptName(attempt);
    const source = files?.get(name);
    if (files === undefined || source === undefined) return 'no-source';
    files.delete(name);
    directory.parts.set(attempt.task, source);
    return 'ok';
  }

  private makeSuccess(output: string, job: JobId): StoreAnswer {
    const directory = this.directories.get(output);
    if (directory === undefined) return 'no-parent';
    if (directory.job !== job) return 'taken';
    directory.success = true;
    return 'ok';
  }

  private files(output: string, attempt: AttemptId): Files | undefined {
    return this.directories.get(output)?.temporary.get(attempt.job);
  }
}

function viewOf({ output, job, parts, success, temporary }: Directory): OutputView {
  return {
    output,
    job,
    parts,
    success,
    temporary: [...temporary].map(([of, files]) => ({ job: of, files: [...files.values()] })),
  };
}

function is(stored: StoredPart, part: PartIdentity): boolean {
  const { content } = stored;
  const isSame = sizeOfPart(content) === part.length && content.checksum === part.checksum;
  return stored.whole && isSame;
}

function sameContent(a: PartContent, b: PartContent): boolean {
  return a.checksum === b.checksum && sizeOfPart(a) === sizeOfPart(b);
}
