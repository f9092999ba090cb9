import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { languageName } from '../../../../appliance/protocol/languages.ts';
import type { Summary } from '../../../../appliance/protocol/views.ts';
import { base, buttons } from '../../../style/base.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { panel } from '../../panel.ts';
import { dollars } from '../cost/money.ts';

/** How the tour went, and the way to the next one like it. Fires `do-again`. */
@localized()
@customElement('ubizo-summary-panel')
export class SummaryPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    panel,
    css`
      dl {
        display: grid;
        gap: var(--gap-2);
        margin: 0;
      }
      /* Name and value stand one below the other where large letters leave no room for both. */
      dl div {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-4);
      }
      dt {
        flex: 1 1 9rem;
        color: var(--ink-soft);
      }
      dd {
        flex: 2 1 9rem;
        min-inline-size: 0;
        margin: 0;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) summary: Summary | undefined;
  @property({ attribute: false }) languages: readonly string[] = [];
  @property({ type: Number }) usd = 0;
  @property({ type: Boolean }) busy = false;

  override render() {
    const { summary } = this;
    if (!summary) return nothing;
    const names = this.languages.map((language) => languageName(language, pageLanguage()));
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('How it went')}</h2>
        <dl>
          ${row(msg('Minutes'), number(summary.minutes))}
          ${row(msg('Most listeners at once'), number(summary.mostListeners))}
          ${row(msg('Languages'), new Intl.ListFormat(pageLanguage(), { type: 'unit' }).format(names))}
          ${this.usd > 0 ? row(msg('Cost'), dollars(this.usd)) : nothing}
          ${row(msg('Rating'), rating(summary))}
        </dl>
        <button
          class="main wide"
          type="button"
          ?disabled=${this.busy}
          @click=${() => this.dispatchEvent(new CustomEvent('do-again', { bubbles: true, composed: true }))}
        >
          ${msg('Do it again')}
        </button>
      </section>
    `;
  }
}

const row = (name: string, value: string) =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

const number = (value: number, digits = 0): string =>
  new Intl.NumberFormat(pageLanguage(), { maximumFractionDigits: digits }).format(value);

function rating({ ratings }: Summary): string {
  const count = ratings.reduce((sum, each) => sum + each, 0);
  if (count === 0) return msg('Nobody has rated it yet.');
  const stars = ratings.reduce((sum, each, index) => sum + each * (index + 1), 0) / count;
  return msg(str`${number(stars, 1)} of 5 stars, ratings: ${number(count)}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-summary-panel': SummaryPanel;
  }
}
