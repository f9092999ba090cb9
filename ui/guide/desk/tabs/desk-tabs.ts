import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What a guide changes between on a phone. */
export const DESK_TABS = ['speak', 'questions', 'people', 'more'] as const;
export type DeskTab = (typeof DESK_TABS)[number];

/** Where there is room for one column only. */
const NARROW = '(max-width: 799px)';
const KEY = 'ubizo.desk-tab';
/** So that what the keyboard or a screen reader comes to is not below the bar. */
const BAR_ROOM = '12rem';

/**
 * Which part of the desk is looked at where there is room for one (the tabs pattern of the ARIA Authoring Practices). It
 * outlives a reload, and each part is found as far down as it was left.
 */
export class DeskTabs implements ReactiveController {
  now: DeskTab;
  narrow: boolean;
  private readonly host: ReactiveControllerHost & { readonly renderRoot: Element | DocumentFragment };
  private readonly media = matchMedia(NARROW);
  private readonly scrolled = new Map<DeskTab, number>();

  constructor(host: ReactiveControllerHost & { readonly renderRoot: Element | DocumentFragment }) {
    this.host = host;
    this.narrow = this.media.matches;
    this.now = remembered();
    host.addController(this);
  }

  hostConnected(): void {
    this.media.addEventListener('change', this.measure);
    this.measure();
  }

  hostDisconnected(): void {
    this.media.removeEventListener('change', this.measure);
    document.documentElement.style.scrollPaddingBlockEnd = '';
  }

  hides(tab: DeskTab): boolean {
    return this.narrow && tab !== this.now;
  }

  /** Once more on the same one: to its top. */
  choose(tab: DeskTab): void {
    const same = tab === this.now;
    this.scrolled.set(this.now, window.scrollY);
    this.now = tab;
    try {
      sessionStorage.setItem(KEY, tab);
    } catch {
      // Not remembered.
    }
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => window.scrollTo(0, same ? 0 : (this.scrolled.get(tab) ?? 0)));
  }

  /** Arrows go by what is seen: to the left is back, but where one reads from the right. */
  readonly keyDown = (event: KeyboardEvent): void => {
    const tab = this.reachedBy(event.key);
    if (!tab) return;
    event.preventDefault();
    this.choose(tab);
    void this.host.updateComplete.then(() =>
      this.host.renderRoot.querySelector<HTMLElement>(`#tab-${tab}`)?.focus(),
    );
  };

  private reachedBy(key: string): DeskTab | undefined {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const at = DESK_TABS.indexOf(this.now);
    if (key === forward) return DESK_TABS[(at + 1) % DESK_TABS.length];
    if (key === back) return DESK_TABS.at(at - 1);
    if (key === 'Home') return DESK_TABS[0];
    return key === 'End' ? DESK_TABS.at(-1) : undefined;
  }

  private readonly measure = (): void => {
    this.narrow = this.media.matches;
    document.documentElement.style.scrollPaddingBlockEnd = this.narrow ? BAR_ROOM : '';
    this.host.requestUpdate();
  };
}

function remembered(): DeskTab {
  try {
    const tab = sessionStorage.getItem(KEY);
    return DESK_TABS.find((each) => each === tab) ?? 'speak';
  } catch {
    return 'speak';
  }
}
