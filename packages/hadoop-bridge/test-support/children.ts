// Children as Hadoop starts them: a directory with the bundle and its settings, an environment, three pipes.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnyJob } from '@lisping/core';
import { bundleForHadoop } from '../src/bundle/bundle-job.ts';
import {
  BUNDLE_NAME,
  planStreaming,
  SETTINGS_NAME,
  type StreamingOptions,
} from '../src/streaming/plan.ts';
import { failureIn, type TaskFailure } from '../src/streaming/reporter.ts';

/** What came out of a child. */
interface ChildEnd {
  readonly code: number | null;
  readonly out: string;
  /** Standard error by lines. */
  readonly log: readonly string[];
  readonly failure: TaskFailure | undefined;
}

/** A job that lies ready in a directory of its own. */
export interface ReadyChildren {
  readonly directory: string;
  map(input: string | Uint8Array, env?: Readonly<Record<string, string>>): ChildEnd;
  reduce(input: string | Uint8Array, env?: Readonly<Record<string, string>>): ChildEnd;
  remove(): void;
}

const jobApi = new URL('../../cli/dist/job.js', import.meta.url).href;

/** Bundles the source of a job file and plans it as `shape`, which says what the plan depends on. */
export async function childrenOf(
  source: string,
  shape: AnyJob,
  options: Partial<Omit<StreamingOptions, 'job'>> = {},
): Promise<ReadyChildren> {
  const directory = mkdtempSync(join(tmpdir(), 'lisping-children-'));
  const file = join(directory, 'job.ts');
  writeFileSync(file, source);
  const { code } = await bundleForHadoop({ file, jobApi });
  const plan = planStreaming({ job: shape, reduces: shape.reduce === null ? 0 : 1, ...options });
  writeFileSync(join(directory, BUNDLE_NAME), code);
  writeFileSync(join(directory, SETTINGS_NAME), plan.settings);
  const start = (kind: 'map' | 'reduce'): ReadyChildren['map'] => {
    return (input, env = {}) =>
      endOf(
        spawnSync(process.execPath, [BUNDLE_NAME, kind], {
          cwd: directory,
          input,
          encoding: 'utf8',
          env: { PATH: process.env['PATH'], ...env },
        }),
      );
  };
  return {
    directory,
    map: start('map'),
    reduce: start('reduce'),
    remove: () => rmSync(directory, { recursive: true }),
  };
}

function endOf({ status, stdout, stderr }: SpawnSyncReturns<string>): ChildEnd {
  const log = stderr.split('\n').filter((line) => line !== '');
  return {
    code: status,
    out: stdout,
    log,
    failure: log.map(failureIn).find((each) => each !== undefined),
  };
}
