// Reads the file of --workload; what its lines mean is the simulator's to say.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { LispingError } from '@lisping/core';
import { parseWorkload, type ModelWorkload } from '@lisping/sim';
import { hashOf } from './file-hash.ts';

export interface WorkloadFile {
  readonly model: ModelWorkload;
  readonly hash: string;
}

/** Throws LISPING_E_WORKLOAD_FILE. */
export function readWorkloadFile(path: string): WorkloadFile {
  const bytes = bytesOf(path);
  const { jobs } = parseWorkload(bytes.toString('utf8'), path);
  return { model: { name: basename(path), jobs }, hash: hashOf(bytes) };
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const what = `the workload file ${path} cannot be read (${code})`;
    throw new LispingError('LISPING_E_WORKLOAD_FILE', what, {
      hint: "--workload takes a file: SWIM's table of jobs, or the JSON of YARN's SLS.",
      cause: error,
    });
  }
}
