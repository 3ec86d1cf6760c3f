// What the file system says when writing fails, in our words and with our exit codes.
import { isLispingError, LispingError } from '@lisping/core';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** The path cannot be: something that is no directory is in the way, or nothing is there. */
const IN_THE_WAY = new Set(['ENOTDIR', 'EEXIST', 'ENOENT', 'ENAMETOOLONG', 'ELOOP']);

/** Runs `action`; an error of the file system becomes LISPING_E_DISK_FULL, _FILE or _OUTPUT_WRITE. */
export function writing<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw writeError(path, error);
  }
}

function writeError(path: string, error: unknown): unknown {
  if (isLispingError(error)) return error;
  if (!(error instanceof Error && 'code' in error)) return error;
  const code = String(error.code);
  if (FULL.has(code)) {
    return new LispingError('LISPING_E_DISK_FULL', `no space left to write ${path}`, {
      cause: error,
    });
  }
  const kind = IN_THE_WAY.has(code) ? 'LISPING_E_FILE' : 'LISPING_E_OUTPUT_WRITE';
  return new LispingError(kind, `cannot write ${path} (${code})`, { cause: error });
}
