// The file URLs under which a job's `import ... from 'lisping'` finds this very copy.
import type { RunningCopy } from '@lisping/runtime';

export const RUNNING_COPY: RunningCopy = {
  lisping: new URL('index.js', import.meta.url).href,
  'lisping/job': new URL('job.js', import.meta.url).href,
};
