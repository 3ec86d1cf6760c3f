// One output directory, from the first look at it to the rename that makes it appear. The plan is
// plain data, made before any work starts, so that whoever has to clean up after a thread that was
// stopped knows every name it may have left.
//
//   OUT                         what readers see: nothing, the old output, or the new one
//   .OUT.lisping-HOST-PID-RND   the workspace: segments, and the parts while they are written
//   .OUT.lisping-old            with --overwrite: the old output, for the moment of the exchange
import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, renameSync, rmSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LispingError } from '@lisping/core';
import { hostMark, isAlive } from './owner.ts';
import { writing } from './write-errors.ts';

/** Every path that a run may create for one output directory. */
export interface OutputPlan {
  /** As the user wrote it. */
  readonly shown: string;
  readonly target: string;
  readonly workspace: string;
  /** Inside the workspace; becomes the target. */
  readonly parts: string;
  readonly aside: string;
  readonly overwrite: boolean;
  /** Directories above the target that do not exist yet, outermost first. */
  readonly missingParents: readonly string[];
}

/**
 * Repairs what a crashed run left, and refuses a directory that exists.
 *
 * Throws LISPING_E_OUTPUT_EXISTS, before anything is read or written.
 */
export function planOutput(path: string, overwrite: boolean): OutputPlan {
  const target = resolve(path);
  const prefix = `.${basename(target)}.lisping-`;
  const parent = dirname(target);
  const owner = `${hostMark()}-${process.pid}-${randomBytes(3).toString('hex')}`;
  const workspace = join(parent, `${prefix}${owner}`);
  const plan: OutputPlan = {
    shown: path,
    target,
    workspace,
    parts: join(workspace, 'output'),
    aside: join(parent, `${prefix}old`),
    overwrite,
    missingParents: missingAbove(target),
  };
  repairExchange(plan);
  sweepWorkspaces(parent, prefix);
  refuseExisting(plan);
  return plan;
}

function refuseExisting(plan: OutputPlan): void {
  const stats = statsOf(plan.target);
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    throw new LispingError(
      'LISPING_E_OUTPUT_EXISTS',
      `the output ${plan.shown} exists and is no directory`,
      {
        hint: 'Choose another output directory.',
      },
    );
  }
  if (plan.overwrite) return;
  throw new LispingError('LISPING_E_OUTPUT_EXISTS', `the output directory ${plan.shown} exists`);
}

/** Also of a link that leads nowhere. A path through a file does not exist. */
function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/** Undoes or finishes an exchange that a crash cut in two. */
export function repairExchange(plan: OutputPlan): void {
  if (!existsSync(plan.aside)) return;
  writing(plan.shown, () => {
    if (existsSync(plan.target)) rmSync(plan.aside, { recursive: true, force: true });
    else renameSync(plan.aside, plan.target);
  });
}

/** Workspaces of runs on this machine whose process is gone. */
function sweepWorkspaces(parent: string, prefix: string): void {
  const mine = `${prefix}${hostMark()}-`;
  for (const name of namesIn(parent)) {
    if (!name.startsWith(mine)) continue;
    const pid = Number(name.slice(mine.length).split('-')[0]);
    if (!isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function missingAbove(target: string): string[] {
  const missing: string[] = [];
  for (let path = dirname(target); !existsSync(path); path = dirname(path)) missing.unshift(path);
  return missing;
}
