// `lisping replay`: from an id to the simulation it describes.
import type { Values } from '../flags/values.ts';
import type { Outcome, Screen } from '../outcome.ts';
import { shellWord } from '../print/shell-word.ts';
import { decodeReplayId } from '../replay/id.ts';
import { refuseToOverwrite } from '../replay/regression-test.ts';
import { RUNNING_COPY } from '../running-copy.ts';
import { runSimulation } from './simulation.ts';
import { watchedFiles } from './watched-files.ts';

export async function runReplay(values: Values, screen: Screen): Promise<Outcome> {
  const id = values.arg(0) ?? '';
  const record = decodeReplayId(id);
  const { generator } = record;
  const isModel = record.workload !== undefined;
  const asTest = values.path('as-test') ?? null;
  if (asTest !== null) refuseToOverwrite(asTest);
  const task = {
    running: RUNNING_COPY,
    job: isModel ? null : (values.arg(1) ?? record.job?.path ?? null),
    workload: isModel ? (values.arg(1) ?? record.workload?.path ?? null) : null,
    inputs: values.paths('input'),
    replicas: record.replicas,
    failRate: generator.kind === 'fail-rate' ? generator.rate : 0,
    reduces: record.reduces,
    splitBytes: record.splitBytes,
    parameters: record.parameters,
    seed: record.seed,
    schedules: 1,
    keepGoing: false,
    memo: record.memo,
    small: record.small ?? null,
    shrink: false,
    checkDeterminism: false,
    asTest,
    faults: { kind: 'rate' } as const,
    ...watchedFiles(values),
    plan: null,
    replay: { record, anyway: values.has('anyway') },
  };
  return await runSimulation(task, `lisping replay ${shellWord(id)}`, screen);
}
