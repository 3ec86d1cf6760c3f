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
        hint: '--faults takes a file with a JSON list of faults, or swarm, or none.',
        cause: error,
      },
    );
  }
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch (error) {
    const what = `the file of faults ${path} is no JSON`;
    throw new LispingError('LISPING_E_FAULTS_FILE', `${what}${placeOf(error, text)}`, {
      cause: error,
    });
  }
}

/** What the parser says, with the place as editors count; it knows an offset, or none at the end. */
function placeOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return `: ${message}`;
  const before = text.slice(0, Number(offset)).split('\n');
  return ` at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${message}`;
}
