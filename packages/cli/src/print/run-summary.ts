// What `lisping run` prints when it is done.
import type { RunResult } from '@lisping/runtime';
import { bytes, counted, grouped, seconds } from './numbers.ts';
import type { Output } from './terminal.ts';

const PARTS_SHOWN = 8;

export function runSummary(result: RunResult, wallMilliseconds: number, output: Output): string {
  return resultSummary(result, { command: 'lisping run', rows: [], wallMilliseconds, output });
}

/** What is said of a result beside the result. */
interface Around {
  readonly command: string;
  /** Labels and texts of more lines. */
  readonly rows: readonly (readonly [string, string])[];
  readonly wallMilliseconds: number;
  readonly output: Output;
}

/** The summary of a job, wherever it ran. */
export function resultSummary(result: RunResult, around: Around): string {
  const { command, rows, wallMilliseconds, output } = around;
  const { style } = output;
  const { parts, counters } = result;
  const lines = [`${style.bold(command)}  ${result.job}`, ''];
  const row = (label: string, text: string): void => {
    lines.push(`  ${style.dim(label.padEnd(10))}${text}`);
  };
  row('read', counted(counters['lisping.map_input_records'] ?? 0, 'record'));
  const records = parts.reduce((sum, part) => sum + part.records, 0);
  const size = parts.reduce((sum, part) => sum + part.bytes, 0);
  row(
    'wrote',
    `${counted(records, 'record')} (${bytes(size)}) in ${counted(parts.length, 'part')}`,
  );
  row('took', seconds(wallMilliseconds));
  for (const [label, text] of rows) row(label, text);
  for (const [name, value] of Object.entries(counters)) {
    if (name.startsWith('lisping.') && name !== 'lisping.invalid_utf8_lines') continue;
    row('counter', `${name} ${grouped(value)}`);
  }
  lines.push('');
  for (const part of parts.slice(0, PARTS_SHOWN)) {
    const figures = `${counted(part.records, 'record').padStart(14)}  ${bytes(part.bytes).padStart(9)}`;
    lines.push(`  ${part.name} ${figures}  ${style.dim(part.sha256.slice(0, 16))}`);
  }
  if (parts.length > PARTS_SHOWN)
    lines.push(style.dim(`  and ${counted(parts.length - PARTS_SHOWN, 'part')} more`));
  lines.push('', `  ${style.green('✓')} ${result.output}`, '');
  return lines.join('\n');
}
