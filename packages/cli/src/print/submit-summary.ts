// What `lisping submit` prints when it is done: what `lisping run` does, and where it was done.
import type { SubmitResult } from '@lisping/hadoop-bridge';
import { resultSummary } from './run-summary.ts';
import type { Output } from './terminal.ts';

export function submitSummary(
  result: SubmitResult,
  wallMilliseconds: number,
  output: Output,
): string {
  const { applications, via } = result;
  return resultSummary(result, {
    command: 'lisping submit',
    rows: [['ran as', `${applications.join(', ')} via ${via}`]],
    wallMilliseconds,
    output,
  });
}
