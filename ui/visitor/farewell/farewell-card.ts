import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LinkError } from '../../link/problem.ts';
import { base, buttons } from '../../style/base.ts';
import { problemWords } from '../problem-words.ts';
import { Farewell } from './farewell.ts';

const STARS = [1, 2, 3, 4, 5] as const;

/** What a visitor is offered when the tour has ended. */
@localized()
@customElement('ubizo-farewell-card')
export class FarewellCard extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      section {
        display: grid;
        gap: var(--gap-3);
        padding: var(--gap-4);
      }
      h2 {
        font-size: 1.125rem;
      }
      .stars {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
      }
      .stars label {
        display: grid;
        place-items: center;
        min-inline-size: 52px;
        min-block-size: 52px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-small);
        font-size: 1.25rem;
        font-weight: 700;
        cursor: pointer;
        touch-action: manipulation;
      }
      .stars label:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-soft);
        box-shadow: inset 0 0 0 2px var(--accent);
      }
      .stars label:has(:focus-visible) {
        outline: 3px solid var(--accent);
        outline-offset: 2px;
      }
      .stars input {
        position: absolute;
        opacity: 0;
        pointer-events: none;
      }
    `,
  ];

  /** Something was written along: there may be a transcript. */
  @property({ type: Boolean }) words = false;
  @property({ attribute: false }) tour: { readonly id: string; readonly name: string } | undefined;
  @property() language = '';
  /** The pass of the join. */
  @property({ attribute: false }) token: () => Promise<string> = () => Promise.resolve('');
  @state() private stars = 0;
  private readonly farewell = new Farewell(this, {
    token: () => this.token(),
    tour: () => this.tour,
    language: () => this.language,
  });

  override render() {
    return html`
      <section>
        ${
          this.farewell.rated
            ? html`<p role="status">${msg('Thank you. Your guide sees the number, not who gave it.')}</p>`
            : this.rating()
        }
        ${
          this.words
            ? html`<button type="button" @click=${() => void this.farewell.takeTranscript()}>
                ${msg('Save the transcript')}
              </button>`
            : nothing
        }
        ${this.farewell.problem ? html`<p role="alert">${trouble(this.farewell.problem)}</p>` : nothing}
      </section>
    `;
  }

  private rating() {
    return html`
      <h2 id="how">${msg('How was the tour?')}</h2>
      <div class="stars" role="radiogroup" aria-labelledby="how">
        ${STARS.map(
          (stars) =>
            html`<label>
              <input
                type="radio"
                name="stars"
                .checked=${stars === this.stars}
                aria-label=${msg(str`${stars} of 5 stars`)}
                @change=${() => (this.stars = stars)}
              />
              <span aria-hidden="true">${stars}${stars === this.stars ? '★' : '☆'}</span>
            </label>`,
        )}
      </div>
      <button
        class="main"
        type="button"
        ?disabled=${this.stars === 0}
        @click=${() => void this.farewell.rate(this.stars)}
      >
        ${msg('Send')}
      </button>
    `;
  }
}

function trouble(problem: LinkError): string {
  return problem.code === 'not_found'
    ? msg('No transcript was kept of this tour.')
    : problemWords(problem).sentence;
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-farewell-card': FarewellCard;
  }
}
