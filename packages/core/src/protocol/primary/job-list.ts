/** Some of the jobs, first come first: those that have something to place, or to yield. */

interface Ordered {
  readonly order: number;
}

export class JobList<Job extends Ordered> {
  /** In the order in which they were submitted. Not to be kept while jobs come and go. */
  readonly jobs: Job[] = [];

  /** Puts the job in its place. It must not be there. */
  add(job: Job): void {
    this.jobs.splice(this.placeOf(job), 0, job);
  }

  /** Takes it out again. */
  remove(job: Job): void {
    this.jobs.splice(this.placeOf(job), 1);
  }

  /** Where the job is, or would be. */
  private placeOf({ order }: Job): number {
    let low = 0;
    let high = this.jobs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.jobs[middle]?.order ?? 0) < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
