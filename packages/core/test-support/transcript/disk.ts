// The disks of replicas: outputs of maps, each with the checksums it was stored with. A disk
// outlives the process, unless it is wiped.
import { assert } from '../../src/errors/assert.ts';
import { attemptName } from '../../src/protocol/index.ts';
import type {
  AttemptId,
  FetchStatus,
  HeldOutput,
  Location,
  NodeId,
} from '../../src/protocol/index.ts';

interface Stored {
  readonly output: HeldOutput;
  /** Partitions whose segment has lost a bit. */
  readonly damaged: Set<number>;
}

export class Disks {
  private readonly disks = new Map<NodeId, Map<string, Stored>>();

  private of(node: NodeId): Map<string, Stored> {
    let disk = this.disks.get(node);
    if (disk === undefined) {
      disk = new Map();
      this.disks.set(node, disk);
    }
    return disk;
  }

  keep(node: NodeId, output: HeldOutput): void {
    this.of(node).set(attemptName(output.attempt), { output, damaged: new Set() });
  }

  discard(node: NodeId, attempt: AttemptId): boolean {
    return this.of(node).delete(attemptName(attempt));
  }

  wipe(node: NodeId): void {
    this.of(node).clear();
  }

  /** What a process that starts finds on its disk. */
  held(node: NodeId): HeldOutput[] {
    return [...this.of(node).values()].map((stored) => stored.output);
  }

  /** Flips a bit in one segment of the output of this map task. */
  damage(node: NodeId, map: number, partition: number): void {
    const stored = [...this.of(node).values()].find(({ output }) => output.attempt.task === map);
    assert(stored !== undefined, `there is no output of map-${map} to damage`);
    stored.damaged.add(partition);
  }

  /** Reads one segment, as a peer that asks for it by location would find it. */
  look(node: NodeId, want: Location, partition: number): FetchStatus {
    const stored = this.of(node).get(attemptName(want.attempt));
    if (stored === undefined) return 'missing';
    const whole = !stored.damaged.has(partition);
    const expected = stored.output.checksums[partition] === want.checksums[partition];
    return whole && expected ? 'ok' : 'damaged';
  }
}
