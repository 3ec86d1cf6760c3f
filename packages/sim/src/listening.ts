/**
 * Who of a list of observers listens to what, as places in that list. It follows from their classes,
 * so that it is found once and holds for the thousands of runs that are watched by objects of the same ones:
 * in a small world finding it anew took a tenth of all time.
 */
import { ROLE, ROLES } from './address.ts';
import { BARE_ANSWER, MESSAGE_CODE } from './message-key.ts';
import type { Interest, Observer } from './observe.ts';

export type Hook = Exclude<keyof Observer, 'interest'>;

/** Everything that an observer may hear. */
const HOOKS: readonly Hook[] = [
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
];

/** What every observer of any protocol has as far as this file looks. */
export type Watching = Pick<Observer, 'interest'>;

/** Places in a list of observers, in its order. */
export type Places = readonly number[];

const NOBODY: Places = [];

/** Kinds of effects, of whatever protocol, as small integers in the order in which they were first met. */
const effectCodes = new Map<string, number>();

export function effectCode(kind: string): number {
  const code = effectCodes.get(kind);
  if (code !== undefined) return code;
  effectCodes.set(kind, effectCodes.size);
  return effectCodes.size - 1;
}

/** Where the listeners to something that a process of this role handles are kept. */
export function slotOf(role: number, code: number): number {
  return code * ROLES + role;
}

export class Listening {
  private readonly classes: readonly unknown[];
  private readonly interests: readonly (Interest | undefined)[];
  private readonly hooks: ReadonlyMap<Hook, Places>;
  /** What was asked for before, by hook and slot. */
  private readonly found: Map<Hook, Places[]> = new Map<Hook, Places[]>();

  constructor(observers: readonly Watching[]) {
    this.classes = observers.map(({ constructor }) => constructor);
    this.interests = observers.map(({ interest }) => interest);
    const places = observers.map((_, place) => place);
    this.hooks = new Map(
      HOOKS.map((hook) => [hook, places.filter((place) => hasHook(observers[place], hook))]),
    );
  }

  /** True when it holds for these observers, too. */
  fits(observers: readonly Watching[]): boolean {
    const { classes } = this;
    if (observers.length !== classes.length) return false;
    // An object that was written down as it is has methods of its own.
    return observers.every(
      ({ constructor }, place) => constructor === classes[place] && constructor !== Object,
    );
  }

  to(hook: Hook): Places {
    return this.hooks.get(hook) ?? NOBODY;
  }

  /** Who hears of this message, or of a timer if there is none. */
  toMessage(hook: 'sent' | 'delivered' | 'timerFired', slot: number): Places {
    return this.narrowed(hook, slot, (interest, code) => code === 0 || hears(interest, code));
  }

  /** Who hears that something of this kind was asked for, or answered. */
  toEffect(hook: 'asked' | 'completed', slot: number): Places {
    return this.narrowed(hook, slot, sees);
  }

  private narrowed(
    hook: Hook,
    slot: number,
    admits: (interest: Interest, code: number) => boolean,
  ): Places {
    let bySlot = this.found.get(hook);
    if (bySlot === undefined) this.found.set(hook, (bySlot = []));
    const role = slot % ROLES;
    const code = (slot - role) / ROLES;
    return (bySlot[slot] ??= this.to(hook).filter((place) => {
      const interest = this.interests[place];
      return interest === undefined || (watches(interest, role) && admits(interest, code));
    }));
  }
}

function hasHook(observer: Watching | undefined, hook: Hook): boolean {
  // Any observer has some of the hooks.
  return observer !== undefined && (observer as Observer)[hook] !== undefined;
}

function hears({ messages, bareAnswers }: Interest, code: number): boolean {
  const isBare = code === BARE_ANSWER;
  if (isBare && bareAnswers === false) return false;
  const kind = isBare ? MESSAGE_CODE['heartbeat-answer'] : code;
  return messages === undefined || messages.some((other) => MESSAGE_CODE[other] === kind);
}

function sees({ effects }: Interest, code: number): boolean {
  return effects === undefined || effects.some((kind) => effectCode(kind) === code);
}

function watches({ of }: Interest, role: number): boolean {
  return of === undefined || role === (of === 'primaries' ? ROLE.primary : ROLE.replica);
}
