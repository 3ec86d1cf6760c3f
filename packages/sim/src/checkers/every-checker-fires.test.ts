// A checker that nothing trips is decoration. Each one fires on a copy of the protocol with one broken
// rule, found by the generator that is always used.
import { DEFAULT_TIMING, job } from '@lisping/core';
import { expect, test } from 'vitest';
import type { Mutant } from '../../mutants/build-mutant.ts';
import { hunt } from '../../mutants/hunt.ts';
import { mutant as acknowledgedBeforeJournaled } from '../../mutants/acknowledged-before-journaled.ts';
import { mutant as adoptedPrefixesNotRead } from '../../mutants/adopted-prefixes-not-read.ts';
import { mutant as allReducesRestarted } from '../../mutants/all-reduces-restarted.ts';
import { mutant as cancelIgnored } from '../../mutants/cancel-ignored.ts';
import { mutant as clientHearsProgressBack } from '../../mutants/client-hears-progress-back.ts';
import { mutant as commitNotResumed } from '../../mutants/commit-not-resumed.ts';
import { mutant as countersDoubled } from '../../mutants/counters-doubled.ts';
import { mutant as deniedAttemptTriedAgain } from '../../mutants/denied-attempt-tried-again.ts';
import { mutant as fetchFailuresTolerated } from '../../mutants/fetch-failures-tolerated.ts';
import { mutant as launchAfterKill } from '../../mutants/launch-after-kill.ts';
import { mutant as leaseWithoutEnd } from '../../mutants/lease-without-end.ts';
import { mutant as lostAfterOwnPause } from '../../mutants/lost-after-own-pause.ts';
import { mutant as lostTooSoon } from '../../mutants/lost-too-soon.ts';
import { mutant as mixtureCommitted } from '../../mutants/mixture-committed.ts';
import { mutant as noLookAfterAPause } from '../../mutants/no-look-after-a-pause.ts';
import { mutant as noSpeculation } from '../../mutants/no-speculation.ts';
import { mutant as outputsKeptAfterTheEnd } from '../../mutants/outputs-kept-after-the-end.ts';
import { mutant as partialResultsOverwrite } from '../../mutants/partial-results-overwrite.ts';
import { mutant as placedBeforeResync } from '../../mutants/placed-before-resync.ts';
import { mutant as publishedBeforeJournaled } from '../../mutants/published-before-journaled.ts';
import { mutant as reduceStartsEarly } from '../../mutants/reduce-starts-early.ts';
import { mutant as reducesBeforeDirectories } from '../../mutants/reduces-before-directories.ts';
import { mutant as reducesNeverYield } from '../../mutants/reduces-never-yield.ts';
import { mutant as revokedTaskForgotten } from '../../mutants/revoked-task-forgotten.ts';
import { mutant as slotsIgnored } from '../../mutants/slots-ignored.ts';
import { mutant as staleEpochAccepted } from '../../mutants/stale-epoch-accepted.ts';
import { mutant as sourceNotLeftAlone } from '../../mutants/source-not-left-alone.ts';
import { mutant as stalePrimaryObeyed } from '../../mutants/stale-primary-obeyed.ts';
import { mutant as successBeforeAllPublished } from '../../mutants/success-before-all-published.ts';
import { mutant as successorNotNoticed } from '../../mutants/successor-not-noticed.ts';
import { mutant as temporaryNotDeleted } from '../../mutants/temporary-not-deleted.ts';
import { mutant as troubleNotHandled } from '../../mutants/trouble-not-handled.ts';
import { mutant as userToldAgain } from '../../mutants/user-told-again.ts';
import { mutant as winnerReplaced } from '../../mutants/winner-replaced.ts';
import { mutant as winnerToldToStop } from '../../mutants/winner-told-to-stop.ts';
import { mutant as workDroppedForANewPrimary } from '../../mutants/work-dropped-for-a-new-primary.ts';
import { mutant as attemptNamesCollide } from '../../mutants/attempt-names-collide.ts';
import { mutant as deletionsDoNotWait } from '../../mutants/deletions-do-not-wait.ts';
import { mutant as twinNotStopped } from '../../mutants/twin-not-stopped.ts';
import { mutant as voidedOutputKept } from '../../mutants/voided-output-kept.ts';
import { mutant as oneUploadTry } from '../../mutants/one-upload-try.ts';
import { mutant as lostReplicaReports } from '../../mutants/lost-replica-reports.ts';
import { mutant as workForTheDeaf } from '../../mutants/work-for-the-deaf.ts';
import { mutant as slotStaysBusy } from '../../mutants/slot-stays-busy.ts';
import { mutant as lossNotJournaled } from '../../mutants/loss-not-journaled.ts';
import { mutant as lostPlaceNotAnnounced } from '../../mutants/lost-place-not-announced.ts';
import { mutant as failuresNeverForgotten } from '../../mutants/failures-never-forgotten.ts';
import { mutant as sourceAskedTwiceAtOnce } from '../../mutants/source-asked-twice-at-once.ts';
import { simulate } from '../simulate.ts';
import { createCheckers } from './index.ts';

