// Whether there is anything under a path.
import { isLispingError } from '@lisping/core';
import type { Hdfs } from './hdfs.ts';

export async function exists(hdfs: Hdfs, path: string): Promise<boolean> {
  try {
    await hdfs.status(path);
    return true;
  } catch (error) {
    if (isLispingError(error) && error.code === 'LISPING_E_HDFS_MISSING') return false;
    throw error;
  }
}
