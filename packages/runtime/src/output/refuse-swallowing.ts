// `--overwrite` deletes a directory. One that holds the job, its input or the place where the user
// stands was surely named by mistake.
import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { LispingError } from '@lisping/core';
import type { OutputPlan } from './output-plan.ts';

/** Throws LISPING_E_FILE when replacing the target would delete one of `paths`. */
export function refuseSwallowing(plan: OutputPlan, paths: readonly string[]): void {
  const target = realOrNull(plan.target);
  if (!plan.overwrite || target === null) return;
  const inside = target.endsWith(sep) ? target : `${target}${sep}`; // the root ends so already
  for (const path of paths) {
    const real = realOrNull(path);
    if (real === null || !(real === target || real.startsWith(inside))) continue;
    throw new LispingError(
      'LISPING_E_FILE',
      `--overwrite would delete ${path}, which lies in ${plan.shown}`,
      {
        hint: 'Choose another output directory.',
      },
    );
  }
}

function realOrNull(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
