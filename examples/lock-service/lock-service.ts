// A lock service, a store that the lock protects, and workers that increment a number under it: read,
// add one, write. Machines are told what happens, and push what they want to happen.
import type { Machine, MachineEffect, MachinePlace } from '@lisping/sim';

/** Every grant has a token, and a higher token is a later owner. */
type Message =
  | { readonly kind: 'acquire'; readonly request: number }
  | { readonly kind: 'granted'; readonly request: number; readonly token: number }
  | { readonly kind: 'read' | 'written' | 'release'; readonly token: number }
  | { readonly kind: 'value' | 'write'; readonly token: number; readonly value: number };
type Node = Machine<Message, 'incremented', number>;
type Effect = MachineEffect<Message, 'incremented', number>;
/** What a node finds when it starts: its disk, how often it has lived, random numbers. */
export type Place = MachinePlace<number>;

/** Whom the store keeps out: nobody; old tokens; old tokens, with what it promises on its disk. */
export type Fence = 'none' | 'in memory' | 'on disk';

const LEASE = 1_000_000; // microseconds, as all times are
const RETRY = 100_000;
const PATIENCE = 2_000_000;
export const GOAL = 2;

/** Lends the lock to one worker at a time, for a second. */
export function lockServer({ disk }: Place): Node {
  const effects: Effect[] = [];
  let token = disk.get('token') ?? 0;
  let owner: { readonly name: string; readonly request: number } | null = null;
  let isDurable = false;

  function grant(): void {
    if (owner === null) return;
    const message = { kind: 'granted', request: owner.request, token } as const;
    effects.push({ kind: 'send', to: owner.name, message });
  }

  return {
    effects,
    receive(_now, from, message) {
      if (message.kind === 'release' && message.token === token) owner = null;
      if (message.kind !== 'acquire') return;
      if (owner === null) {
        owner = { name: from, request: message.request };
        isDurable = false;
        token++;
        effects.push({ kind: 'write', effect: token, values: { token } });
        effects.push({ kind: 'set-timer', timer: 'lease', after: LEASE });
      } else if (isDurable && owner.name === from && owner.request === message.request) grant();
    },
    completed(_now, effect, answer) {
      if (effect !== token || answer.kind !== 'written') return;
      isDurable = true;
      grant();
    },
    timer() {
      owner = null;
    },
  };
}

/** Keeps the number. A fence keeps out whoever has an older token than the store has seen. */
export function store({ disk }: Place, fence: Fence): Node {
  const effects: Effect[] = [];
  let value = disk.get('value') ?? 0;
  let newest = disk.get('newest') ?? 0;
  let writes = 0;
  const then = new Map<number, () => void>();

  function write(values: Record<string, number>, whenWritten: () => void): void {
    then.set(++writes, whenWritten);
    effects.push({ kind: 'write', effect: writes, values });
  }

  return {
    effects,
    receive(_now, from, message) {
      if (message.kind !== 'read' && message.kind !== 'write') return;
      const { token } = message;
      if (fence !== 'none' && token < newest) return;
      newest = token;
      if (message.kind === 'write') {
        write({ newest, value: message.value }, () => {
          value = message.value;
          effects.push({ kind: 'send', to: from, message: { kind: 'written', token } });
        });
        return;
      }
      const answer = (): void => {
        effects.push({ kind: 'send', to: from, message: { kind: 'value', token, value } });
      };
      if (fence === 'on disk') write({ newest }, answer);
      else answer();
    },
    completed(_now, effect, answer) {
      if (answer.kind === 'written') then.get(effect)?.();
      then.delete(effect);
    },
  };
}

/** Increments the number, twice, each time under the lock. */
export function worker({ life }: Place): Node & { readonly done: number } {
  const effects: Effect[] = [];
  let done = 0;
  let request = life * 1_000;
  let token = 0;
  let awaited: Message['kind'] | null = null;

  const send = (to: string, message: Message): void => {
    effects.push({ kind: 'send', to, message });
  };
  const wait = (kind: Message['kind'], after: number): void => {
    awaited = kind;
    effects.push({ kind: 'set-timer', timer: 'patience', after });
  };
  function ask(): void {
    send('lock', { kind: 'acquire', request });
    wait('granted', RETRY);
  }
  function begin(): void {
    request++;
    ask();
  }

  return {
    effects,
    get done() {
      return done;
    },
    start: begin,
    timer: () => (awaited === 'granted' ? ask() : begin()),
    receive(_now, _from, message) {
      if (message.kind !== awaited) return;
      if (message.kind === 'granted' && message.request === request) {
        token = message.token;
        send('store', { kind: 'read', token });
        wait('value', PATIENCE);
      } else if (message.kind === 'value' && message.token === token) {
        send('store', { kind: 'write', token, value: message.value + 1 });
        awaited = 'written';
      } else if (message.kind === 'written' && message.token === token) {
        effects.push({ kind: 'output', value: 'incremented' });
        effects.push({ kind: 'cancel-timer', timer: 'patience' });
        send('lock', { kind: 'release', token });
        awaited = null;
        if (++done < GOAL) begin();
      }
    },
  };
}
