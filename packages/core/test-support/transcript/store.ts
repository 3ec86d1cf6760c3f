// The output store as a node of its own: directories, attempts' uploads, parts. It outlives every
// process, and can be told to be full or to lose its answers.
import { unreachable } from '../../src/errors/assert.ts';
import { attemptName } from '../../src/protocol/index.ts';
import type {
  JobId,
  Microseconds,
  PartIdentity,
  StoreAnswer,
  StoreOperation,
} from '../../src/protocol/index.ts';
import type { Contents } from './contents.ts';

interface Directory {
  readonly job: JobId;
  /** `_temporary/<job>`: uploads by the names of their attempts. */
  readonly temporary: Map<JobId, Map<string, PartIdentity>>;
  readonly parts: Map<number, PartIdentity>;
  success: boolean;
}

export class OutputStore {
  full = false;
  /** Kinds of operation whose next answers are lost after the operation was done. */
  readonly unclear: StoreOperation['kind'][] = [];
  /** How long the next operation of a kind takes to reach the store, where that is not the usual. */
  readonly slow = new Map<StoreOperation['kind'], Microseconds>();
  private readonly directories = new Map<string, Directory>();

  perform(operation: StoreOperation): StoreAnswer {
    const answer = this.attempt(operation);
    const lost = this.unclear.indexOf(operation.kind);
    if (lost < 0) return answer;
    this.unclear.splice(lost, 1);
    return 'unclear';
  }

  private attempt(operation: StoreOperation): StoreAnswer {
    const directory = this.directories.get(operation.output);
    switch (operation.kind) {
      case 'make-output':
        if (directory !== undefined) return directory.job === operation.job ? 'ok' : 'exists';
        this.directories.set(operation.output, {
          job: operation.job,
          temporary: new Map(),
          parts: new Map(),
          success: false,
        });
        return 'ok';
      case 'make-temporary':
        if (directory === undefined) return 'no-parent';
        if (!directory.temporary.has(operation.job)) {
          directory.temporary.set(operation.job, new Map());
        }
        return 'ok';
      case 'upload':
        return this.upload(directory, operation);
      case 'publish':
        return publish(directory, operation);
      case 'make-success':
        if (directory === undefined) return 'no-parent';
        directory.success = true;
        return 'ok';
      case 'delete-temporary':
        directory?.temporary.delete(operation.job);
        return 'ok';
      case 'delete-output':
        if (directory?.job === operation.job) this.directories.delete(operation.output);
        return 'ok';
      default:
        return unreachable(operation);
    }
  }

  private upload(
    directory: Directory | undefined,
    { attempt, part }: Extract<StoreOperation, { kind: 'upload' }>,
  ): StoreAnswer {
    const temporary = directory?.temporary.get(attempt.job);
    if (temporary === undefined) return 'no-parent';
    if (this.full) return 'full';
    temporary.set(attemptName(attempt), part);
    return 'ok';
  }

  /** The whole store, one line per file. */
  print(contents: Contents): string[] {
    const lines: string[] = [];
    for (const [output, { job, temporary, parts, success }] of this.directories) {
      lines.push(`${output}/ (made for ${job})`);
      for (const [index, part] of [...parts].toSorted(([a], [b]) => a - b)) {
        lines.push(`${output}/${partName(index)} = ${contents.text(part.checksum)}`);
      }
      if (success) lines.push(`${output}/_SUCCESS`);
      for (const [id, uploads] of temporary) {
        lines.push(`${output}/_temporary/${id}/`);
        for (const [name, part] of uploads) {
          const file = name.replace('/', '-').replace('.', '-');
          lines.push(`${output}/_temporary/${id}/${file} = ${contents.text(part.checksum)}`);
        }
      }
    }
    return lines.length === 0 ? ['(empty)'] : lines;
  }
}

function publish(
  directory: Directory | undefined,
  { attempt, part }: Extract<StoreOperation, { kind: 'publish' }>,
): StoreAnswer {
  if (directory === undefined) return 'no-parent';
  const present = directory.parts.get(attempt.task);
  if (present !== undefined) {
    return present.checksum === part.checksum && present.length === part.length ? 'ok' : 'taken';
  }
  const temporary = directory.temporary.get(attempt.job);
  const source = temporary?.get(attemptName(attempt));
  if (source === undefined) return 'no-source';
  temporary?.delete(attemptName(attempt));
  directory.parts.set(attempt.task, source);
  return 'ok';
}

function partName(index: number): string {
  return `part-${String(index).padStart(5, '0')}`;
}
