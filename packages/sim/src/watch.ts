/**
 * Observers sorted by what they listen to, so that a hook nobody wants costs one empty loop. Hooks that
 * hear of nearly every event are sorted further, by who handles it and by the message or the effect.
 */
import type { Role } from './address.ts';
import { effectCode, Listening, slotOf } from './listening.ts';
import type { Hook, Places } from './listening.ts';
import type { Observer } from './observe.ts';
import type { MapReduce, Protocol } from './protocol.ts';

/** Observers that have one method for certain. */
type Listeners<P extends Protocol, H extends Hook> = readonly (Observer<P> &
  Required<Pick<Observer<P>, H>>)[];

/** No message has this code. */
const NO_MESSAGE = 0;

/** A world that is being built is watched by nobody. */
const unwatched = new Listening([]);
/** That of the last run; the next one is mostly watched by objects of the same classes. */
let latest = unwatched;

function listeningOf<P extends Protocol>(observers: readonly Observer<P>[]): Listening {
  if (observers.length === 0) return unwatched;
  if (!latest.fits(observers)) latest = new Listening(observers);
  return latest;
}

/** The listeners of one hook by slot; each list is made when it is first asked for. */
class Sorted<P extends Protocol, H extends Hook> {
  private readonly lists: (Listeners<P, H> | undefined)[] = [];
  private readonly observers: readonly Observer<P>[];
  private readonly find: (slot: number) => Places;

  constructor(observers: readonly Observer<P>[], find: (slot: number) => Places) {
    this.observers = observers;
    this.find = find;
  }

  of(slot: number): Listeners<P, H> {
    return this.lists[slot] ?? this.make(slot);
  }

  private make(slot: number): Listeners<P, H> {
    const list = chosen<P, H>(this.observers, this.find(slot));
    this.lists[slot] = list;
    return list;
  }
}

function chosen<P extends Protocol, H extends Hook>(
  observers: readonly Observer<P>[],
  places: Places,
): Listeners<P, H> {
  // The cast says what {@link Listening} has seen to: whoever is at one of these places has the method.
  return places.map((place) => observers[place]) as unknown as Listeners<P, H>;
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
  private readonly asked: Sorted<P, 'asked'>;
  private readonly completed: Sorted<P, 'completed'>;
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
    const listening = listeningOf(observers);
    const to = <H extends Hook>(hook: H): Listeners<P, H> => chosen(observers, listening.to(hook));
    this.begin = to('begin');
    this.healed = to('healed');
    this.processStarted = to('processStarted');
    this.processStopped = to('processStopped');
    this.processPaused = to('processPaused');
    this.processResumed = to('processResumed');
    this.undelivered = to('undelivered');
    this.storeApplied = to('storeApplied');
    this.journalCreated = to('journalCreated');
    this.journalDurable = to('journalDurable');
    this.journalRead = to('journalRead');
    this.executed = to('executed');
    this.told = to('told');
    this.machineThrew = to('machineThrew');
    this.faultApplied = to('faultApplied');
    this.faultEnded = to('faultEnded');
    this.end = to('end');
    this.sent = new Sorted(observers, (slot) => listening.toMessage('sent', slot));
    this.delivered = new Sorted(observers, (slot) => listening.toMessage('delivered', slot));
    this.timerFired = new Sorted(observers, (slot) => listening.toMessage('timerFired', slot));
    this.asked = new Sorted(observers, (slot) => listening.toEffect('asked', slot));
    this.completed = new Sorted(observers, (slot) => listening.toEffect('completed', slot));
  }

  /** Who hears of a message that a process of this role sends. */
  ofSent(role: Role, code: number): Listeners<P, 'sent'> {
    return this.sent.of(slotOf(role, code));
  }

  /** Who hears of a message that a process of this role handles. */
  ofDelivered(role: Role, code: number): Listeners<P, 'delivered'> {
    return this.delivered.of(slotOf(role, code));
  }

  ofTimerFired(role: Role): Listeners<P, 'timerFired'> {
    return this.timerFired.of(slotOf(role, NO_MESSAGE));
  }

  /** Who hears that a process of this role asked for something of this kind. */
  ofAsked(role: Role, kind: string): Listeners<P, 'asked'> {
    return this.asked.of(slotOf(role, effectCode(kind)));
  }

  /** Who hears that a process of this role was answered what it asked for. */
  ofCompleted(role: Role, kind: string): Listeners<P, 'completed'> {
    return this.completed.of(slotOf(role, effectCode(kind)));
  }
}
