/** All checkers, in the order in which summaries print them. */
import type { Microseconds } from '@lisping/core';
import type { Observer } from '../observe.ts';
import { createAcknowledged } from './acknowledged.ts';
import { createAttemptsAreBounded } from './attempts.ts';
import { createBegunOnce } from './begun-once.ts';
import { createCanonicalInput } from './canonical.ts';
import type { CheckContext, Checker } from './checker.ts';
import { createClientIsServed } from './client.ts';
import { createResyncIsRare } from './chatter.ts';
import { createCompleteInput } from './complete-input.ts';
import { createWorkIsConserved } from './conserved.ts';
import { createComplaintsAreTrue } from './complaints.ts';
import { createConvergence } from './convergence.ts';
import { createCounterSums } from './counters.ts';
import { createDirectoriesFirst } from './directories.ts';
import { createFencing } from './fencing.ts';
import { createFinalStatus } from './final-status.ts';
import { createEndIsDone } from './ending.ts';
import { createEveryEventHandled } from './handled.ts';
import { createJournalFirst } from './journal-first.ts';
import { createWorkIsKept } from './kept.ts';
import { AttemptBook } from './known/attempt-book.ts';
import { Calm } from './known/calm.ts';
import { StandingJournal } from './known/standing-journal.ts';
import { createLeaseEndsWork } from './lease.ts';
import { createNobodyLostTooSoon } from './loss.ts';
import { createGoneAreLost } from './lost-in-time.ts';
import { createFaultsAreMasked } from './masked.ts';
import { createMembersAreHeeded } from './members.ts';
import { createNothingLeft } from './nothing-left.ts';
import { createOutputEqualsOracle } from './output.ts';
import { createWorkGoesWhereItCan } from './placed.ts';
import { createFetchingIsPaced } from './pacing.ts';
import { createOutputsAreKept } from './outputs-kept.ts';
import { createPlacesAreCurrent } from './places.ts';
import { createRefusedIsDiscarded } from './refused.ts';
import { createResyncFirst } from './resync-first.ts';
import { createSecondLook } from './second-look.ts';
import { createSlotsAreKept } from './slots.ts';
import { createSlotsMove } from './slots-move.ts';
import { createSlotsAreUsed } from './slots-used.ts';
import { createOneSlowNode } from './straggler.ts';
import { createHealthyWorkGoesOn } from './untouched.ts';
import { createUploadsAreTried } from './uploads.ts';
import { createVainWorkStops } from './vain.ts';
import { createValueOrder } from './value-order.ts';
import { createWholeOutput } from './whole-output.ts';
import { createOneWinner } from './winners.ts';

export type { CheckContext, Expected } from './checker.ts';

/** What watches one run. */
export interface Checks {
  /** Everything to be registered with the world, in this order: checkers and what they share. */
  readonly observers: readonly Observer[];
  /** Asked for verdicts when the run is over. */
  readonly checkers: readonly Checker[];
  /** One for each promise, when the run is over. */
  verdicts(): Check[];
}

/** One line of the verdict. */
export interface Check {
  readonly name: string;
  readonly title: string;
  readonly ok: boolean;
  readonly detail?: string;
  /** When it was found broken, in microseconds of virtual time. */
  readonly at?: Microseconds;
}

/** Makes new checkers for one run: one context for each job, in the order of their places. */
export function createCheckers(contexts: readonly CheckContext[]): Checks {
  const sets = contexts.map(checkersOf);
  const observers = sets.flatMap((set) => set.observers);
  return checksOf(
    observers,
    sets.flatMap(({ checkers }) => checkers),
  );
}

/** What is promised of each of several jobs is one promise. */
export function checksOf(observers: readonly Observer[], checkers: readonly Checker[]): Checks {
  const verdicts = (): Check[] => {
    const checks = new Map<string, Check>();
    for (const checker of checkers) {
      const { name, title } = checker;
      const before = checks.get(name);
      const verdict = checker.verdict();
      if (before === undefined || (before.ok && !verdict.ok)) {
        checks.set(name, { name, title, ...verdict });
      }
    }
    return [...checks.values()];
  };
  return { observers, checkers, verdicts };
}

function checkersOf(context: CheckContext): Pick<Checks, 'observers' | 'checkers'> {
  const journal = new StandingJournal(context.job);
  const book = new AttemptBook(context.job);
  const calm = new Calm(context);
  const checkers: Checker[] = [
    createValueOrder(context),
    createOutputEqualsOracle(context, journal),
    createCanonicalInput(context, journal, book),
    createCompleteInput(context),
    createOneWinner(context, journal),
    createFinalStatus(context, journal),
    createFencing(context, book),
    createBegunOnce(context, book),
    createJournalFirst(context, journal, book),
    createAcknowledged(context, journal, book),
  ];
  const isFirst = context.place === 0;
  // What is promised of the cluster needs one look, however many jobs there are.
  if (isFirst) {
    checkers.push(createLeaseEndsWork(context), createSlotsAreKept(context));
    checkers.push(createComplaintsAreTrue(context), createFetchingIsPaced(context));
  }
  checkers.push(
    createResyncFirst(context, journal),
    createNobodyLostTooSoon(context),
    createSecondLook(context),
    createClientIsServed(context, journal),
    createWholeOutput(context),
    createEndIsDone(context, journal),
    createCounterSums(context, journal, book),
  );
  if (isFirst) checkers.push(createEveryEventHandled(context));
  checkers.push(
    createConvergence(context, journal, book),
    createFaultsAreMasked(context, journal, book),
    createSlotsMove(context, journal, book),
    createAttemptsAreBounded(context, journal, book),
    createHealthyWorkGoesOn(context, journal, book),
    createOneSlowNode(context, journal),
    createWorkIsKept(context, journal, book),
    createVainWorkStops(context, journal, book),
    createRefusedIsDiscarded(context),
    createUploadsAreTried(context),
    createMembersAreHeeded(context),
    createPlacesAreCurrent(context),
    createOutputsAreKept(context, journal, book),
    createWorkGoesWhereItCan(context, journal, book),
    createDirectoriesFirst(context),
  );
  const ofPace: Observer[] = [];
  if (context.judgesPace) {
    ofPace.push(calm);
    checkers.push(createWorkIsConserved(context, journal, book, calm));
    if (isFirst) {
      checkers.push(createResyncIsRare(context, calm), createSlotsAreUsed(context, calm));
      checkers.push(createGoneAreLost(context, journal, calm));
    }
  }
  if (isFirst) checkers.push(createNothingLeft(context));
  // What checkers share has seen an event before they do.
  return { observers: [book, journal, ...ofPace, ...checkers], checkers };
}
