/** How the swarm makes a fault of each kind, and pairs of faults that belong together. */
import type { CrashAtWriteFault, Fault, FaultKind } from './fault.ts';
import type { Microseconds } from '@lisping/core';
import type { FaultDraws } from './swarm-draws.ts';

/** A fault of the kind. */
export function faultOfKind(kind: FaultKind, draws: FaultDraws): Fault {
  const at = draws.at();
  const until = at + draws.duration();
  switch (kind) {
    case 'crash':
      return crash(draws);
    case 'crash-at-write':
      return crashAtWrite(draws);
    case 'pause': {
      const target = draws.node('primary', 'successor', 'store', 'client');
      const begins = target === 'primary' ? draws.pick(at, draws.moment()) : at;
      return { at: begins, kind, target, until: begins + draws.duration() };
    }
    case 'slow':
      return slow(draws);
    case 'clock': {
      const offset = draws.pick(0, draws.timer(), -draws.timer(), draws.below(86_400_000_000));
      const drift = draws.pick(0, 250, -250, draws.below(501) - 250);
      return {
        at,
        kind,
        target: draws.node('primary', 'client', 'successor'),
        until,
        offset,
        drift,
      };
    }
    case 'cut':
    case 'hold':
      return { at, kind, target: draws.link(), until };
    case 'loss':
      return { at, kind, target: draws.link(), until, perMille: draws.pick(50, 300, 700) };
    case 'duplication': {
      const perMille = draws.pick(100, 500, 1000);
      const late = { at, kind, target: draws.link(), until, perMille, by: draws.duration() };
      return draws.oneIn(2) ? late : { at, kind, target: late.target, until, perMille };
    }
    case 'delay':
      return delay(draws);
    case 'reorder':
      return { at, kind, target: draws.link(), until, by: draws.duration() };
    case 'successor':
      return { at: draws.pick(at, draws.moment()), kind, target: 'successor' };
    case 'damage':
      return { at, kind, target: draws.replica(), partition: draws.below(64) };
    case 'disk-full':
      return { at, kind, target: draws.replica(), until };
    case 'disk-slow':
      return { at, kind, target: draws.replica(), until, factor: draws.pick(3, 30, 600) };
    case 'journal-slow':
      return { at, kind, target: draws.journal(), until, by: draws.duration() };
    case 'journal-cut':
    case 'journal-full': {
      const begins = draws.pick(at, draws.moment());
      return { at: begins, kind, target: draws.journal(), until: begins + draws.duration() };
    }
    case 'store-full':
      return { at, kind, target: 'store', until };
    case 'store-slow':
      return { at, kind, target: 'store', until, by: draws.duration() };
    case 'tie': {
      const grain = draws.pick(100, 1_000, 10_000, 100_000);
      return { at, kind, target: '*', until, grain, prefer: draws.pick('last', 'shuffled') };
    }
    case 'task':
      return task(draws);
    case 'cancel':
      return cancel(draws, at);
  }
}

/** Where several jobs run, mostly one of them. */
function cancel(draws: FaultDraws, before: Microseconds): Fault {
  const at = draws.pick(before, draws.moment());
  const one = { at, kind: 'cancel', target: 'client' } as const;
  return draws.jobs === 1 || draws.oneIn(4) ? one : { ...one, job: draws.below(draws.jobs) };
}

function crash(draws: FaultDraws): Fault {
  const target = draws.node('primary', 'client', 'primary');
  const at = target === 'primary' ? draws.pick(draws.at(), draws.moment()) : draws.at();
  const kept = draws.pick('kept', 'unsynced-lost', 'torn');
  const isReplica = target.startsWith('replica-');
  const disk = isReplica && draws.oneIn(2) ? 'wiped' : kept;
  const until = isReplica && draws.oneIn(4) ? null : at + draws.duration();
  return { at, kind: 'crash', target, disk, until };
}

function crashAtWrite(draws: FaultDraws): CrashAtWriteFault {
  const target = draws.node('primary', 'primary', 'successor');
  const at = draws.oneIn(2) ? 0 : draws.at();
  const few = draws.between(1, 4);
  const write = target.startsWith('replica-') ? few : draws.pick(few, draws.between(1, 30));
  const when = draws.pick('before', 'torn', 'after');
  const down = draws.duration();
  const forGood = target !== 'primary' && draws.oneIn(5);
  const until = at + draws.aWhile();
  return { at, kind: 'crash-at-write', target, until, write, when, down: forGood ? null : down };
}

