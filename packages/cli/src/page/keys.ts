/** The keyboard: one table, from which the help is made too. */
import { h } from './dom.ts';

export interface Key {
  /** As in KeyboardEvent.key. */
  readonly keys: readonly string[];
  /** How the help calls them. */
  readonly shown: string;
  readonly about: string;
  run(event: KeyboardEvent): void;
}

export function listenToKeys(keys: readonly Key[]): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const isTyping = target instanceof HTMLInputElement && target.type !== 'checkbox';
    if (isTyping && event.key !== 'Escape' && event.key !== 'Enter') return;
    const isButton = target instanceof HTMLElement && target.closest('button, a, select') !== null;
    if (isButton && (event.key === 'Enter' || event.key === ' ')) return;
    const key = keys.find(({ keys: names }) => names.includes(event.key));
    if (key === undefined) return;
    event.preventDefault();
    key.run(event);
  });
}

export function helpDialog(keys: readonly Key[]): HTMLDialogElement {
  const rows = keys.map(({ shown, about }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, ...shown.split(' ').map((key) => h('kbd', {}, key))),
      h('td', {}, about),
    ),
  );
  const close = h('button', { type: 'button', autofocus: '' }, 'Close');
  const dialog = h(
    'dialog',
    { 'aria-label': 'Help' },
    h('h2', {}, 'Keyboard'),
    h('table', { class: 'keys' }, h('tbody', {}, ...rows)),
    h(
      'p',
      { class: 'faint' },
      'Drag to move along time, Ctrl and wheel to zoom, click for the nearest event. The address holds what you look at: send it with the file.',
    ),
    close,
  );
  close.addEventListener('click', () => dialog.close());
  return dialog;
}
