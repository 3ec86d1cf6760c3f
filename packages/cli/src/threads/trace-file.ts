// The file of --trace: a line of JSON for every event, or, when its name ends in .json, the format of
// Chrome's tracing, which opens in Perfetto.
import type { TraceEvent } from '@lisping/sim';
import { chromeEvents } from '../seeing/chrome-trace.ts';
import { createWholeFile } from './whole-file.ts';

export interface TraceFile {
  /** An event of the pass that is being traced. */
  write(event: TraceEvent): void;
  /** What comes now is of the next pass. */
  nextPass(): void;
  finish(): void;
}

/** Opens the file at once. Throws LISPING_E_FILE and LISPING_E_DISK_FULL. */
export function createTraceFile(path: string): TraceFile {
  return path.toLowerCase().endsWith('.json') ? chromeFile(path) : lineFile(path);
}

function lineFile(path: string): TraceFile {
  const file = createWholeFile(path, 'trace');
  return {
    write: (event) => file.write(`${JSON.stringify(event)}\n`),
    nextPass: () => {},
    finish: () => file.finish(),
  };
}

/** Slices need both their ends, so nothing is written before the run is over. */
function chromeFile(path: string): TraceFile {
  const file = createWholeFile(path, 'trace');
  const passes: TraceEvent[][] = [[]];
  return {
    write: (event) => void passes.at(-1)?.push(event),
    nextPass: () => void passes.push([]),
    finish: () => {
      file.write('{"traceEvents":[');
      let separator = '\n';
      for (const event of chromeEvents(passes)) {
        file.write(`${separator}${JSON.stringify(event)}`);
        separator = ',\n';
      }
      file.write('\n],"displayTimeUnit":"ms"}\n');
      file.finish();
    },
  };
}
