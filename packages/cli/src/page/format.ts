/**
 * What a report carries: the result as it was printed, and each run as columns. The command line
 * writes it, the page reads it; both are of the same version, so there is no older form to read.
 *
 * A run's records and bars are rows of unsigned varints in base64, a few bytes each; texts are numbers
 * into `strings`. Times are microseconds.
 */

/** One report, as JSON within the page. */
export interface Report {
  readonly version: string;
  readonly job: string;
  readonly seed: string;
  readonly replicas: number;
  readonly verdict: 'passed' | 'failed' | 'no-convergence';
  /** The command that shows this again. */
  readonly command: string;
  /** `14 181 events`, `44.2 s simulated`: what is worth knowing at first sight. */
  readonly figures: readonly string[];
  readonly error: ReportedError | null;
  readonly lease: number;
  /** The passes of the job, of which there is mostly one, and then the shrunk schedule if there is one. */
  readonly runs: readonly EncodedRun[];
}

export interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

interface ReportedCheck {
  readonly name: string;
  readonly title: string;
  readonly ok: boolean;
  readonly detail?: string;
  readonly at?: number;
}

interface ReportedLine {
  readonly at: number;
  readonly node: string;
  readonly text: string;
  readonly broken: boolean;
}

export interface EncodedRun {
  readonly role: 'original' | 'minimal';
  readonly title: string;
  /** The command that repeats this schedule alone, where it is another than the report's. */
  readonly command: string | null;
  readonly checks: readonly ReportedCheck[];
  readonly story: readonly ReportedLine[];
  /** Nodes by number; 0 is `world`, which is no node. */
  readonly nodes: readonly string[];
  readonly slots: number;
  readonly strings: readonly string[];
  /** What kinds of records there are: the event, and the message, effect or state it is of. */
  readonly shapes: readonly Shape[];
  readonly records: number;
  /** Per record: time since the one before, shape, node, peer + 1, about, more, records back to the other end of its arrow. */
  readonly recordRows: string;
  readonly bars: number;
  /** Per bar: time since the start of the one before, node, slot, attempt, 0 map or 1 reduce, duration, shuffle + 1, ending. */
  readonly barRows: string;
  readonly faults: readonly ReportedFault[];
}

export type Shape = readonly [event: string, what: string, fate: string];

export interface ReportedFault {
  readonly kind: string;
  readonly target: string;
  /** In the words of the story. */
  readonly text: string;
  readonly at: number;
  /** Null: it strikes once. */
  readonly until: number | null;
  /** The node it strikes; null for a fault of links. */
  readonly node: number | null;
  /** The two ends of the link; an empty list stands for everybody. */
  readonly link: readonly [from: readonly number[], to: readonly number[]] | null;
  readonly both: boolean;
}

/** What became of an attempt, by the number in its bar. */
export const ENDINGS = [
  'won',
  'repeated',
  'beaten',
  'failed',
  'stopped',
  'lost',
  'running',
] as const;
