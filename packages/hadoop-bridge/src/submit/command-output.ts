// What the `hadoop` command prints while it runs a job, line by line, and what of it matters.
import type { HadoopCounter } from './job-counters.ts';

/** Called with what a line tells. */
export interface OutputEvents {
  readonly onSplits: (count: number) => void;
  readonly onAccepted: (application: string) => void;
  /** Percent. */
  readonly onProgress: (map: number, reduce: number) => void;
}

export interface CommandOutput {
  line(text: string): void;
  counters(): HadoopCounter[];
  /** Why the job was not launched, or failed; null when nothing was said about it. */
  complaint(): string | null;
}

/** Names that it translates for people. */
const NAMES: Readonly<Record<string, string>> = {
  'Map input records': 'MAP_INPUT_RECORDS',
  'Reduce input records': 'REDUCE_INPUT_RECORDS',
};

export function readCommandOutput(events: OutputEvents): CommandOutput {
  const counters: HadoopCounter[] = [];
  let group: string | null = null; // of the counters that are being listed
  let isListing = false;
  let complaint: string | null = null;

  const listed = (text: string): boolean => {
    const counter = /^\t\t(.*)=(-?\d+)$/.exec(text);
    if (counter !== null && group !== null) {
      const [, name = '', total = ''] = counter;
      counters.push({ group, name: NAMES[name] ?? name, total: Number(total) });
      return true;
    }
    const heading = /^\t(\S.*)$/.exec(text);
    group = heading?.[1] ?? null;
    return group !== null;
  };
  return {
    line(text) {
      if (isListing && listed(text)) return;
      isListing = /: Counters: \d+\s*$/.test(text);
      const splits = /number of splits: ?(\d+)/.exec(text);
      if (splits !== null) events.onSplits(Number(splits[1]));
      const application = /Submitted application (application_\d+_\d+)/.exec(text);
      if (application !== null) events.onAccepted(application[1]!);
      const progress = / map (\d+)% reduce (\d+)%/.exec(text);
      if (progress !== null) events.onProgress(Number(progress[1]), Number(progress[2]));
      const why =
        /Error Launching job : (.*)/.exec(text) ??
        /Job job_\d+_\d+ failed with state (.*)/.exec(text) ??
        /^(Unrecognized option.*|Exception in thread .*|ERROR: .*)/.exec(text);
      if (why !== null) complaint ??= why[1]!.trim();
    },
    counters: () => counters,
    complaint: () => complaint,
  };
}
