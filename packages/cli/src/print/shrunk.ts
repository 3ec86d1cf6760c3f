// What is left of a failure when all that it does not need is gone: what it was, the story, the input.
import { knobWords } from '@lisping/sim';
import type { ShrunkReply, SimReply } from '../threads/sim-task.ts';
import { wrapped } from './layout.ts';
import { counted, grouped } from './numbers.ts';
import { shellWord } from './shell-word.ts';
import { storyLines } from './story.ts';
import type { Output } from './terminal.ts';

/** `shrunk from 18 204 events and 9 faults to 212 events and 1 fault`. */
export function shrunkFrom({ from, events, faults }: ShrunkReply): string {
  const sizes = (ofEvents: number, ofFaults: number): string =>
    `${counted(ofEvents, 'event')} and ${ofFaults === 0 ? 'no fault' : counted(ofFaults, 'fault')}`;
  return `shrunk from ${sizes(from.events, from.faults)} to ${sizes(events, faults)}`;
}

/** The world it is in, the story, and what is left of the input. */
export function shrunkLines(shrunk: ShrunkReply, output: Output): string[] {
  const { replicas, maps, reduces, knobs, story, input } = shrunk;
  const { style, width } = output;
  const tasks = `${counted(maps, 'map')}, ${counted(reduces, 'reduce')}`;
  const world = [counted(replicas, 'replica'), tasks, ...knobWords(knobs), minimalWords(shrunk)];
  const lines = [`  ${style.dim(wrapped(world.filter(Boolean).join(' · '), 2, width))}`];
  lines.push(...storyLines(story, output));
  if (input !== null) lines.push('', ...inputLines(input, output));
  return lines;
}

function minimalWords({ minimal, faults, without }: ShrunkReply): string {
  if (!minimal || faults === 0) return '';
  const others = without.filter((word) => word !== 'passed');
  if (others.length === 0) return `passes without ${faults === 1 ? 'the fault' : 'any one fault'}`;
  return `without one fault something else breaks: ${[...new Set(others)].join(', ')}`;
}

/** Quoted as JSON, because an input may hold anything, escape sequences for the terminal included. */
function inputLines(
  { lines, linesBefore, shown }: NonNullable<ShrunkReply['input']>,
  { style, width }: Output,
): string[] {
  const of = `${counted(lines, 'line')} of ${grouped(linesBefore)} ${lines === 1 ? 'is' : 'are'} enough`;
  const told = [`  ${style.dim('input'.padEnd(8))}${of}`];
  for (const { path, text } of shown) {
    told.push(`${' '.repeat(10)}${wrapped(`${path}  ${JSON.stringify(text)}`, 12, width)}`);
  }
  if (shown.length < lines) told.push(`${' '.repeat(10)}…`);
  return told;
}

/** The commands that repeat the failure and make a test of it, one line each: people copy them. */
export function againLines({ replay, shrunk, checks, error, divergence }: SimReply): string[] {
  const id = shellWord(shrunk?.replay ?? replay);
  const lines = [`  again: lisping replay ${id}`];
  // What takes another course each time is no test.
  if (divergence !== undefined) return lines;
  const broken = shrunk?.check?.name ?? checks.find((check) => !check.ok)?.name;
  const name = broken ?? error?.code.replace('LISPING_E_', '').toLowerCase().replaceAll('_', '-');
  lines.push(`  test:  lisping replay ${id} --as-test ${name ?? 'regression'}.test.ts`);
  return lines;
}
