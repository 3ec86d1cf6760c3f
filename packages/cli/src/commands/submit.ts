// `lisping submit`: bundles the job, hands it to a cluster, prints what became of it.
import { isLispingError, LispingError } from '@lisping/core';
import {
  bundleForHadoop,
  submit,
  type Pass,
  type Submission,
  type SubmitEvent,
  type SubmitOptions,
  type SubmitResult,
} from '@lisping/hadoop-bridge';
import { loadJob, reducesOf, refuseWrongInputs, SPLIT_BYTES_DEFAULT } from '@lisping/runtime';
import { hdfsAccess } from '../flags/hdfs-access.ts';
import { REDUCES, SPLIT_BYTES } from '../flags/ranges.ts';
import type { Values } from '../flags/values.ts';
import { failure, interrupted, type Outcome, type Screen } from '../outcome.ts';
import { isAgreed } from '../print/ask.ts';
import type { Progress } from '../print/progress.ts';
import { submitSummary } from '../print/submit-summary.ts';
import { RUNNING_COPY } from '../running-copy.ts';
import { versionText } from '../version.ts';

export async function runSubmit(values: Values, screen: Screen): Promise<Outcome> {
  const { progress } = screen;
  let application: string | null = null;
  const onEvent = (event: SubmitEvent): void => {
    if (event.kind === 'accepted') ({ application } = event);
    show(event, progress);
  };
  const submission = submit(await optionsOf(values, onEvent));
  screen.onInterrupt(() => stopped(submission, application));
  try {
    return outcomeOf(await submission.result, screen);
  } catch (error) {
    if (!isLispingError(error)) throw error;
    return failure(error, application === null ? {} : { application });
  }
}

async function optionsOf(
  values: Values,
  onEvent: (event: SubmitEvent) => void,
): Promise<SubmitOptions> {
  const common = {
    inputs: values.paths('input'),
    output: values.requiredPath('output'),
    splitBytes: values.whole('split-bytes', SPLIT_BYTES) ?? SPLIT_BYTES_DEFAULT,
    parameters: values.parameters('param'),
    resourceManager: values.url('resource-manager') ?? null,
    via: values.oneOf('via', ['http', 'cli'] as const) ?? null,
    queue: values.path('queue') ?? null,
    shipNode: values.has('ship-node'),
    fetch: values.path('fetch') ?? null,
    ...hdfsAccess(values),
    onEvent,
  };
  const reduces = values.whole('reduces', REDUCES);
  const { file, jobs } = await loadJob(values.arg(0) ?? '', RUNNING_COPY);
  const passes = jobs.map((job): Pass => {
    return { job, reduces: reducesOf(job, reduces, jobs.length > 1) };
  });
  refuseWrongInputs(jobs[0], common.inputs, 'submit');
  refuseFinal(passes);
  const bundle = await bundleForHadoop({ file, jobApi: RUNNING_COPY['lisping/job'] });
  return { ...common, passes, bundle };
}

/** Before anybody is asked anything: `final` is called with all results on the machine that runs a job. */
function refuseFinal(passes: readonly Pass[]): void {
  const withFinal = passes.find(({ job }) => job.final !== null);
  if (withFinal === undefined) return;
  throw new LispingError('LISPING_E_USAGE', `the job ${withFinal.job.name} has a final function`, {
    hint: 'It is called on this machine with all results, which is what lisping run does. Remove it for a cluster.',
  });
}

function show(event: SubmitEvent, progress: Progress): void {
  switch (event.kind) {
    case 'way':
      return progress.note(`via ${event.via}: ${event.why}`);
    case 'pass':
      if (event.total > 1) progress.note(`pass ${event.index + 1} of ${event.total}: ${event.job}`);
      return;
    case 'accepted':
      return progress.note(`${event.application} was accepted`);
    case 'tasks':
      return progress.step({ label: event.of, done: event.done, total: event.total });
    case 'note':
      return progress.note(event.text);
  }
}

async function stopped(submission: Submission, application: string | null): Promise<Outcome> {
  if (application !== null && !(await isAgreed(`Kill ${application}?`))) {
    return interrupted(`and left ${application} running`, { application });
  }
  submission.result.catch(() => undefined); // that it was killed is no news
  await submission.kill();
  await submission.result.catch(() => undefined);
  if (application === null) return interrupted('before the job was accepted');
  return interrupted(`and killed ${application}`, { application });
}

function outcomeOf(result: SubmitResult, { out }: Screen): Outcome {
  const wallMilliseconds = Math.round(performance.now());
  return {
    exit: 0,
    json: { version: versionText(), ...result, wallMilliseconds },
    text: submitSummary(result, wallMilliseconds, out),
  };
}
