// What `lisping sim` prints: a title at once, then what happened. Every figure comes from the result.
import { knobWords } from '@lisping/sim';
import type { SimReply, SimTitle } from '../threads/sim-task.ts';
import { counted, grouped, seconds } from './numbers.ts';
import { columns, flowed, wrapped } from './layout.ts';
import { errorText } from './error.ts';
import { againLines, shrunkFrom, shrunkLines } from './shrunk.ts';
import { storyLines } from './story.ts';
import type { Output } from './terminal.ts';

/** The line that is there before the first event, so that a seed is never lost. */
export function simTitle(title: SimTitle, schedules: number, { style, width }: Output): string {
  const items = [style.bold(title.job), `seed ${style.cyan(title.seed)}`];
  items.push(counted(title.replicas, 'replica'));
  if (title.faults === 'swarm') items.push('swarm');
  else if (title.faults !== null) items.push(counted(title.faults, 'fault'));
  else if (title.failRate > 0) items.push(`fail-rate ${title.failRate}`);
  else items.push('no faults');
  if (schedules > 1) items.push(counted(schedules, 'schedule'));
  const head = `${style.bold('lisping sim')}  `;
  const indent = columns(head);
  return `${head}${flowed(items, { separator: ' · ', indent, width })}\n\n`;
}

export interface SummaryOptions {
  readonly wallMilliseconds: number;
  /** How many were asked for. */
  readonly schedules: number;
  /** The command that repeats a run that passed. */
  readonly again: string;
}

/** Everything below the title. */
export function simSummary(reply: SimReply, options: SummaryOptions, output: Output): string {
  const lines = [flow(reply, output), ''];
  for (const [label, items] of rowsOf(reply, options)) lines.push(row(label, items, output));
  lines.push('', ...checkLines(reply, output), '');
  lines.push(...verdictLines(reply, options, output), '');
  return lines.join('\n');
}

/** `splits 200 ─▸ map 200 ─▸ shuffle 200×16 ─▸ reduce 16 ─▸ output 16`, a line per pass. */
function flow({ title, passes, model }: SimReply, { style, width }: Output): string {
  if (model !== null) return modelFlow(model, style);
  const lines = passes.map(({ maps }, index) => {
    const reduces = title.passes[index]?.reduces ?? 0;
    const stages: [string, string][] = [
      ['splits', grouped(maps)],
      ['map', grouped(maps)],
    ];
    if (reduces > 0) {
      stages.push(
        ['shuffle', `${grouped(maps)}×${grouped(reduces)}`],
        ['reduce', grouped(reduces)],
      );
    }
    stages.push(['output', grouped(reduces === 0 ? maps : reduces)]);
    const items = stages.map(([stage, count]) => `${style.dim(stage)} ${count}`);
    return `  ${flowed(items, { separator: style.dim(' ─▸ '), indent: 2, width })}`;
  });
  return lines.join('\n');
}

type Model = NonNullable<SimReply['model']>;

/** `jobs 6 ─▸ map 141 ─▸ reduce 6`: what a workload has in all. */
function modelFlow({ jobs, tasks }: Model, style: Output['style']): string {
  const stages = [
    ['jobs', jobs.total],
    ['map', tasks.maps],
    ['reduce', tasks.reduces],
  ] as const;
  const items = stages.map(([stage, count]) => `${style.dim(stage)} ${grouped(count)}`);
  return `  ${items.join(style.dim(' ─▸ '))}`;
}

/** How the jobs of a workload went. */
function modelRows({ jobs, makespan, slotUtilisation, latency }: Model): Rows {
  const ends = [counted(jobs.succeeded, 'job succeeded', 'jobs succeeded')];
  if (jobs.failed > 0) ends.push(`${grouped(jobs.failed)} failed`);
  if (jobs.cancelled > 0) ends.push(`${grouped(jobs.cancelled)} cancelled`);
  const { p50, p90, p99, max } = latency;
  const times = [p50, p90, p99, max].map((time) => seconds(time / 1000));
  return [
    ['jobs', [ends.join(', ')]],
    [
      'latency',
      [`half within ${times[0]}`, `90 % ${times[1]}`, `99 % ${times[2]}`, `all ${times[3]}`],
    ],
    [
      'cluster',
      [
        `${seconds(makespan / 1000)} from the first submit to the last end`,
        `${(100 * slotUtilisation).toFixed(1)} % of its slots used`,
      ],
    ],
  ];
}

type Rows = readonly (readonly [label: string, items: readonly string[]])[];

function rowsOf(reply: SimReply, { wallMilliseconds, schedules }: SummaryOptions): Rows {
  const { tasks, events, traceHash, simulatedMicroseconds } = reply;
  const simulated = simulatedMicroseconds / 1000;
  const ratio = grouped(Math.max(1, simulated / Math.max(1, reply.simulationMilliseconds)));
  const rows: (readonly [string, readonly string[]])[] = [];
  if (schedules > 1)
    rows.push(['schedules', [`${grouped(reply.schedules)} of ${grouped(schedules)} run`]]);
  rows.push(['faults', faultItems(reply)]);
  const taskItems = [taskText('map', tasks.map)];
  if (tasks.reduce.total > 0) taskItems.push(taskText('reduce', tasks.reduce));
  rows.push(['tasks', taskItems]);
  if (reply.model !== null) rows.push(...modelRows(reply.model));
  rows.push([
    'time',
    [
      `${seconds(simulated)} simulated in ${seconds(reply.simulationMilliseconds)} (${ratio}× real time)`,
      `${seconds(wallMilliseconds)} with start and loading`,
    ],
  ]);
  rows.push(['trace', [`${grouped(events)} events`, `hash ${traceHash}`]]);
  for (const note of notesOf(reply)) rows.push(['note', [note]]);
  return rows;
}

