/** The entrance as the box has drawn it (still-entrance.ts), in the page's HTML. */
export const stillEntrance = (): HTMLElement | null => document.getElementById('still');

/** All that matches below `root`, in shadow roots too. */
export function deep(root: ParentNode, selector: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => [
    ...(element.matches(selector) ? [element] : []),
    ...(element.shadowRoot ? deep(element.shadowRoot, selector) : []),
  ]);
}

export function languageRows(): HTMLInputElement[] {
  const entrance = stillEntrance();
  return entrance ? deep(entrance, 'input[type=radio]').filter((row) => row instanceof HTMLInputElement) : [];
}

/** What somebody has tapped in it. */
export function tappedIn(event: Event): 'listen' | 'read' | undefined {
  const path = event.composedPath();
  const entrance = stillEntrance();
  if (!entrance || !path.includes(entrance)) return undefined;
  const button = path.find((element) => element instanceof HTMLButtonElement);
  if (button?.matches('.listen')) return 'listen';
  return button?.matches('.read') ? 'read' : undefined;
}
