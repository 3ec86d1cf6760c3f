// What is simulated: the job and the bytes of its inputs, found where the user said, or where the
// replay id says, and then held against it.
import { readFileSync } from 'node:fs';
import { LispingError, type AnyJob, type ErrorCode } from '@lisping/core';
import { loadJob, localFiles, SPLIT_BYTES_DEFAULT, type Places } from '@lisping/runtime';
import { referenceWorkload, smallOptions } from '@lisping/sim';
import { protocolFingerprint } from '../replay/fingerprint.ts';
import type { ReplayRecord } from '../replay/record.ts';
import { hashOf } from './file-hash.ts';
import type { SimTask } from './sim-task.ts';
import { readWorkloadFile, type WorkloadFile } from './workload-file.ts';

export interface SimInput {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface SimSetting {
  readonly jobs: readonly AnyJob[];
  readonly jobHash: string | null;
  readonly inputs: readonly SimInput[];
  readonly splitBytes: number;
  /** Of a single pass when the user said nothing; null: each job's own. */
  readonly reduces: number | null;
  readonly places: Places | null;
  /** A model, which is run instead of the jobs. */
  readonly workload: WorkloadFile | null;
  readonly fingerprint: string;
}

export async function settingOf(task: SimTask): Promise<SimSetting> {
  const fingerprint = protocolFingerprint();
  if (task.replay !== null && !task.replay.anyway) {
    refuseOtherProtocol(task.replay.record, fingerprint);
  }
  const setting = await found(task);
  if (task.replay !== null && !task.replay.anyway) refuseOthers(task, task.replay.record, setting);
  return { ...setting, fingerprint };
}

type Found = Omit<SimSetting, 'fingerprint'>;

async function found(task: SimTask): Promise<Found> {
  if (task.workload !== null) return workloadSetting(task.workload);
  if (task.small !== null) return smallSetting(task, task.small);
  return task.job === null ? referenceSetting(task) : await usersSetting(task, task.job);
}

function workloadSetting(path: string): Found {
  const workload = readWorkloadFile(path);
  return {
    jobs: [],
    jobHash: null,
    inputs: [],
    splitBytes: SPLIT_BYTES_DEFAULT,
    reduces: null,
    places: null,
    workload,
  };
}

function smallSetting(task: SimTask, variant: string): Found {
  const small = smallOptions(variant);
  const isHeld = (task.replay?.record.inputs.length ?? 0) > 0;
  return {
    jobs: [small.job],
    jobHash: null,
    inputs: isHeld ? inputsOf(task) : small.inputs,
    splitBytes: task.splitBytes ?? small.splitBytes,
    reduces: task.reduces ?? small.reduces,
    places: null,
    workload: null,
  };
}

function referenceSetting(task: SimTask): Found {
  const reference = referenceWorkload();
  const own = task.inputs.length > 0 || task.replay?.record.inputs.length;
  return {
    jobs: [reference.job],
    jobHash: null,
    inputs: own ? inputsOf(task) : reference.inputs,
    splitBytes: task.splitBytes ?? (own ? SPLIT_BYTES_DEFAULT : reference.splitBytes),
    reduces: task.reduces ?? reference.reduces,
    places: null,
    workload: null,
  };
}

async function usersSetting(task: SimTask, path: string): Promise<Found> {
  const { jobs: passes, places, hash } = await loadJob(path, task.running);
  const jobs = passesOf(task, passes);
  const inputs = inputsOf(task);
  const [first] = jobs;
  if (first !== undefined && first.source !== null && inputs.length > 0) {
    throw new LispingError(
      'LISPING_E_USAGE',
      `the job ${first.name} has a source, so it takes no input`,
      {
        hint: 'Leave --input out, or remove source from the job.',
      },
    );
  }
  return {
    jobs,
    jobHash: hash.slice(0, 16),
    inputs,
    splitBytes: task.splitBytes ?? SPLIT_BYTES_DEFAULT,
    reduces: task.reduces,
    places,
    workload: null,
  };
}

/** A replay of what was shrunk runs one pass alone. */
function passesOf({ replay }: SimTask, jobs: readonly AnyJob[]): readonly AnyJob[] {
  const pass = replay?.record.pass;
  if (pass === undefined) return jobs;
  const only = jobs.slice(pass, pass + 1);
  if (only.length === 1) return only;
  throw other(
    'LISPING_E_REPLAY_JOB',
    `the replay id is of pass ${pass + 1}, and the job has ${jobs.length}`,
  );
}

/** The paths of a replay id were resolved when it was made; those of the user still have to be. */
function inputsOf({ inputs, replay }: SimTask): SimInput[] {
  if (inputs.length > 0 || replay === null) {
    return localFiles.resolve(inputs).map(({ path }) => ({ path, bytes: readInput(path) }));
  }
  return replay.record.inputs.map(({ path, content }) => ({
    path,
    bytes: content === undefined ? readInput(path) : bytesIn(content),
  }));
}

function bytesIn(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

function readInput(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw missing
      ? new LispingError('LISPING_E_INPUT_MISSING', `no such input: ${path}`, { cause: error })
      : new LispingError('LISPING_E_INPUT_READ', `the input ${path} cannot be read`, {
          cause: error,
        });
  }
}

function refuseOtherProtocol(record: ReplayRecord, fingerprint: string): void {
  if (record.fingerprint === fingerprint) return;
  throw other(
    'LISPING_E_REPLAY_PROTOCOL',
    `it was made with ${record.fingerprint}, this is ${fingerprint}`,
  );
}

function refuseOthers(task: SimTask, record: ReplayRecord, found: Found): void {
  if (record.job === null && task.job !== null) {
    const shipped = 'the replay id was made with the word count that is shipped';
    throw other('LISPING_E_REPLAY_JOB', `${shipped}, not with ${task.job}`);
  }
  if (record.job !== null && record.job.hash !== found.jobHash) {
    const name = task.job ?? record.job.path;
    throw other('LISPING_E_REPLAY_JOB', `${name} is not the job that the replay id was made with`);
  }
  if (record.workload !== undefined && record.workload.hash !== found.workload?.hash) {
    const name = task.workload ?? record.workload.path;
    const what = `${name} is not the workload that the replay id was made with`;
    throw other('LISPING_E_REPLAY_INPUT', what);
  }
  if (record.inputs.length === 0) return;
  if (record.inputs.length !== found.inputs.length) {
    const counts = `${record.inputs.length} inputs, and there are ${found.inputs.length}`;
    throw other('LISPING_E_REPLAY_INPUT', `the replay id was made with ${counts}`);
  }
  record.inputs.forEach(({ hash }, index) => {
    const input = found.inputs[index];
    if (input === undefined || hashOf(input.bytes) === hash) return;
    throw other('LISPING_E_REPLAY_INPUT', `${input.path} is not what the replay id was made with`);
  });
}

function other(code: ErrorCode, message: string): LispingError {
  return new LispingError(code, message);
}
