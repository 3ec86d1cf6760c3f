// The faults of a schedule, one line each, in order of time.
import type { SimReply } from '../threads/sim-task.ts';
import { counted, seconds } from './numbers.ts';
import type { Output } from './terminal.ts';

type Faults = NonNullable<SimReply['failing']>['faults'];

const LINES_MAX = 20;

export function faultLines(faults: Faults, { style }: Output): string[] {
  const lines = faults.slice(0, LINES_MAX).map((fault) => {
    const time = seconds(fault.at / 1000).padStart(11);
    const until = 'until' in fault ? untilText(fault.until) : '';
    return `${style.dim(time)}  ${style.cyan(fault.kind.padEnd(11))} ${fault.target}${until}`;
  });
  if (faults.length > LINES_MAX) {
    lines.push(style.dim(`             and ${counted(faults.length - LINES_MAX, 'more', 'more')}`));
  }
  return lines;
}

function untilText(until: number | null): string {
  return until === null ? ', for good' : `, until ${seconds(until / 1000)}`;
}
