import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { QualityClass } from '../../../appliance/protocol/quality.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { base } from '../../style/base.ts';
import { connectionWords, type ConnectionLevel } from './connection.ts';
import { madeByAi } from './what-you-hear.ts';

/** Above the captions: which tour this is, how good the connection is, and whether a machine speaks. */
@localized()
@customElement('ubizo-tour-strip')
export class TourStrip extends LitElement {
  static override styles = [
    base,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 var(--gap-4);
        padding: var(--gap-3) var(--gap-4) var(--gap-2);
        border-block-end: 1px solid var(--line);
      }
      h1 {
        flex: 1 0 100%;
        font-size: min(1.0625rem, 8vw);
      }
      p {
        font-size: 0.9375rem;
        color: var(--ink-soft);
      }
      .dot {
        display: inline-block;
        inline-size: 0.625rem;
        block-size: 0.625rem;
        border-radius: 50%;
        background: var(--good);
        margin-inline-end: 0.5rem;
      }
      .busy .dot {
        background: var(--warn);
      }
      .lost .dot {
        background: var(--bad);
      }
      .off .dot {
        background: var(--line-strong);
      }
      .by-ai {
        margin-inline-start: auto;
      }
      @media (max-width: 339px) {
        p {
          font-size: 0.8125rem;
        }
        header {
          column-gap: var(--gap-2);
        }
      }
    `,
  ];

  @property({ attribute: false }) tour: TourView | undefined;
  @property() language = '';
  @property() connection: ConnectionLevel = 'off';
  /** How well the sound is heard, as soon as it is known. */
  @property() mark: QualityClass | undefined;
  /** The tour is read and not heard. */
  @property({ type: Boolean }) reading = false;
  /** Whose voice is heard, where it is not the guide's. */
  @property() voice = '';

  override render() {
    const { connection } = this;
    return html`
      <header>
        <h1><bdi>${this.tour?.name}</bdi></h1>
        <p class="connection ${connection}" role="status" data-testid="connection">
          ${
            connection === 'good' && this.mark
              ? html`<ubizo-sound-mark .mark=${this.mark}></ubizo-sound-mark>`
              : html`<span class="dot" aria-hidden="true"></span>${connectionWords(connection)}`
          }
        </p>
        ${this.byAi()}
      </header>
    `;
  }

  private byAi() {
    if (this.voice) return html`<p class="by-ai">${this.voice}</p>`;
    if (this.reading) return html`<p class="by-ai">${msg('Text made by AI')}</p>`;
    return madeByAi(this) ? html`<p class="by-ai">${msg('Voice made by AI')}</p>` : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-tour-strip': TourStrip;
  }
}
