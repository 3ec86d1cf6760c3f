// `lisping sim`: from flags to a simulation.
import { randomInt } from 'node:crypto';
import { planOutput } from '@lisping/runtime';
import { REDUCES, REPLICAS, SCHEDULES, SPLIT_BYTES } from '../flags/ranges.ts';
import { usageError } from '../flags/usage-error.ts';
import type { Values } from '../flags/values.ts';
import type { Outcome, Screen } from '../outcome.ts';
import { shellWord } from '../print/shell-word.ts';
import { RUNNING_COPY } from '../running-copy.ts';
import type { SimTask } from '../threads/sim-task.ts';
import { refuseWithoutExhaustive, runExhaustive } from './exhaustive.ts';
import { runSimulation } from './simulation.ts';
import { watchedFiles } from './watched-files.ts';

const REPLICAS_DEFAULT = 50;

export async function runSim(values: Values, screen: Screen): Promise<Outcome> {
  if (values.has('exhaustive')) return await runExhaustive(values, screen);
  refuseWithoutExhaustive(values);
  const task = taskOf(values);
  return await runSimulation(task, againOf(task), screen);
}

/** A workload has tasks and sizes of its own, and no user code. */
const NOT_WITH_WORKLOAD = [
  'input',
  'reduces',
  'split-bytes',
  'param',
  'no-memo',
  'output',
  'check-determinism',
];

function workloadOf(values: Values): string | null {
  const workload = values.path('workload');
  if (workload === undefined) return null;
  const given =
    values.arg(0) === undefined
      ? NOT_WITH_WORKLOAD.map((name) => (values.isGiven(name) ? `--${name}` : ''))
      : ['a JOB'];
  const other = given.find((name) => name !== '');
  if (other === undefined) return workload;
  throw usageError(
    `--workload and ${other} exclude each other`,
    'A workload file says which tasks there are, and no user code is run. See lisping sim --help.',
  );
}

function taskOf(values: Values): SimTask {
  const faults = values.path('faults');
  const failRate = values.fraction('fail-rate');
  if (faults !== undefined && faults !== 'none' && failRate !== undefined) {
    throw usageError(
      '--faults and --fail-rate exclude each other',
      'Both say which faults happen. See lisping sim --help.',
    );
  }
  return {
    running: RUNNING_COPY,
    job: values.arg(0) ?? null,
    workload: workloadOf(values),
    inputs: values.paths('input'),
    replicas: values.whole('replicas', REPLICAS) ?? REPLICAS_DEFAULT,
    failRate: failRate ?? 0,
    reduces: values.whole('reduces', REDUCES) ?? null,
    splitBytes: values.whole('split-bytes', SPLIT_BYTES) ?? null,
    parameters: values.parameters('param'),
    seed: values.text('seed') ?? randomSeed(),
    schedules: values.whole('schedules', SCHEDULES) ?? 1,
    keepGoing: values.has('keep-going'),
    memo: !values.has('no-memo'),
    small: null,
    shrink: !values.has('no-shrink'),
    checkDeterminism: values.has('check-determinism'),
    asTest: null,
    faults: faultsSource(faults),
    ...watchedFiles(values),
    plan: planOf(values.path('output')),
    replay: null,
  };
}

function faultsSource(faults: string | undefined): SimTask['faults'] {
  if (faults === undefined || faults === 'none') return { kind: 'rate' };
  return faults === 'swarm' ? { kind: 'swarm' } : { kind: 'file', path: faults };
}

function planOf(output: string | undefined): SimTask['plan'] {
  return output === undefined ? null : planOutput(output, false);
}

/** Ten digits: enough that two people do not draw the same, and still to be read aloud. */
function randomSeed(): string {
  return String(randomInt(1_000_000_000, 10_000_000_000));
}

/** The command that does the same again; what is default is left out. */
function againOf(task: SimTask): string {
  const words = ['lisping sim'];
  const add = (flag: string, value: string | number): void => {
    words.push(`--${flag} ${shellWord(String(value))}`);
  };
  if (task.job !== null) words.push(shellWord(task.job));
  if (task.workload !== null) add('workload', task.workload);
  for (const input of task.inputs) add('input', input);
  add('replicas', task.replicas);
  if (task.failRate > 0) add('fail-rate', task.failRate);
  if (task.reduces !== null) add('reduces', task.reduces);
  if (task.splitBytes !== null) add('split-bytes', task.splitBytes);
  for (const [name, value] of Object.entries(task.parameters)) add('param', `${name}=${value}`);
  if (task.faults.kind === 'swarm') add('faults', 'swarm');
  if (task.faults.kind === 'file') add('faults', task.faults.path);
  if (task.schedules > 1) add('schedules', task.schedules);
  add('seed', task.seed);
  return words.join(' ');
}