const FIRES: readonly (readonly [checker: string, mutant: Mutant])[] = [
  ['output-equals-oracle', partialResultsOverwrite],
  ['every-split-reduced-once', mixtureCommitted],
  ['reduce-holds-all-segments', reduceStartsEarly],
  ['nothing-committed-twice', winnerReplaced],
  ['final-status-once', userToldAgain],
  ['final-status-once', cancelIgnored],
  ['stale-has-no-effect', staleEpochAccepted],
  ['stale-has-no-effect', stalePrimaryObeyed],
  ['stale-has-no-effect', launchAfterKill],
  ['journal-before-action', publishedBeforeJournaled],
  ['journal-before-action', successorNotNoticed],
  ['acknowledged-survives', acknowledgedBeforeJournaled],
  ['acknowledged-survives', adoptedPrefixesNotRead],
  ['lease-ends-work', leaseWithoutEnd],
  ['slots-are-kept', slotsIgnored],
  ['resync-before-placing', placedBeforeResync],
  ['output-appears-whole', successBeforeAllPublished],
  ['end-is-done-before-told', temporaryNotDeleted],
  ['counters-are-sums', countersDoubled],
  ['every-event-is-handled', troubleNotHandled],
  ['finished-in-time', commitNotResumed],
  ['nothing-left-behind', outputsKeptAfterTheEnd],
  ['faults-are-borne', fetchFailuresTolerated],
  ['slots-never-deadlock', reducesNeverYield],
  ['attempts-are-bounded', deniedAttemptTriedAgain],
  ['work-is-conserved', revokedTaskForgotten],
  ['work-is-kept', workDroppedForANewPrimary],
  ['resync-is-rare', sourceNotLeftAlone],
  ['directories-first', reducesBeforeDirectories],
  ['one-slow-node-costs-little', noSpeculation],
  ['nobody-lost-too-soon', lostTooSoon],
  ['nobody-lost-too-soon', lostAfterOwnPause],
  ['looks-again-after-a-pause', noLookAfterAPause],
  ['client-is-served', clientHearsProgressBack],
  ['healthy-work-goes-on', allReducesRestarted],
  ['attempts-begin-once', attemptNamesCollide],
  ['end-is-done-before-told', deletionsDoNotWait],
  ['vain-work-stops', twinNotStopped],
  ['refused-is-discarded', voidedOutputKept],
  ['uploads-are-tried-again', oneUploadTry],
  ['only-members-are-heeded', lostReplicaReports],
  ['work-goes-where-it-can', workForTheDeaf],
  ['slots-are-used', slotStaysBusy],
  ['the-gone-are-lost', lossNotJournaled],
  ['places-are-current', lostPlaceNotAnnounced],
  ['outputs-are-kept', winnerToldToStop],
  ['complaints-are-true', failuresNeverForgotten],
  ['fetching-is-paced', sourceAskedTwiceAtOnce],
];

/** Searched for so long that only CI does. */
const RARE: ReadonlySet<Mutant> = new Set([
  allReducesRestarted,
  fetchFailuresTolerated,
  launchAfterKill,
  noSpeculation,
  placedBeforeResync,
  stalePrimaryObeyed,
  winnerReplaced,
]);

const cases = FIRES.filter(([, mutant]) => process.env['CI'] === 'true' || !RARE.has(mutant)).map(
  ([checker, mutant]) => ({ checker, mutant, rule: mutant.rule }),
);

test.each(cases)('$checker: $rule', { timeout: 120_000 }, async ({ checker, mutant }) => {
  // Some promises are about one fault of one kind, and with knobs turned other checkers are faster.
  const kill = await hunt(mutant, { checker, schedules: 6000 });
  expect(kill?.checkers).toContain(checker);
  expect(kill?.detail).not.toBe('');
});

const VALUE_ORDER = 'job-does-not-depend-on-value-order';

test('a job that depends on the order of values is blamed itself, and nothing else is', () => {
  const first = job({
    map(line: string, emit) {
      emit('first', line);
    },
    reduce(key, values, emit) {
      for (const value of values) return emit(key, value);
    },
  });
  const { checks, verdict } = simulate({
    job: first,
    jobName: 'first',
    inputs: [{ path: 'text', bytes: new Uint8Array(Buffer.from('a\nb\nc\n')) }],
    replicas: 2,
    slots: 1,
    failRate: 0,
    reduces: 1,
    splitBytes: 2,
    seed: 'order',
    schedules: 1,
    keepGoing: false,
    faults: [],
    parameters: {},
    memo: true,
  });
  expect(verdict).toBe('failed');
  expect(checks.filter((check) => !check.ok).map((check) => check.name)).toEqual([VALUE_ORDER]);
});

test('no checker is missing from this list', () => {
  const expected = { kind: 'parts', parts: [] };
  const context = {
    replicas: 1,
    place: 0,
    judgesPace: true,
    timing: DEFAULT_TIMING,
    faults: [],
    expected,
  };
  const { checkers } = createCheckers([context] as unknown as Parameters<typeof createCheckers>[0]); // nothing else is read before a run
  const names = checkers.map((checker) => checker.name).sort();
  expect([...new Set([...FIRES.map(([checker]) => checker), VALUE_ORDER])].sort()).toEqual(names);
});
