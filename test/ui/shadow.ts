function firstBelow(root: Element | ShadowRoot, selector: string): Element | null {
  for (const element of root.querySelectorAll('*')) {
    if (element.matches(selector)) return element;
    const found = element.shadowRoot && firstBelow(element.shadowRoot, selector);
    if (found) return found;
  }
  return root instanceof Element && root.shadowRoot ? firstBelow(root.shadowRoot, selector) : null;
}

/**
 * The first match below `root`, in document order, through open shadow roots; each further selector is looked for
 * below the match of the one before it.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows, as with querySelector()
export function deep<T extends Element = HTMLElement>(root: Element, ...path: string[]): T | null {
  let found: Element | null = root;
  for (const selector of path) found = found && firstBelow(found, selector);
  return found as T | null;
}

/** What is read in the match, its shadow root included, spaces tidied. */
export function text(root: Element, ...path: string[]): string {
  const element = deep(root, ...path);
  if (!element) return '';
  const words = [...(element.shadowRoot ?? element).childNodes]
    .filter((node) => !(node instanceof Comment))
    .map((node) => node.textContent ?? '');
  return words.join('').replaceAll(/\s+/gu, ' ').trim();
}

/** All that is read below `root`, whatever shadow root it is in, spaces tidied. */
export function everything(root: Element): string {
  const read = (node: Node): string => {
    if (node instanceof Comment || node instanceof HTMLStyleElement) return '';
    if (node instanceof HTMLSlotElement) return '';
    const own = [...node.childNodes].map(read).join(' ');
    const inner =
      node instanceof Element && node.shadowRoot ? [...node.shadowRoot.childNodes].map(read).join(' ') : '';
    return node instanceof Text ? node.data : `${inner} ${own}`;
  };
  return read(root).replaceAll(/\s+/gu, ' ').trim();
}
