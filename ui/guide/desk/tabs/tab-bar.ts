import { msg, str } from '@lit/localize';
import { css, html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { microphoneIcon } from '../../../elements/icons.ts';
import { askIcon, moreIcon, peopleIcon } from '../desk-icons.ts';
import { DESK_TABS, type DeskTab, type DeskTabs } from './desk-tabs.ts';

/** How many wait for the guide, by tab. */
export type Waiting = Readonly<Partial<Record<DeskTab, number>>>;

const ICONS: Readonly<Record<DeskTab, SVGTemplateResult>> = {
  speak: microphoneIcon,
  questions: askIcon,
  people: peopleIcon,
  more: moreIcon,
};

export const tabBarStyles = css`
  [role='tablist'] {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    border-block-start: 1px solid var(--line);
    padding-block-end: env(safe-area-inset-bottom);
  }
  [role='tab'] {
    position: relative;
    flex-direction: column;
    gap: 0;
    min-block-size: 56px;
    padding: var(--gap-1);
    border: 0;
    border-radius: 0;
    background: none;
    color: var(--ink-soft);
    font-size: min(0.875rem, 4.4vw);
    line-height: 1.2;
  }
  [role='tab'][aria-selected='true'] {
    color: var(--accent);
    box-shadow: inset 0 3px var(--accent);
  }
  [role='tab']:focus-visible {
    outline-offset: -3px;
  }
  .count {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: calc(50% + min(0.6rem, 10px));
    min-inline-size: 1.6em;
    padding-inline: 0.3em;
    border-radius: 999px;
    background: var(--live);
    color: var(--on-live);
    font-size: min(0.875rem, 4.4vw);
    line-height: 1.6;
    font-variant-numeric: tabular-nums;
  }
`;

/** What the guide changes between, below the thumb. The panels are `panel-TAB` in the same root. */
export function tabBar(tabs: DeskTabs, waiting: Waiting): TemplateResult {
  return html`<div role="tablist" aria-label=${msg('Parts of the desk')} @keydown=${tabs.keyDown}>
    ${DESK_TABS.map((tab) => {
      const selected = tab === tabs.now;
      const count = waiting[tab] ?? 0;
      return html`<button
        role="tab"
        id="tab-${tab}"
        type="button"
        aria-selected=${selected ? 'true' : 'false'}
        aria-controls="panel-${tab}"
        tabindex=${selected ? 0 : -1}
        @click=${() => tabs.choose(tab)}
      >
        ${ICONS[tab]}<span>${tabWords(tab)}</span>
        ${
          count > 0
            ? html`<b class="count" aria-hidden="true">${count > 99 ? '99+' : count}</b>
                <span class="unseen">${msg(str`Waiting: ${count}`)}</span>`
            : nothing
        }
      </button>`;
    })}
  </div>`;
}

function tabWords(tab: DeskTab): string {
  switch (tab) {
    case 'speak':
      return msg('Speak');
    case 'questions':
      return msg('Questions');
    case 'people':
      return msg('People');
    case 'more':
      return msg('More');
  }
}