/** Mostly for long enough that it is the last to finish. */
function slow(draws: FaultDraws): Fault {
  const at = draws.at();
  const until = at + draws.pick(draws.duration(), draws.aWhile(), draws.aWhile());
  return { at, kind: 'slow', target: draws.replica(), until, factor: draws.pick(2, 4, 10, 10) };
}

/** Mostly all packets, or one alone, by a timer more or less. */
function delay(draws: FaultDraws): Fault {
  const at = draws.at();
  const target = draws.link();
  const by = draws.pick(draws.timer(), draws.timer(), draws.duration());
  const perMille = draws.pick(50, 300, 1000, 1000);
  const until = at + draws.duration();
  return { at, kind: 'delay', target, until, by, perMille };
}

/** Seldom often enough to fail the job. */
function task(draws: FaultDraws): Fault {
  const isEverywhere = draws.oneIn(3);
  // So long and so wide that the job must fail.
  const isFatal = isEverywhere && draws.oneIn(3);
  const at = isFatal ? draws.below(5_000_000) : draws.at();
  const until = at + (isFatal ? 3 * draws.aWhile() : draws.duration());
  const target = isEverywhere ? '*' : draws.replica();
  const name = draws.task();
  const effect = draws.pick('throws', 'hangs', 'killed', 'killed');
  if (effect !== 'killed') return { at, kind: 'task', target, until, task: name, effect };
  const record = draws.pick(null, 0, draws.below(40));
  return { at, kind: 'task', target, until, task: name, effect, record };
}

// -------------------------------------------------------------------- pairs

