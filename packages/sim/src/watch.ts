/**
 * Observers sorted by what they listen to, so that a hook nobody wants costs one empty loop. The four
 * hooks that hear of nearly every event are sorted further, by who handles it and by the message.
 */
import { ROLE, ROLES } from './address.ts';
import type { Role } from './address.ts';
import { MESSAGE_CODE, MESSAGE_CODES } from './message-key.ts';
import type { Observer } from './observe.ts';

/** Observers that have one method for certain. */
type Listeners<Hook extends keyof Observer> = readonly (Observer &
  Required<Pick<Observer, Hook>>)[];

/** No message has this code. */
const NO_MESSAGE = 0;

/** The listeners of one hook by role and message; each list is made when it is first asked for. */
class Sorted<Hook extends keyof Observer> {
  private readonly all: Listeners<Hook>;
  private readonly lists: (Listeners<Hook> | null)[] = new Array<null>(ROLES * MESSAGE_CODES).fill(
    null,
  );

  constructor(all: Listeners<Hook>) {
    this.all = all;
  }

  of(role: Role, code: number): Listeners<Hook> {
    return this.lists[role * MESSAGE_CODES + code] ?? this.make(role, code);
  }

  private make(role: Role, code: number): Listeners<Hook> {
    const list = this.all.filter(
      (observer) => watches(observer, role) && (code === NO_MESSAGE || hears(observer, code)),
    );
    this.lists[role * MESSAGE_CODES + code] = list;
    return list;
  }
}

export class Watch {
  readonly begin: Listeners<'begin'>;
  readonly healed: Listeners<'healed'>;
  readonly processStarted: Listeners<'processStarted'>;
  readonly processStopped: Listeners<'processStopped'>;
  readonly processPaused: Listeners<'processPaused'>;
  readonly processResumed: Listeners<'processResumed'>;
  private readonly sent: Sorted<'sent'>;
  private readonly delivered: Sorted<'delivered'>;
  readonly undelivered: Listeners<'undelivered'>;
  private readonly timerFired: Sorted<'timerFired'>;
  private readonly completed: Sorted<'completed'>;
  readonly storeApplied: Listeners<'storeApplied'>;
  readonly journalCreated: Listeners<'journalCreated'>;
  readonly journalDurable: Listeners<'journalDurable'>;
  readonly journalRead: Listeners<'journalRead'>;
  readonly executed: Listeners<'executed'>;
  readonly told: Listeners<'told'>;
  readonly machineThrew: Listeners<'machineThrew'>;
  readonly faultApplied: Listeners<'faultApplied'>;
  readonly faultEnded: Listeners<'faultEnded'>;
  readonly end: Listeners<'end'>;

  constructor(observers: readonly Observer[]) {
    this.begin = having(observers, 'begin');
    this.healed = having(observers, 'healed');
    this.processStarted = having(observers, 'processStarted');
    this.processStopped = having(observers, 'processStopped');
    this.processPaused = having(observers, 'processPaused');
    this.processResumed = having(observers, 'processResumed');
    this.sent = new Sorted(having(observers, 'sent'));
    this.delivered = new Sorted(having(observers, 'delivered'));
    this.undelivered = having(observers, 'undelivered');
    this.timerFired = new Sorted(having(observers, 'timerFired'));
    this.completed = new Sorted(having(observers, 'completed'));
    this.storeApplied = having(observers, 'storeApplied');
    this.journalCreated = having(observers, 'journalCreated');
    this.journalDurable = having(observers, 'journalDurable');
    this.journalRead = having(observers, 'journalRead');
    this.executed = having(observers, 'executed');
    this.told = having(observers, 'told');
    this.machineThrew = having(observers, 'machineThrew');
    this.faultApplied = having(observers, 'faultApplied');
    this.faultEnded = having(observers, 'faultEnded');
    this.end = having(observers, 'end');
  }
  /** Who hears of a message that a process of this role sends. */
  ofSent(role: Role, code: number): Listeners<'sent'> {
    return this.sent.of(role, code);
  }

  /** Who hears of a message that a process of this role handles. */
  ofDelivered(role: Role, code: number): Listeners<'delivered'> {
    return this.delivered.of(role, code);
  }

  ofTimerFired(role: Role): Listeners<'timerFired'> {
    return this.timerFired.of(role, NO_MESSAGE);
  }

  ofCompleted(role: Role): Listeners<'completed'> {
    return this.completed.of(role, NO_MESSAGE);
  }
}

function having<Hook extends keyof Observer>(
  observers: readonly Observer[],
  hook: Hook,
): Listeners<Hook> {
  return observers.filter(
    (observer): observer is Observer & Required<Pick<Observer, Hook>> =>
      observer[hook] !== undefined,
  );
}

function hears({ interest }: Observer, code: number): boolean {
  const kinds = interest?.messages;
  return kinds === undefined || kinds.some((kind) => MESSAGE_CODE[kind] === code);
}

function watches({ interest }: Observer, role: Role): boolean {
  if (interest?.of === undefined) return true;
  return role === (interest.of === 'primaries' ? ROLE.primary : ROLE.replica);
}
