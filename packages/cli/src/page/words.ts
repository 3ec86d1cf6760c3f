/** Times and records in words. */
import { nodeName, shapeOf, textOf } from './model.ts';
import type { Run } from './model.ts';

/** `4.100 s`, `12.345678 s` when every microsecond counts. */
export function timeText(at: number, digits: number = 3): string {
  return `${(at / 1e6).toFixed(digits)} s`;
}

/** Spaces between thousands. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** `1 fault`, `3 faults`. */
export function counted(count: number, one: string): string {
  return `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** What happened, without where: `sends assign map-3/1.0 to replica-7`. */
export function recordText(run: Run, record: number): string {
  const [event, what, fate] = shapeOf(run, record);
  const peer = nodeName(run, run.peer[record]);
  const about = textOf(run, run.about[record]);
  const more = textOf(run, run.more[record]);
  const told = more === '' ? '' : `: ${more}`;
  switch (event) {
    case 'sent':
      return `sends ${join(what, about)} to ${peer}${told}${fateText(fate)}`;
    case 'delivered':
      return `receives ${join(what, about)} from ${peer}${told}`;
    case 'undelivered':
      return `is not there for ${join(what, about)} from ${peer}`;
    case 'began':
      return `begins ${join(what, about)}${what === 'fetch' ? ` from ${peer}` : ''}`;
    case 'completed':
      return `${join(what, about)}${what === 'fetch' ? ` from ${peer}` : ''} completed${told}`;
    case 'dropped':
      return `${what === 'abandon' ? 'abandons' : 'discards'} ${about}`;
    case 'executed':
      return `has run ${about}${told}`;
    case 'store':
      return `${join(what, about)} at the store${told}`;
    case 'scoreboard': {
      const [running = '0', held = '0'] = more.split(' ');
      return `believes ${peer} is ${what}, runs ${running}, holds ${held}`;
    }
    case 'fault':
    case 'repaired':
      return more;
    case 'journal':
      return `journals ${more}`;
    case 'timer':
      return `timer ${more} fires`;
    default:
      return join(event, more);
  }
}

function join(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}

function fateText(fate: string): string {
  switch (fate) {
    case 'lost':
      return ', which is lost';
    case 'cut':
      return ', which is cut off';
    case 'duplicate':
      return ' a second time';
    default:
      return '';
  }
}