/** What real systems fell over, each with two or three faults. */
export const PAIRS: readonly ((draws: FaultDraws) => readonly Fault[])[] = [
  // An old primary stands still, and wakes beside its successor.
  (draws) => {
    const at = draws.moment();
    const beside = at + draws.pick(draws.below(20_000), draws.below(2_000_000));
    const until = beside + draws.pick(draws.below(40_000), draws.duration()) + 1;
    return [
      { at, kind: 'pause', target: 'primary', until },
      { at: beside, kind: 'successor', target: 'successor' },
    ];
  },
  // An old primary is cut off from the journal, or from everybody, beside its successor.
  (draws) => {
    const at = draws.moment();
    const until = at + draws.duration();
    const beside = at + draws.pick(draws.below(20_000), draws.below(3_000_000));
    return [
      draws.pick<Fault>(
        { at, kind: 'journal-cut', target: 'primary', until },
        { at, kind: 'cut', target: 'primary<->*', until },
        { at, kind: 'journal-slow', target: 'primary', until, by: draws.timer() },
      ),
      { at: beside, kind: 'successor', target: 'successor' },
    ];
  },
  // A replica is taken for lost, and comes back with what it did meanwhile.
  (draws) => {
    const at = draws.at();
    const target = draws.replica();
    const until = at + draws.timer();
    return [
      draws.pick<Fault>(
        { at, kind: 'pause', target, until },
        { at, kind: 'cut', target: `${target}->primary`, until },
        { at, kind: 'cut', target: `primary->${target}`, until },
        { at, kind: 'hold', target: `${target}->primary`, until },
        { at, kind: 'hold', target: `primary->${target}`, until },
      ),
    ];
  },
  // It dies right after it was written down, and its successor is there at once.
  (draws) => {
    const when = draws.pick<CrashAtWriteFault['when']>('torn', 'after');
    const trap = { ...crashAtWrite(draws), target: 'primary', when };
    const beside = draws.moment();
    return [trap, { at: beside, kind: 'successor', target: 'successor' }];
  },
  // One node that is slow at the end, so that its tasks get twins.
  (draws) => {
    const target = draws.replica();
    const at = draws.at();
    const until = at + draws.aWhile();
    const pauses = at + draws.below(12_000_000);
    return [
      { at, kind: 'slow', target, until, factor: 10 },
      draws.pick<Fault>(
        { at: pauses, kind: 'pause', target, until: Math.max(pauses, until) + 1 },
        {
          at,
          kind: 'delay',
          target: `${target}->primary`,
          until,
          by: draws.timer(),
          perMille: 1000,
        },
        {
          at,
          kind: 'delay',
          target: `primary->${target}`,
          until,
          by: draws.timer(),
          perMille: 1000,
        },
      ),
    ];
  },
  // One replica is slow from early on, for as long as the job lasts.
  (draws) => {
    const at = draws.below(6_000_000);
    const target = draws.replica();
    return [{ at, kind: 'slow', target, until: at + 3 * draws.aWhile(), factor: 10 }];
  },
  // Two replicas cannot reach each other: for a request or two, or for longer than the job lasts.
  (draws) => {
    const at = draws.at();
    const target = `${draws.replica()}${draws.pick('->', '<->')}${draws.replica()}`;
    const [from, to] = target.split(/<?->/);
    if (from === to) return [];
    const until = at + draws.pick(draws.between(500_000, 3_000_000), 4 * draws.aWhile());
    return [
      draws.pick<Fault>(
        { at, kind: 'cut', target, until },
        { at, kind: 'loss', target, until, perMille: draws.pick(300, 700) },
      ),
    ];
  },
  // What a replica has complained of comes again when it has long been mended.
  (draws) => {
    const at = draws.at();
    const replica = draws.replica();
    const source = draws.replica();
    if (replica === source) return [];
    const until = at + draws.between(500_000, 3_000_000);
    const target = `${replica}->primary`;
    const by = draws.duration();
    return [
      { at, kind: 'cut', target: `${replica}->${source}`, until },
      { at, kind: 'duplication', target, until: until + draws.duration(), perMille: 1000, by },
    ];
  },
  // All that a replica and the primary tell each other comes when it is too late.
  (draws) => {
    const at = draws.at();
    const by = draws.lateness();
    const target = `primary<->${draws.replica()}`;
    const until = at + draws.pick(by, draws.duration());
    return [{ at, kind: 'delay', target, until, by, perMille: draws.pick(300, 1000) }];
  },
  // The user cancels while the primary does not hear the client, or has not heard of the job.
  (draws) => {
    const at = draws.pick(draws.below(100_000), draws.at());
    const until = at + draws.between(100_000, 5_000_000);
    const target = draws.pick('client->primary', 'client<->primary', 'client->*');
    const cancel = at + draws.below(until - at);
    return [
      draws.pick<Fault>(
        { at, kind: 'cut', target, until },
        { at, kind: 'crash', target: 'primary', disk: 'kept', until },
        { at, kind: 'hold', target, until },
      ),
      { at: cancel, kind: 'cancel', target: 'client' },
    ];
  },
  // What the client was told comes again, or out of its order.
  (draws) => {
    const at = draws.at();
    const until = at + draws.aWhile();
    const by = draws.lateness();
    const target = draws.pick('primary->client', 'primary<->client');
    return [
      draws.pick<Fault>(
        { at, kind: 'duplication', target, until, perMille: 500, by },
        { at, kind: 'delay', target, until, perMille: 300, by },
      ),
    ];
  },
  // The primary stands still for longer than it may without looking about itself again.
  (draws) => {
    const at = draws.pick(draws.at(), draws.moment());
    return [{ at, kind: 'pause', target: 'primary', until: at + draws.lateness() }];
  },
  // Two primaries open the journal at the same time.
  (draws) => {
    const at = draws.pick(draws.moment(), draws.at());
    const until = at + draws.pick(draws.below(500_000), draws.duration()) + 1;
    const beside = until + draws.below(draws.pick(3_000, 8_000));
    const slow = { at: until, until: until + 1_000_000, by: draws.below(400_000) } as const;
    return [
      { at, kind: 'crash', target: 'primary', disk: 'kept', until },
      { at: beside, kind: 'successor', target: 'successor' },
      ...(draws.oneIn(2)
        ? [{ ...slow, kind: 'journal-slow' as const, target: draws.journal() }]
        : []),
    ];
  },
  // One replica goes until its work was done again elsewhere, and when it is back the next one goes.
  (draws) => {
    const at = draws.at();
    const first = draws.replica();
    const second = draws.anyReplica();
    const until = at + draws.long();
    const again = until + draws.below(6_000_000);
    const back = draws.oneIn(2) ? null : again + draws.long();
    return [
      { at, kind: 'crash', target: first, disk: 'kept', until },
      { at: again, kind: 'crash', target: second, disk: draws.pick('kept', 'wiped'), until: back },
    ];
  },
  // A replica comes back with its old work while decisions take long to be written.
  (draws) => {
    const at = draws.at();
    const target = draws.replica();
    const until = at + draws.long();
    const slow = {
      at: at + 2_000_000,
      until: until + 6_000_000,
      by: 1_000_000 + draws.below(900_000),
    };
    return [
      draws.pick<Fault>(
        { at, kind: 'crash', target, disk: 'kept', until },
        { at, kind: 'pause', target, until },
        { at, kind: 'cut', target: `${target}<->primary`, until },
      ),
      { ...slow, kind: 'journal-slow', target: 'primary' },
    ];
  },
  // What was sent to the store and never answered takes effect long after everybody has forgotten it.
  (draws) => {
    const at = draws.pick(0, 0, draws.at());
    const until = at + draws.duration();
    const target = draws.pick('primary->store', 'primary->store', `${draws.replica()}->store`);
    const by = draws.pick(draws.long(), draws.aWhile() + draws.below(6_000_000));
    const late = draws.pick<Fault>(
      { at, kind: 'delay', target, until, by, perMille: 1000 },
      { at, kind: 'duplication', target, until, perMille: 1000, by },
      { at, kind: 'hold', target, until: at + by },
    );
    // And the primary that would have seen to it is gone by then, or the job is.
    const ends = draws.aWhile();
    const early = at + draws.below(3_000_000);
    return draws.pick<readonly Fault[]>(
      [late],
      [late, { at: ends, kind: 'crash', target: 'primary', disk: 'kept', until: ends + 1 }],
      [late, { at: early, kind: 'cancel', target: 'client' }],
    );
  },
  // What a replica said in one life, or was told in it, comes late, in the next.
  (draws) => {
    const at = draws.pick(0, draws.at(), draws.at());
    const target = draws.replica();
    const link = draws.pick(`${target}->primary`, `primary->${target}`);
    const after = at + draws.below(4_000_000);
    const until = after + draws.below(1_500_000) + 1;
    const by = until - at + draws.below(3_000_000);
    return [
      { at, kind: 'duplication', target: link, until: after, perMille: 1000, by },
      { at: after, kind: 'crash', target, disk: draws.pick('kept', 'wiped'), until },
    ];
  },
  // What a replica was told before it was lost comes when it is back.
  (draws) => {
    const at = draws.at();
    const target = draws.replica();
    const until = at + draws.between(200_000, 2_000_000);
    const back = until + draws.lateness() + 1_000_000;
    const by = back - at + draws.between(1_000_000, 2_500_000);
    return [
      { at, kind: 'delay', target: `primary->${target}`, until, by, perMille: 1000 },
      { at: until, kind: 'cut', target: `${target}->primary`, until: back },
    ];
  },
  // A slow replica's tasks get twins, and decisions take long to be written: both are done before either counts.
  (draws) => {
    const at = draws.below(6_000_000);
    const until = at + 2 * draws.aWhile();
    const by = 300_000 + draws.below(1_500_000);
    return [
      { at, kind: 'slow', target: draws.replica(), until, factor: draws.pick(2, 3, 4) },
      { at: at + 3_000_000, kind: 'journal-slow', target: 'primary', until, by },
    ];
  },
  // One replica cannot reach the store, for longer than an upload is tried.
  (draws) => {
    const at = draws.at();
    const until = at + 2 * draws.aWhile();
    return [{ at, kind: 'cut', target: `${draws.replica()}->store`, until }];
  },
  // A client says everything twice, almost at once.
  (draws) => {
    const at = draws.pick(0, draws.at());
    const until = at + 3_000_000;
    const by = 1 + draws.below(draws.pick(30_000, 3_000_000));
    return [{ at, kind: 'duplication', target: 'client->primary', until, perMille: 1000, by }];
  },
  // An output goes, and a primary dies when it has written down what was made in its place.
  (draws) => {
    const target = draws.replica();
    const at = draws.at();
    const until = at + 1 + draws.below(3_000_000);
    const made = until + draws.below(12_000_000);
    const write = draws.between(1, 2);
    const late = made + draws.aWhile();
    return [
      draws.pick<Fault>(
        { at, kind: 'crash', target, disk: 'wiped', until },
        { at, kind: 'damage', target, partition: draws.below(64) },
      ),
      {
        at: made,
        kind: 'crash-at-write',
        target: 'primary',
        until: late,
        write,
        when: 'after',
        down: draws.pick(1, draws.duration()),
      },
    ];
  },
];
