import { deep, languageRows, stillEntrance } from './still-parts.ts';

/** What a visitor has done at the entrance while it was a drawing; undefined: nothing, or nothing new. */
export interface DoneAlready {
  readonly language: string | undefined;
  readonly pageLanguage: string | undefined;
  readonly name: string | undefined;
  readonly tapped: 'listen' | 'read' | undefined;
}

/** The page is not urgent: the drawing can be tapped, and the sound is on its way. But it does not wait longer, ms. */
const PATIENCE_MS = 500;

/** When the page may take the drawing's place: it has been seen, the sound needs nothing more, and no finger is on it. */
export async function inGoodTime(): Promise<void> {
  const { headStart } = window;
  if (headStart) await Promise.race([Promise.all([headStart.connected, painted()]), delay(PATIENCE_MS)]);
  // Taken away from under a finger, it would take the tap along.
  if (!stillEntrance()?.matches(':active')) return;
  await new Promise<void>((resolve) => {
    for (const event of ['pointerup', 'pointercancel', 'blur'])
      // The click comes after it.
      addEventListener(event, () => setTimeout(resolve), { once: true, capture: true });
  });
}

/** A page that nobody looks at is never painted. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

const delay = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** From now on taps are the page's. */
export function doneAlready(): DoneAlready {
  const { headStart } = window;
  headStart?.end();
  const entrance = stillEntrance();
  const [select] = entrance ? deep(entrance, 'select') : [];
  const [name] = entrance ? deep(entrance, '#name') : [];
  return {
    tapped: headStart?.tapped,
    language: languageRows().find(({ checked }) => checked)?.value,
    pageLanguage: select instanceof HTMLSelectElement ? select.value : undefined,
    name: name instanceof HTMLInputElement && name.value !== '' ? name.value : undefined,
  };
}

/** Once the page stands in the drawing's place: nobody sees it go. What was typed and where one was stays. */
export function removeStill(page: ParentNode, { name }: DoneAlready): void {
  const entrance = stillEntrance();
  if (!entrance) return;
  const focused = deep(entrance, ':focus').at(-1);
  entrance.remove();
  const [field] = deep(page, '#name');
  if (field instanceof HTMLInputElement && name !== undefined) field.value = name;
  if (focused) deep(page, selectorOf(focused))[0]?.focus({ preventScroll: true });
}

function selectorOf(element: HTMLElement): string {
  if (element.id !== '') return `#${element.id}`;
  if (element instanceof HTMLInputElement) return `input[type=radio][value="${CSS.escape(element.value)}"]`;
  return [element.localName.replace(/^still-/, 'ubizo-'), ...element.classList].join('.');
}
