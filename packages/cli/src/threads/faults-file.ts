// Reads the file of --faults; what its entries mean is the simulator's to say.
import { readFileSync } from 'node:fs';
import { LispingError } from '@lisping/core';

/** The JSON in the file; throws LISPING_E_FAULTS_FILE. */
export function readFaultsFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new LispingError(
      'LISPING_E_FAULTS_FILE',
      `the file of faults ${path} cannot be read (${code})`,
      {
        hint: '--faults takes a file with a JSON list of faults, or none.',
        cause: error,
      },
    );
  }
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch (error) {
    throw new LispingError('LISPING_E_FAULTS_FILE', `the file of faults ${path} is no JSON`, {
      cause: error,
    });
  }
}
