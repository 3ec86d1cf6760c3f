/**
 * Observers sorted by what they listen to, so that a hook nobody wants costs one empty loop. Hooks that
 * hear of nearly every event are sorted further, by who handles it and by the message or the effect.
 */
import { ROLE, ROLES } from './address.ts';
import type { Role } from './address.ts';
import { MESSAGE_CODE, MESSAGE_CODES } from './message-key.ts';
import type { Observer } from './observe.ts';
import type { MapReduce, Protocol } from './protocol.ts';

/** Observers that have one method for certain. */
type Listeners<P extends Protocol, Hook extends keyof Observer<P>> = readonly (Observer<P> &
  Required<Pick<Observer<P>, Hook>>)[];

/** Everything that an observer may hear. */
const HOOKS = [
  'begin',
  'healed',
  'processStarted',
  'processStopped',
  'processPaused',
  'processResumed',
  'sent',
  'delivered',
  'undelivered',
  'timerFired',
  'asked',
  'completed',
  'storeApplied',
  'journalCreated',
  'journalDurable',
  'journalRead',
  'executed',
  'told',
  'machineThrew',
  'faultApplied',
  'faultEnded',
  'end',
] as const satisfies readonly (keyof Observer)[];

type Hook = (typeof HOOKS)[number];

type Watching = Pick<Observer, 'interest'>;

/** No message has this code. */
const NO_MESSAGE = 0;

/** The listeners of one hook by role and message; each list is made when it is first asked for. */
class Sorted<P extends Protocol, Hook extends keyof Observer<P>> {
  private readonly all: Listeners<P, Hook>;
  private readonly lists: (Listeners<P, Hook> | null)[] = new Array<null>(
    ROLES * MESSAGE_CODES,
  ).fill(null);

  constructor(all: Listeners<P, Hook>) {
    this.all = all;
  }

  of(role: Role, code: number): Listeners<P, Hook> {
    return this.lists[role * MESSAGE_CODES + code] ?? this.make(role, code);
  }

  private make(role: Role, code: number): Listeners<P, Hook> {
    const list = this.all.filter(
      (observer) => watches(observer, role) && (code === NO_MESSAGE || hears(observer, code)),
    );
    this.lists[role * MESSAGE_CODES + code] = list;
    return list;
  }
}

/** The listeners of one hook by role and kind of effect; each list is made when it is first asked for. */
class ByEffect<P extends Protocol, Hook extends 'asked' | 'completed'> {
  private readonly all: Listeners<P, Hook>;
  private readonly lists: readonly Map<string, Listeners<P, Hook>>[] = Array.from(
    { length: ROLES },
    () => new Map<string, Listeners<P, Hook>>(),
  );

  constructor(all: Listeners<P, Hook>) {
    this.all = all;
  }

  of(role: Role, kind: string): Listeners<P, Hook> {
    return this.lists[role]?.get(kind) ?? this.make(role, kind);
  }

  private make(role: Role, kind: string): Listeners<P, Hook> {
    const list = this.all.filter((observer) => watches(observer, role) && sees(observer, kind));
    this.lists[role]?.set(kind, list);
    return list;
  }
}

export class Watch<P extends Protocol = MapReduce> {
  readonly begin: Listeners<P, 'begin'>;
  readonly healed: Listeners<P, 'healed'>;
  readonly processStarted: Listeners<P, 'processStarted'>;
  readonly processStopped: Listeners<P, 'processStopped'>;
  readonly processPaused: Listeners<P, 'processPaused'>;
  readonly processResumed: Listeners<P, 'processResumed'>;
  private readonly sent: Sorted<P, 'sent'>;
  private readonly delivered: Sorted<P, 'delivered'>;
  readonly undelivered: Listeners<P, 'undelivered'>;
  private readonly timerFired: Sorted<P, 'timerFired'>;
  private readonly asked: ByEffect<P, 'asked'>;
  private readonly completed: ByEffect<P, 'completed'>;
  readonly storeApplied: Listeners<P, 'storeApplied'>;
  readonly journalCreated: Listeners<P, 'journalCreated'>;
  readonly journalDurable: Listeners<P, 'journalDurable'>;
  readonly journalRead: Listeners<P, 'journalRead'>;
  readonly executed: Listeners<P, 'executed'>;
  readonly told: Listeners<P, 'told'>;
  readonly machineThrew: Listeners<P, 'machineThrew'>;
  readonly faultApplied: Listeners<P, 'faultApplied'>;
  readonly faultEnded: Listeners<P, 'faultEnded'>;
  readonly end: Listeners<P, 'end'>;

