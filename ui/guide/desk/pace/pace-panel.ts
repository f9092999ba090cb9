import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { languageName } from '../../../../appliance/protocol/languages.ts';
import { base } from '../../../style/base.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { panel } from '../../panel.ts';
import type { Pace } from './pace.ts';

/** Whether to slow down. Always as high, whatever it says; not announced, for the guide speaks. */
@localized()
@customElement('ubizo-pace-panel')
export class PacePanel extends LitElement {
  static override styles = [
    base,
    panel,
    css`
      .panel {
        gap: var(--gap-2);
      }
      .slow {
        background: var(--warn-soft);
        border-color: var(--warn);
        box-shadow: inset 0 0 0 2px var(--warn);
      }
      .word {
        font-size: min(1.5rem, 9vw);
        font-weight: 750;
        line-height: 1.2;
      }
      .slow .word {
        color: var(--warn);
      }
      .why {
        min-block-size: 3em;
      }
      .why span {
        display: block;
      }
    `,
  ];

  @property({ attribute: false }) nudge: Pace['nudge'];
  @property({ type: Number }) tooFast = 0;

  override render() {
    const { nudge, tooFast } = this;
    const slow = nudge !== undefined || tooFast > 0;
    return html`
      <section class="panel ${slow ? 'slow' : ''}" aria-labelledby="heading">
        <h2 id="heading">${msg('Pace')}</h2>
        <p class="word" data-testid="pace">${slow ? msg('Slow down a little') : msg('Good as it is')}</p>
        <p class="why">
          ${nudge ? html`<span>${whyWords(nudge)}</span>` : ''}
          ${tooFast > 0 ? html`<span>${msg(str`Visitors who find it too fast: ${tooFast}`)}</span>` : ''}
        </p>
      </section>
    `;
  }
}

function whyWords({ reason, language }: NonNullable<Pace['nudge']>): string {
  return reason === 'lag' && language
    ? msg(str`${languageName(language, pageLanguage())} is far behind you.`)
    : msg('You say more than 160 words a minute.');
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-pace-panel': PacePanel;
  }
}