/** What nobody should have to infer from figures. */
function notesOf({
  hasInput,
  broughtBack,
  cancelled,
  failedJobs,
  passes,
  verdict,
}: SimReply): string[] {
  const notes: string[] = [];
  if (!hasInput) notes.push('there was no input: give some with --input PATH');
  if (broughtBack > 0) {
    const were = `${counted(broughtBack, 'node')} ${broughtBack === 1 ? 'was' : 'were'}`;
    notes.push(`${were} brought back so that the job can end`);
  }
  const schedules = passes.reduce((sum, pass) => sum + pass.schedules, 0);
  const who = passes.length === 1 ? 'the job' : 'a pass';
  if (cancelled > 0) {
    const where =
      schedules === 1 ? '' : ` in ${grouped(cancelled)} of ${grouped(schedules)} schedules`;
    notes.push(`${who} was cancelled${where}, so it has no output`);
  }
  if (failedJobs > 0 && verdict === 'passed') {
    const where = `${grouped(failedJobs)} of ${counted(schedules, 'schedule')}`;
    notes.push(`${who} failed in ${where}, as it must under such faults`);
  }
  return notes;
}

function row(label: string, items: readonly string[], { style, width }: Output): string {
  const text = flowed(items, { separator: '   ', indent: LABEL + 2, width });
  return `  ${style.dim(label.padEnd(LABEL))}${text}`;
}

const LABEL = 11;

function taskText(kind: string, { total, attempts, lost }: SimReply['tasks']['map']): string {
  const done = `${grouped(total)} ${kind} in ${counted(attempts, 'attempt')}`;
  return lost === 0 ? done : `${done}, ${grouped(lost)} lost`;
}

function faultItems({ faults, missedFaults }: SimReply): string[] {
  const items = Object.entries(faults)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => {
      const [one, many] = FAULT_WORDS[kind] ?? [kind, `${kind}s`];
      return counted(count, one, many);
    });
  if (missedFaults > 0) items.push(`${grouped(missedFaults)} struck nothing`);
  return items.length === 0 ? ['none'] : [items.join(', ')];
}

/** One and many of each kind, as people say it. */
const FAULT_WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  crash: ['crash', 'crashes'],
  'crash-at-write': ['crash at a write', 'crashes at a write'],
  slow: ['slow node', 'slow nodes'],
  clock: ['odd clock', 'odd clocks'],
  loss: ['lossy link', 'lossy links'],
  duplication: ['doubling link', 'doubling links'],
  delay: ['slow link', 'slow links'],
  reorder: ['disordered link', 'disordered links'],
  hold: ['held link', 'held links'],
  successor: ['second primary', 'second primaries'],
  damage: ['damaged output', 'damaged outputs'],
  'disk-full': ['full disk', 'full disks'],
  'disk-slow': ['slow disk', 'slow disks'],
  'journal-slow': ['slow journal', 'slow journals'],
  'journal-cut': ['journal cut off', 'journals cut off'],
  'journal-full': ['full journal', 'full journals'],
  'store-full': ['full store', 'full stores'],
  'store-slow': ['slow store', 'slow stores'],
  tie: ['other order', 'other orders'],
  task: ['failing task', 'failing tasks'],
};

function checkLines({ checks }: SimReply, { style, width }: Output): string[] {
  return checks.map(({ title, ok, detail }) => {
    const mark = ok ? style.green('✓') : style.red('✗');
    const what = detail === undefined ? title : `${title}: ${detail}`;
    return `  ${mark} ${wrapped(what, 4, width)}`;
  });
}

function verdictLines(reply: SimReply, { again }: SummaryOptions, output: Output): string[] {
  const { style } = output;
  if (reply.verdict === 'passed')
    return [`  ${style.green(style.bold('PASSED'))}   again: ${again}`];
  const word = reply.verdict === 'failed' ? 'FAILED' : 'NO CONVERGENCE';
  const lines = [`  ${style.red(style.bold(word))}`];
  const { failing } = reply;
  if (failing !== undefined) {
    const { shrunk } = reply;
    if (reply.divergence !== undefined)
      lines[0] += `  in schedule ${failing.schedule} (seed ${failing.seed})`;
    else if (shrunk === null) {
      const faults = counted(failing.faults.length, 'fault');
      lines[0] += `  in schedule ${failing.schedule} (seed ${failing.seed}) with ${[faults, ...knobWords(failing.knobs)].join(', ')}`;
      lines.push(...storyLines(failing.story, output));
    } else {
      lines[0] += `  ${shrunkFrom(shrunk)}`;
      lines.push(...shrunkLines(shrunk, output));
    }
  }
  if (reply.error !== null) lines.push('', errorText(reply.error, reply.stack, output).trimEnd());
  const { divergence = [] } = reply;
  if (divergence.length > 0)
    lines.push('', ...divergence.map((line) => `  ${wrapped(line, 10, output.width)}`));
  lines.push('', ...againLines(reply));
  return lines;
}
