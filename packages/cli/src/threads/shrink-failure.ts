// After a schedule has failed: the smallest one that fails in the same way, as the reply tells it.
import {
  type InputBytes,
  shrink,
  type Shrunk,
  simulate,
  type SimulationOptions,
} from '@lisping/sim';
import { printableReplayId } from '../replay/id.ts';
import type { ReplayRecord } from '../replay/record.ts';
import type { PassesResult } from './passes.ts';
import { hashOf } from './file-hash.ts';
import type { ShrunkReply } from './sim-task.ts';

interface ShrinkRun {
  readonly run: PassesResult;
  /** Of the failing schedule as it was found. */
  readonly record: ReplayRecord;
  /** The work is one pass of a pipeline of several. */
  readonly inPipeline: boolean;
  readonly onShare: (share: number) => void;
  readonly onSmaller: (smaller: ShrunkReply) => void;
}

const SHARE_EVERY_MS = 50;
const SMALLER_EVERY_MS = 500;

/** Null when nothing failed, or when what failed does not fail again. */
export function shrinkFailure(
  setting: ShrinkRun,
): { readonly small: Shrunk; readonly reply: ShrunkReply } | null {
  const { run, onShare, onSmaller } = setting;
  const failed = run.results.at(-1);
  const failing = failed?.failing;
  if (failing === undefined || run.last === null) return null;
  const { trace: _, observe: __, onSchedule: ___, ...rest } = run.last;
  const isStuck = failed?.error?.code === 'LISPING_E_TASK_STUCK';
  const options = isStuck ? { ...rest, patience: HURRIED_MS } : rest;
  const shares = now();
  const smaller = now();
  const small = shrink(options, failing, {
    onStep: (share, soFar) => {
      if (shares.passed(SHARE_EVERY_MS)) onShare(share);
      if (smaller.passed(SMALLER_EVERY_MS)) {
        const known = soFar();
        if (known !== null) onSmaller(replyOf(known, setting));
      }
      return true; // Ctrl-C ends the thread from outside
    },
  });
  const found = small === null || !isStuck ? small : withPatience(rest, small);
  return found === null ? null : { small: found, reply: replyOf(found, setting) };
}

/** A loop without end shows in this time as well as in ten seconds; a task that is slow may not be one. */
const HURRIED_MS = 500;

/** The same with all patience; null when the task comes to an end then. */
function withPatience(options: SimulationOptions, small: Shrunk): Shrunk | null {
  const { makespan: _, ...rest } = options;
  const { failing, error } = simulate({ ...rest, ...small, schedules: 1 });
  if (failing === undefined || error?.code !== 'LISPING_E_TASK_STUCK') return null;
  return { ...small, error, story: failing.story };
}

/** Real time, which only decides when something is shown. */
function now(): { passed(milliseconds: number): boolean } {
  let last = performance.now();
  return {
    passed: (milliseconds) => {
      const time = performance.now();
      if (time - last < milliseconds) return false;
      last = time;
      return true;
    },
  };
}

function replyOf(small: Shrunk, { run, record, inPipeline }: ShrinkRun): ShrunkReply {
  const { faults, knobs, events, minimal, without, from, runs } = small;
  const { replicas, reduces, maps, story } = small;
  const broken = small.checks
    .filter((check) => !check.ok)
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity))
    .at(0);
  const check =
    broken === undefined
      ? null
      : { name: broken.name, title: broken.title, detail: broken.detail ?? '' };
  return {
    faults: faults.length,
    events,
    replay: printableReplayId(recordOf(small, record, inPipeline ? run.results.length - 1 : null)),
    schedule: faults,
    knobs,
    minimal,
    without,
    from,
    runs,
    replicas,
    maps,
    reduces,
    check,
    story,
    input: small.cut ? inputOf(small, run) : null,
  };
}

/** The replay of the small schedule holds what is left of the input itself. */
function recordOf(small: Shrunk, record: ReplayRecord, pass: number | null): ReplayRecord {
  const isHeld = small.cut || (pass !== null && pass > 0);
  const held = small.inputs.map(({ path, bytes }) => ({
    path,
    hash: hashOf(bytes),
    content: Buffer.from(bytes).toString('base64'),
  }));
  return {
    ...record,
    inputs: isHeld ? held : record.inputs,
    ...(pass === null ? {} : { pass }),
    replicas: small.replicas,
    reduces: small.reduces === 0 ? null : small.reduces,
    splitBytes: small.splitBytes,
    seed: small.seed,
    generator: {
      kind: 'list',
      faults: [...small.faults],
      ...(Object.keys(small.knobs).length === 0 ? {} : { knobs: small.knobs }),
    },
    traceHash: small.traceHash,
  };
}

const LINES_SHOWN = 5;
const LF = 0x0a;

function inputOf({ inputs }: Shrunk, { last }: PassesResult): NonNullable<ShrunkReply['input']> {
  const shown: { path: string; text: string }[] = [];
  for (const { path, bytes } of inputs) {
    const text = Buffer.from(bytes).toString('utf8');
    for (const line of text.replace(/\n$/, '').split('\n')) {
      if (shown.length < LINES_SHOWN && text !== '') shown.push({ path, text: line });
    }
  }
  return {
    lines: linesIn(inputs),
    linesBefore: linesIn(last?.inputs ?? []),
    bytes: inputs.reduce((sum, { bytes }) => sum + bytes.length, 0),
    shown,
  };
}

function linesIn(inputs: readonly InputBytes[]): number {
  let lines = 0;
  for (const { bytes } of inputs) {
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines++;
    if (bytes.length > 0 && bytes.at(-1) !== LF) lines++;
  }
  return lines;
}
