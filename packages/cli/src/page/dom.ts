/** A few words for making elements. Text goes in as text, never as HTML. */

type Child = Node | string;

/** `h('button', { class: 'x', title: 'y' }, 'text')`. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function button(label: string, title: string, onClick: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', title }, label);
  element.addEventListener('click', onClick);
  return element;
}

/** A term and what it means, for `dl`. */
export function term(name: string, ...content: readonly Child[]): HTMLElement[] {
  return [h('dt', {}, name), h('dd', {}, ...content)];
}
