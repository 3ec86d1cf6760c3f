/** Observers sorted by what they listen to, so that a hook nobody wants costs one empty loop. */
import type { Observer } from './observe.ts';

/** Observers that have one method for certain. */
type Listeners<Hook extends keyof Observer> = readonly (Observer &
  Required<Pick<Observer, Hook>>)[];

export class Watch {
  readonly begin: Listeners<'begin'>;
  readonly healed: Listeners<'healed'>;
  readonly processStarted: Listeners<'processStarted'>;
  readonly processStopped: Listeners<'processStopped'>;
  readonly processPaused: Listeners<'processPaused'>;
  readonly processResumed: Listeners<'processResumed'>;
  readonly sent: Listeners<'sent'>;
  readonly delivered: Listeners<'delivered'>;
  readonly undelivered: Listeners<'undelivered'>;
  readonly timerFired: Listeners<'timerFired'>;
  readonly completed: Listeners<'completed'>;
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
    this.sent = having(observers, 'sent');
    this.delivered = having(observers, 'delivered');
    this.undelivered = having(observers, 'undelivered');
    this.timerFired = having(observers, 'timerFired');
    this.completed = having(observers, 'completed');
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
