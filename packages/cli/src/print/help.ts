// Help pages, from the same specs that the parser reads.
import { COMMON_FLAGS, type CommandSpec, type FlagSpec } from '../flags/spec.ts';
import { columns, wrapped } from './layout.ts';
import type { Output } from './terminal.ts';

const WIDTH_MAX = 100; // longer lines are hard to read

/** What `lisping` alone prints. */
export function mainHelp(commands: readonly { spec: CommandSpec }[], output: Output): string {
  const { style } = output;
  const rows = commands.map(({ spec }): Row => [spec.name, spec.summary]);
  const more: Row[] = [
    ['help [COMMAND]', 'Show help'],
    ['version', 'Show the version'],
  ];
  return [
    titleLine('lisping', ABOUT, output),
    '',
    ...section('commands', [...rows, ...more], output),
    '',
    style.bold('try'),
    '  lisping sim --replicas 50 --fail-rate 0.1',
    '',
  ].join('\n');
}

/** What `lisping help sim` prints. */
export function commandHelp(spec: CommandSpec, output: Output): string {
  const { style } = output;
  const args = spec.args.map(({ name, about }): Row => [name, about]);
  const lines = [
    titleLine(`lisping ${spec.name}`, spec.summary, output),
    '',
    `  ${spec.usage}`,
    '',
    ...section('arguments', args, output),
    '',
    ...section('flags', [...spec.flags, ...COMMON_FLAGS].map(flagRow), output),
    '',
    style.bold('examples'),
    ...spec.examples.map((example) => `  ${example}`),
    '',
  ];
  for (const note of spec.notes) lines.push(wrapped(note, 0, lineWidth(output)), '');
  return lines.join('\n');
}

const ABOUT =
  'MapReduce jobs in TypeScript: simulate their failures, run them here, take them to Hadoop';

function titleLine(name: string, about: string, output: Output): string {
  return `${output.style.bold(name)}  ${wrapped(about, name.length + 2, lineWidth(output))}`;
}

type Row = readonly [name: string, about: string];

function flagRow(flag: FlagSpec): Row {
  return [flag.value === undefined ? `--${flag.name}` : `--${flag.name} ${flag.value}`, flag.about];
}

function section(title: string, rows: readonly Row[], output: Output): string[] {
  const left = Math.max(...rows.map(([name]) => columns(name))) + 2;
  return [
    output.style.bold(title),
    ...rows.map(([name, about]) => {
      const text = wrapped(about, left + 2, lineWidth(output));
      return `  ${output.style.cyan(name)}${' '.repeat(left - columns(name))}${text}`;
    }),
  ];
}

function lineWidth({ width }: Output): number {
  return Math.min(width, WIDTH_MAX);
}
