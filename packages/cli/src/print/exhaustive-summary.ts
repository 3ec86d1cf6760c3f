// What `lisping sim --exhaustive` prints.
import { smallVariants } from '@lisping/sim';
import type { ExhaustReply, VariantCounts } from '../threads/exhaust-in-threads.ts';
import { columns, flowed } from './layout.ts';
import { counted, grouped, seconds } from './numbers.ts';
import type { Output } from './terminal.ts';

export function exhaustiveTitle(depth: number, { style, width }: Output): string {
  const head = `${style.bold('lisping sim --exhaustive')}  `;
  const most = depth === 0 ? 'no faults' : `every placement of up to ${counted(depth, 'fault')}`;
  const items = ['1 primary', '2 replicas', '2 maps', '1 reduce', most];
  return `${head}${flowed(items, { separator: ' · ', indent: columns(head), width })}\n\n`;
}

export function exhaustiveSummary(
  reply: ExhaustReply,
  depth: number,
  wallMilliseconds: number,
  { style, width }: Output,
): string {
  const lines = reply.variants.map((counts) => {
    const items = itemsOf(counts);
    return `  ${style.dim(counts.variant.padEnd(LABEL))}${flowed(items, { separator: '   ', indent: LABEL + 2, width })}`;
  });
  const schedules = reply.variants.reduce((sum, each) => sum + each.schedules, 0);
  lines.push(`  ${style.dim('time'.padEnd(LABEL))}${seconds(wallMilliseconds)}`, '');
  if (reply.failing === null) {
    const text = `none of these ${grouped(schedules)} schedules breaks an invariant`;
    lines.push(`  ${style.green('✓')} ${text}`, '');
    lines.push(`  ${style.green(style.bold('PASSED'))}   again: ${againOf(depth)}`, '');
  } else {
    const { checker, variant } = reply.failing;
    const text = `schedule ${grouped(schedules)} breaks ${checker}, in ${variant}`;
    lines.push(`  ${style.red('✗')} ${text}`, '', '');
  }
  return lines.join('\n');
}

const LABEL = 9;

function itemsOf({ variant, schedules, left, states }: VariantCounts): string[] {
  const title = smallVariants().find(({ name }) => name === variant)?.title ?? variant;
  const items = [title, counted(schedules, 'schedule')];
  if (states > 0) {
    items.push(
      `${counted(states, 'distinct state')} with another fault to come`,
      `${counted(left, 'schedule')} joined another at one of them`,
    );
  }
  return items;
}

function againOf(depth: number): string {
  return depth === 2
    ? 'lisping sim --exhaustive'
    : `lisping sim --exhaustive --max-faults ${depth}`;
}
