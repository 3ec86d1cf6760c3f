// Whether a job and the inputs that are given to it go together, in the words of the command line.
import { LispingError, type AnyJob } from '@lisping/core';

/** Throws LISPING_E_USAGE when a job with a source is given inputs, or one without is given none. */
export function refuseWrongInputs(
  first: AnyJob | undefined,
  inputs: readonly string[],
  command: string,
): void {
  const hasSource = first !== undefined && first.source !== null;
  if (hasSource && inputs.length > 0) {
    throw new LispingError(
      'LISPING_E_USAGE',
      `the job ${first.name} has a source, so it takes no input`,
      { hint: 'Leave --input out, or remove source from the job.' },
    );
  }
  if (hasSource || inputs.length > 0) return;
  throw new LispingError('LISPING_E_USAGE', '--input PATH is missing', {
    hint: `See lisping ${command} --help.`,
  });
}
