import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

/** For the element that has the field in its shadow root. */
export const passwordStyles = css`
  ubizo-password-field {
    display: grid;
    gap: var(--gap-2);
  }
  .password {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2);
  }
  .password input {
    flex: 1 1 7rem;
    min-inline-size: 0;
  }
  .password button {
    min-inline-size: 6rem;
  }
`;

/**
 * A password that can be looked at. Draws into its parent's tree, not a shadow root of its own, so that the form has
 * the input and password managers find it.
 */
@localized()
@customElement('ubizo-password-field')
export class PasswordField extends LitElement {
  /** Tells it from others in the same tree. */
  @property() field = 'password';
  @property() label = '';
  @property() purpose: 'current-password' | 'new-password' = 'current-password';
  /** What it begins with: typed before, on a page that was left and come back to. */
  @property() initial = '';
  @property() hint = '';
  /** Instead of the hint, when it was not taken. */
  @property() wrong = '';
  @state() private shown = false;

  protected override createRenderRoot() {
    return this;
  }

  get value(): string {
    return this.input?.value ?? '';
  }

  override focus(): void {
    this.input?.focus();
  }

  override firstUpdated(): void {
    if (this.input) this.input.value = this.initial;
  }

  override render() {
    const input = `${this.field}-input`;
    const words = this.wrong || this.hint;
    return html`
      <label for=${input}>${this.label}</label>
      <div class="password">
        <input
          id=${input}
          name=${this.purpose}
          dir="ltr"
          type=${this.shown ? 'text' : 'password'}
          autocomplete=${this.purpose}
          autocapitalize="none"
          spellcheck="false"
          maxlength="256"
          aria-invalid=${this.wrong ? 'true' : 'false'}
          aria-describedby=${words ? `${input}-hint` : nothing}
        />
        <button
          type="button"
          aria-controls=${input}
          aria-label=${this.shown ? msg('Hide the password') : msg('Show the password')}
          @click=${() => (this.shown = !this.shown)}
        >
          ${this.shown ? msg('Hide') : msg('Show')}
        </button>
      </div>
      ${
        words
          ? html`<p
              id="${input}-hint"
              class=${this.wrong ? 'bad' : 'soft small'}
              role=${this.wrong ? 'alert' : nothing}
            >
              ${words}
            </p>`
          : nothing
      }
    `;
  }

  private get input() {
    return this.querySelector('input');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-password-field': PasswordField;
  }
}
