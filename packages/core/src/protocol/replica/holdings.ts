/**
 * The outputs on a replica's disk, and which attempts may never start (again) here.
 */
import { attemptElement, checksumsDigest, jobHash } from '../digest.ts';
import type { HeldSummary } from '../digest.ts';
import { sameAttempt } from '../ids.ts';
import { without, withItem } from '../lists.ts';
import type { AttemptId, JobId } from '../ids.ts';
import type { HeldOutput } from '../plan.ts';

interface Held {
  readonly output: HeldOutput;
  readonly element: number;
  /** The primary answered `journaled`: the output counts in the heartbeat's digest. */
  acknowledged: boolean;
}

interface JobHoldings {
  readonly hash: number;
  held: readonly Held[];
  /** Attempts that ended here or were revoked: a launch that comes later is refused. */
  closed: readonly AttemptId[];
}

const NO_OUTPUTS: readonly Held[] = [];
const NO_ATTEMPTS: readonly AttemptId[] = [];

/** What one incarnation of a replica holds and refuses, by job. */
export class Holdings {
  /** The digest of acknowledged outputs, as every heartbeat carries it. */
  digest = 0;
  private readonly jobs = new Map<JobId, JobHoldings>();
  /** Jobs that ended: whatever comes of theirs is too late. */
  private readonly endedJobs = new Set<JobId>();

  private of(job: JobId): JobHoldings {
    let holdings = this.jobs.get(job);
    if (holdings === undefined) {
      holdings = { hash: jobHash(job), held: NO_OUTPUTS, closed: NO_ATTEMPTS };
      this.jobs.set(job, holdings);
    }
    return holdings;
  }

  add(output: HeldOutput): void {
    const holdings = this.of(output.attempt.job);
    const element = attemptElement(output.attempt, holdings.hash);
    holdings.held = withItem(holdings.held, { output, element, acknowledged: false });
  }

  holds(attempt: AttemptId): boolean {
    return this.find(attempt) !== undefined;
  }

  acknowledge(attempt: AttemptId): void {
    const held = this.find(attempt);
    if (held === undefined || held.acknowledged) return;
    held.acknowledged = true;
    this.digest = (this.digest + held.element) | 0;
  }

  /** Forgets the output; true when there was one to discard. */
  remove(attempt: AttemptId): boolean {
    const holdings = this.jobs.get(attempt.job);
    const held = this.find(attempt);
    if (holdings === undefined || held === undefined) return false;
    if (held.acknowledged) this.digest = (this.digest - held.element) | 0;
    holdings.held = without(holdings.held, held);
    return true;
  }

  close(attempt: AttemptId): void {
    if (this.isClosed(attempt)) return;
    const holdings = this.of(attempt.job);
    holdings.closed = withItem(holdings.closed, attempt);
  }

  isClosed(attempt: AttemptId): boolean {
    if (this.endedJobs.has(attempt.job)) return true;
    const closed = this.jobs.get(attempt.job)?.closed;
    return closed !== undefined && closed.some((other) => sameAttempt(other, attempt));
  }

  /** Forgets a job that ended, and names the outputs that lay here for it. */
  dropJob(job: JobId): AttemptId[] {
    this.endedJobs.add(job);
    const holdings = this.jobs.get(job);
    if (holdings === undefined) return [];
    for (const held of holdings.held) {
      if (held.acknowledged) this.digest = (this.digest - held.element) | 0;
    }
    this.jobs.delete(job);
    return holdings.held.map((held) => held.output.attempt);
  }

  /** Everything held, for a snapshot. */
  summaries(): HeldSummary[] {
    const summaries: HeldSummary[] = [];
    for (const holdings of this.jobs.values()) {
      for (const { output } of holdings.held) {
        summaries.push({
          attempt: output.attempt,
          checksums: checksumsDigest(output.checksums),
        });
      }
    }
    return summaries;
  }

  private find(attempt: AttemptId): Held | undefined {
    const held = this.jobs.get(attempt.job)?.held;
    return held?.find((other) => sameAttempt(other.output.attempt, attempt));
  }
}
