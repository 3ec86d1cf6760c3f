// A mistake on the command line.
import { LispingError } from '@lisping/core';

/** LISPING_E_USAGE; the hint leads to the help page of the command. */
export function usageError(message: string, hint?: string): LispingError {
  return new LispingError('LISPING_E_USAGE', message, { hint });
}
