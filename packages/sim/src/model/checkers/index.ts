/**
 * The checkers of a model run: those of any run that do not ask what the job computes, and three
 * that know many jobs.
 */
import { jobId } from '@lisping/core';
import type { Timing } from '@lisping/core';
import { recoveryDelay, longestLatency, speculationDelay } from '../../bound.ts';
import type { CheckContext, Checker } from '../../checkers/checker.ts';
import { checksOf } from '../../checkers/index.ts';
import { createFencing } from '../../checkers/fencing.ts';
import { createEveryEventHandled } from '../../checkers/handled.ts';
import type { Checks } from '../../checkers/index.ts';
import { AttemptBook } from '../../checkers/known/attempt-book.ts';
import { createLeaseEndsWork } from '../../checkers/lease.ts';
import { createNothingLeft } from '../../checkers/nothing-left.ts';
import { createSlotsAreKept } from '../../checkers/slots.ts';
import type { Fault } from '../../fault.ts';
import { DEFAULT_WORLD } from '../../setting.ts';
import type { ModelWorkload } from '../model.ts';
import { createFinalStatus } from './final-status.ts';
import { createInTime } from './in-time.ts';
import { Ledger } from './ledger.ts';
import { createOneWinner } from './winners.ts';

export interface ModelCheckSetting {
  readonly workload: ModelWorkload;
  readonly replicas: number;
  readonly slots: number;
  readonly timing: Timing;
  readonly faults: readonly Fault[];
  readonly bound: () => number;
  readonly stop: () => void;
}

/** Makes new checkers for one run. */
export function createModelCheckers(setting: ModelCheckSetting): Checks {
  const { workload, replicas, slots, timing, faults, bound, stop } = setting;
  const context: CheckContext = {
    replicas,
    slots,
    timing,
    // No single job: what is asked about one is asked by the checkers of models instead.
    job: jobId(''),
    place: 0,
    jobs: 1,
    submittedAt: 0,
    otherBytes: false,
    output: '',
    maps: 0,
    reduces: 0,
    faults,
    expected: { kind: 'parts', parts: [] },
    bound,
    recovery: recoveryDelay(timing, DEFAULT_WORLD),
    judgesPace: true,
    latency: longestLatency(DEFAULT_WORLD),
    speculation: speculationDelay(timing, DEFAULT_WORLD),
    withoutFaults: () => 0,
    broken: stop,
  };
  const ledger = new Ledger(workload);
  const checkers: Checker[] = [
    createOneWinner(context, ledger),
    createFinalStatus(context, ledger),
    createFencing(context, new AttemptBook(context.job)),
    createLeaseEndsWork(context),
    createSlotsAreKept(context),
    createEveryEventHandled(context),
    createInTime(context, ledger),
    createNothingLeft(context),
  ];
  // What checkers share has seen an event after they compared it: they are told by it.
  return checksOf([ledger, ...checkers], checkers);
}
