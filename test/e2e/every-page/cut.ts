/**
 * Runs in a page: what of its words, buttons and fields is cut off, covered by the edge, torn into letters or too
 * small to be hit, in words. What can be scrolled to downwards is not cut; what needs sideways scrolling is (WCAG 2.2, 1.4.4 and 1.4.10).
 */
export function findCut(): string[] {
  const found: string[] = [];
  const tell = (element: Element, what: string): void => {
    const words = (element.textContent ?? '').replaceAll(/\s+/gu, ' ').trim().slice(0, 40);
    found.push(`${element.localName}.${element.className} “${words}” ${what}`);
  };
  const width = document.documentElement.clientWidth;
  let widest: Element = document.documentElement;

  // All that runs in the page stands in here: nothing else comes along.
  const look = {
    parentOf(element: Element): Element | null {
      if (element.assignedSlot) return element.assignedSlot;
      if (element.parentElement) return element.parentElement;
      const root = element.getRootNode();
      return root instanceof ShadowRoot ? root.host : null;
    },
    clips: (value: string): boolean => value === 'hidden' || value === 'clip',
    unseen(element: Element): boolean {
      for (let each: Element | null = element; each; each = this.parentOf(each)) {
        if (getComputedStyle(each).clipPath !== 'none' || each.localName === 'svg') return true;
      }
      return !element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    },
  };

  const checkText = (element: Element, text: Text): void => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = range.getClientRects();
    // What runs from right to left has several boxes in a line.
    const lines = new Set([...boxes].map(({ top }) => Math.round(top))).size;
    // Between two others a word may get a column as narrow as a letter.
    if (lines > 3 && text.data.trim().length < 3 * lines) return tell(element, `is torn into ${lines} lines`);
    for (const box of boxes) {
      if (box.left < -1 || box.right > width + 1) return tell(element, 'leaves the page');
      for (let each: Element | null = element; each; each = look.parentOf(each)) {
        const { overflowX, overflowY, display } = getComputedStyle(each);
        if (display === 'inline' || display === 'contents') continue;
        const edge = each.getBoundingClientRect();
        const cutAside =
          (look.clips(overflowX) || each.localName === 'button') &&
          (box.left < edge.left - 1 || box.right > edge.right + 1);
        const cutBelow = look.clips(overflowY) && (box.top < edge.top - 2 || box.bottom > edge.bottom + 2);
        if (cutAside || cutBelow) return tell(element, `is cut by ${each.localName}.${each.className}`);
      }
    }
    return undefined;
  };

  const checkTarget = (element: Element): void => {
    const { width: wide, height: high } = element.getBoundingClientRect();
    if (wide < 47.5 || high < 47.5) tell(element, `is ${Math.round(wide)} × ${Math.round(high)} px`);
    if (element.scrollWidth > element.clientWidth + 1) tell(element, 'is too narrow for its words');
  };

  const walk = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (element.getBoundingClientRect().right > widest.getBoundingClientRect().right) widest = element;
      if (
        ['style', 'script', 'option', 'noscript', 'title'].includes(element.localName) ||
        look.unseen(element)
      )
        continue;
      if (element.matches('button, select, summary')) checkTarget(element);
      for (const node of element.childNodes)
        if (node instanceof Text && node.data.trim() !== '') checkText(element, node);
    }
  };
  walk(document);
  if (document.documentElement.scrollWidth > width) tell(widest, 'makes the page scroll sideways');
  return [...new Set(found)];
}
