// `lisping run`: plans the output, runs the job in a thread, prints what became of it.
import { discardOutput, planOutput, runInThread, SPLIT_BYTES_DEFAULT } from '@lisping/runtime';
import type { OutputPlan, RunProgress, RunResult, Supervised } from '@lisping/runtime';
import { REDUCES, SPLIT_BYTES } from '../flags/ranges.ts';
import type { Values } from '../flags/values.ts';
import { interrupted, type Outcome, type Screen } from '../outcome.ts';
import { runSummary } from '../print/run-summary.ts';
import { RUNNING_COPY } from '../running-copy.ts';
import { versionText } from '../version.ts';

export async function runRun(values: Values, screen: Screen): Promise<Outcome> {
  const task = {
    job: values.arg(0) ?? '',
    running: RUNNING_COPY,
    inputs: values.paths('input'),
    splitBytes: values.whole('split-bytes', SPLIT_BYTES) ?? SPLIT_BYTES_DEFAULT,
    reduces: values.whole('reduces', REDUCES),
    parameters: values.parameters('param'),
  };
  // First of all: whatever the job may be, an output that exists is refused.
  const plan = planOutput(values.requiredPath('output'), values.has('overwrite'));
  let howFar = 'before the first task ended';
  const onProgress = (progress: RunProgress): void => {
    if (progress.kind === 'tasks') {
      howFar = `after ${progress.done} of ${progress.total} ${progress.of} tasks`;
    }
    show(progress, screen);
  };
  const work = runInThread({ ...task, plan }, { onProgress, jobOutput: screen.jobOutput });
  screen.onInterrupt(() => stopped(work, plan, () => howFar));
  const result = await work.result.catch((error: unknown) => {
    discardOutput(plan); // also when the thread died and could not do it
    throw error;
  });
  // Most often a wrong path, such as an empty directory; as on Hadoop it is no error.
  const records = result.counters['lisping.map_input_records'] ?? 0;
  if (records === 0) screen.progress.note('note: there was no record to read');
  return outcomeOf(result, screen);
}

function show(progress: RunProgress, { progress: bar }: Screen): void {
  switch (progress.kind) {
    case 'pass':
      return;
    case 'tasks':
      return bar.step({ label: progress.of, done: progress.done, total: progress.total });
    case 'retry':
      return bar.note(
        `${progress.task}, attempt ${progress.attempt}: ${progress.error.message}; trying again`,
      );
  }
}

async function stopped(
  work: Supervised<RunResult>,
  plan: OutputPlan,
  howFar: () => string,
): Promise<Outcome> {
  await work.stop();
  discardOutput(plan);
  return interrupted(howFar());
}

function outcomeOf(result: RunResult, { out }: Screen): Outcome {
  const wallMilliseconds = Math.round(performance.now());
  return {
    exit: 0,
    json: { version: versionText(), ...result, wallMilliseconds },
    text: runSummary(result, wallMilliseconds, out),
  };
}
