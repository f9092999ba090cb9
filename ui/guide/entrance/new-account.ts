import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { normaliseCode } from '../../../appliance/protocol/codes.ts';
import type { LinkError } from '../../link/problem.ts';
import { guideProblemWords } from '../problem-words.ts';
import { entranceStyles } from './entrance-styles.ts';

/** What an account is made as. */
export interface AccountWish {
  readonly role: 'guide' | 'attendee';
  readonly setupCode?: string;
}

/**
 * Asks before an account is made: an email address may have been mistyped. Fires `account-wanted` with an
 * {@link AccountWish}, and `account-refused` to go back.
 */
@localized()
@customElement('ubizo-new-account')
export class NewAccount extends LitElement {
  static override styles = entranceStyles;

  @property() email = '';
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) problem: LinkError | undefined;
  @state() private wished: AccountWish['role'] = 'guide';

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  override render() {
    return html`
      <form novalidate @submit=${this.submitted}>
        <h2 tabindex="-1">${msg('There is no account with this email. Make one?')}</h2>
        <p class="typed"><bdi>${this.email}</bdi></p>
        <fieldset class="roles" @change=${this.chosen}>
          <legend>${msg('I am a')}</legend>
          ${this.radio('guide', msg('Guide'))} ${this.radio('attendee', msg('Visitor'))}
        </fieldset>
        ${this.wished === 'guide' ? this.codeField() : nothing}
        <div class="buttons">
          <button type="button" ?disabled=${this.busy} @click=${() => this.fire('account-refused')}>
            ${msg('Change the email')}
          </button>
          <button class="main" type="submit" ?disabled=${this.busy}>
            ${this.busy ? msg('Asking the box…') : msg('Make the account')}
          </button>
        </div>
      </form>
    `;
  }

  private codeField() {
    const wrong = this.problem?.code === 'wrong_setup_code' ? guideProblemWords(this.problem) : '';
    return html`<div class="field">
      <label for="code">${msg('Setup code, if you have it')}</label>
      <input
        id="code"
        name="code"
        dir="ltr"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        aria-describedby="code-hint"
        aria-invalid=${wrong ? 'true' : 'false'}
        @input=${() => this.fire('account-edited')}
      />
      <p id="code-hint" class=${wrong ? 'bad' : 'soft small'} role=${wrong ? 'alert' : nothing}>
        ${wrong || msg('It is on the label of the box. Without it, the owner of the box approves your account.')}
      </p>
    </div>`;
  }

  private radio(role: AccountWish['role'], words: string) {
    return html`<label>
      <input type="radio" name="role" value=${role} .checked=${this.wished === role} />${words}
    </label>`;
  }

  private chosen(event: Event): void {
    if (event.target instanceof HTMLInputElement)
      this.wished = event.target.value === 'guide' ? 'guide' : 'attendee';
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const setupCode = normaliseCode(this.renderRoot.querySelector<HTMLInputElement>('#code')?.value ?? '');
    const wish: AccountWish = { role: this.wished, ...(setupCode !== '' && { setupCode }) };
    this.fire('account-wanted', wish);
  }

  private fire(name: string, detail?: AccountWish): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-new-account': NewAccount;
  }
}
