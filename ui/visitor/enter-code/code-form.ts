import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { normaliseCode } from '../../../appliance/protocol/codes.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { base, buttons, fields } from '../../style/base.ts';

const CODE_LENGTH = 6;

/**
 * Where a visitor without a link says which tour is theirs. Fires `code-entered` with the code. The tours that are open
 * on this box are offered by name, and nothing needs to be typed.
 */
@localized()
@customElement('ubizo-code-form')
export class CodeForm extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      form,
      .tours {
        display: grid;
        gap: var(--gap-3);
      }
      input:not([type='radio']) {
        font: 700 2rem/1.2 var(--font-mono);
        letter-spacing: 0.16em;
        text-transform: uppercase;
        text-align: center;
        min-block-size: 72px;
      }
      .main {
        min-block-size: 60px;
        font-size: 1.1875rem;
        overflow-wrap: anywhere;
      }
      .bad {
        color: var(--bad);
        font-weight: 600;
      }
      .or {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        margin-block: var(--gap-5);
        color: var(--ink-soft);
      }
      .or::before,
      .or::after {
        content: '';
        flex: 1;
        border-block-start: 1px solid var(--line);
      }
    `,
  ];

  /** What there is to join, newest first. */
  @property({ attribute: false }) tours: readonly TourView[] = [];
  @property({ type: Boolean }) busy = false;
  /** Why the last code was not taken. */
  @property() wrong = '';
  @state() private tooShort = false;

  override render() {
    const { tours } = this;
    const wrong = this.tooShort ? msg('A tour code has six characters.') : this.wrong;
    return html`
      ${
        tours.length > 0
          ? html`<div class="tours">${tours.map((tour) => this.choice(tour))}</div>
              <p class="or">${msg('or')}</p>`
          : nothing
      }
      <form novalidate @submit=${this.submitted}>
        <label for="code">${msg('Tour code')}</label>
        <input
          id="code"
          name="code"
          dir="ltr"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          enterkeyhint="go"
          aria-describedby="hint"
          aria-invalid=${wrong ? 'true' : 'false'}
        />
        <p id="hint" class=${wrong ? 'bad' : 'soft'} role=${wrong ? 'alert' : nothing}>
          ${wrong || msg('Six letters and digits. Your guide has them.')}
        </p>
        <button class=${tours.length > 0 ? '' : 'main'} type="submit" ?disabled=${this.busy}>
          ${this.busy ? msg('Looking for the tour…') : msg('Continue')}
        </button>
      </form>
    `;
  }

  private choice({ name, code }: TourView) {
    return html`<button
      class="main wide"
      type="button"
      ?disabled=${this.busy}
      @click=${() => this.enter(code)}
    >
      ${msg(str`Join ${name}`)}
    </button>`;
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector('input');
    const code = normaliseCode(input?.value ?? '');
    this.tooShort = code.length < CODE_LENGTH;
    if (this.tooShort) input?.focus();
    else this.enter(code);
  }

  private enter(code: string): void {
    this.dispatchEvent(new CustomEvent('code-entered', { detail: code, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-code-form': CodeForm;
  }
}
