// The life of a planned output: prepare, then commit or discard. Readers of the target see nothing,
// the old output or the whole new one; with --overwrite, for a moment, none.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { LispingError } from '@lisping/core';
import { repairExchange, type OutputPlan } from './output-plan.ts';
import { writing } from './write-errors.ts';

/** Makes the workspace, beside the target, so that the last step is a rename within one disk. */
export function prepareOutput(plan: OutputPlan): void {
  // One by one: Node's recursive mkdir never returns where the file system says ENOENT for ever.
  writing(plan.shown, () => {
    for (const path of plan.missingParents) makeIfMissing(path);
    mkdirSync(plan.workspace);
    mkdirSync(plan.parts);
  });
}

/** Makes the parts appear as the target, all at once. They must have been synced. */
export function commitOutput(plan: OutputPlan): void {
  writing(plan.shown, () => {
    syncDirectory(plan.parts);
    if (plan.overwrite && existsSync(plan.target)) exchange(plan);
    else appear(plan);
    syncDirectory(dirname(plan.target));
    rmSync(plan.aside, { recursive: true, force: true });
    rmSync(plan.workspace, { recursive: true, force: true });
  });
}

/** Leaves nothing of a run that did not commit; safe to call at any point, any number of times. */
export function discardOutput(plan: OutputPlan): void {
  try {
    rmSync(plan.workspace, { recursive: true, force: true });
    repairExchange(plan);
  } catch {
    return; // It cannot be reached, so nothing was made there; or the disk is gone, and that was said.
  }
  if (existsSync(plan.target)) return;
  for (const path of plan.missingParents.toReversed()) {
    try {
      rmdirSync(path);
    } catch {
      return; // Someone else uses it, or it never came to be.
    }
  }
}

/** Another run may make the same parents at the same time. */
function makeIfMissing(path: string): void {
  if (!existsSync(path)) mkdirSync(path);
}

function exchange(plan: OutputPlan): void {
  renameSync(plan.target, plan.aside);
  renameSync(plan.parts, plan.target);
}

function appear(plan: OutputPlan): void {
  try {
    renameSync(plan.parts, plan.target);
  } catch (error) {
    if (!existsSync(plan.target)) throw error;
    throw new LispingError('LISPING_E_OUTPUT_EXISTS', `${plan.shown} appeared while the job ran`, {
      cause: error,
    });
  }
}

function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
