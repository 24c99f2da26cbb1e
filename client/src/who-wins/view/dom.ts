/** Small helpers to make elements. Texts are always set as text. */

type Child = Node | string | null;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function button(label: string, pressed: () => void, attributes: Readonly<Record<string, string>> = {}) {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', pressed);
  return made;
}

/** A list to choose from under its label. */
export function choice(id: string, label: string, chosen: (value: string) => void) {
  const list = element('select', { id });
  list.addEventListener('change', () => chosen(list.value));
  return { list, labelled: element('span', { class: 'choice' }, element('label', { for: id }, label), list) };
}

export function fill(list: HTMLSelectElement, values: readonly string[], selected: string): void {
  list.replaceChildren(...values.map((value) => element('option', { value }, value)));
  list.value = selected;
}

/** Redraws, and gives the focus back to the element with the same `data-key`. */
export function keepingFocus(root: HTMLElement, redraw: () => void): void {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && root.contains(focused) ? focused.dataset['key'] : undefined;
  redraw();
  if (key !== undefined) root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