  constructor(observers: readonly Observer<P>[]) {
    const all = having(observers);
    this.begin = all.begin;
    this.healed = all.healed;
    this.processStarted = all.processStarted;
    this.processStopped = all.processStopped;
    this.processPaused = all.processPaused;
    this.processResumed = all.processResumed;
    this.sent = new Sorted(all.sent);
    this.delivered = new Sorted(all.delivered);
    this.undelivered = all.undelivered;
    this.timerFired = new Sorted(all.timerFired);
    this.asked = new ByEffect(all.asked);
    this.completed = new ByEffect(all.completed);
    this.storeApplied = all.storeApplied;
    this.journalCreated = all.journalCreated;
    this.journalDurable = all.journalDurable;
    this.journalRead = all.journalRead;
    this.executed = all.executed;
    this.told = all.told;
    this.machineThrew = all.machineThrew;
    this.faultApplied = all.faultApplied;
    this.faultEnded = all.faultEnded;
    this.end = all.end;
  }

  /** Who hears of a message that a process of this role sends. */
  ofSent(role: Role, code: number): Listeners<P, 'sent'> {
    return this.sent.of(role, code);
  }

  /** Who hears of a message that a process of this role handles. */
  ofDelivered(role: Role, code: number): Listeners<P, 'delivered'> {
    return this.delivered.of(role, code);
  }

  ofTimerFired(role: Role): Listeners<P, 'timerFired'> {
    return this.timerFired.of(role, NO_MESSAGE);
  }

  /** Who hears that a process of this role asked for something of this kind. */
  ofAsked(role: Role, kind: string): Listeners<P, 'asked'> {
    return this.asked.of(role, kind);
  }

  /** Who hears that a process of this role was answered what it asked for. */
  ofCompleted(role: Role, kind: string): Listeners<P, 'completed'> {
    return this.completed.of(role, kind);
  }
}

/** Every hook has its listeners, in the order of the observers. */
type Having<P extends Protocol> = { readonly [H in Hook]: Listeners<P, H> };

function having<P extends Protocol>(observers: readonly Observer<P>[]): Having<P> {
  const lists = new Map<Hook, Observer<P>[]>(HOOKS.map((hook) => [hook, []]));
  for (const observer of observers) {
    for (const hook of hooksOf(observer)) lists.get(hook)?.push(observer);
  }
  // The cast says what was just seen to: whoever is in the list of a hook has its method.
  return Object.fromEntries(lists) as unknown as Having<P>;
}

/** By class: what its objects listen to. In a small world asking each of them anew took a tenth of all time. */
const hooksOfClass = new Map<unknown, readonly Hook[]>();

function hooksOf(observer: object): readonly Hook[] {
  const { constructor } = observer;
  const found = () => HOOKS.filter((hook) => (observer as Observer)[hook] !== undefined); // any observer has some of them
  // An object that was written down as it is has methods of its own.
  if (constructor === Object) return found();
  let hooks = hooksOfClass.get(constructor);
  if (hooks === undefined) {
    hooks = found();
    hooksOfClass.set(constructor, hooks);
  }
  return hooks;
}

function hears({ interest }: Watching, code: number): boolean {
  const kinds = interest?.messages;
  return kinds === undefined || kinds.some((kind) => MESSAGE_CODE[kind] === code);
}

function sees({ interest }: Watching, kind: string): boolean {
  const kinds: readonly string[] | undefined = interest?.effects;
  return kinds === undefined || kinds.includes(kind);
}

function watches({ interest }: Watching, role: Role): boolean {
  if (interest?.of === undefined) return true;
  return role === (interest.of === 'primaries' ? ROLE.primary : ROLE.replica);
}
