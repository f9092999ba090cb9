import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { EntranceView } from '../../../appliance/protocol/accounts.ts';
import { normaliseCode } from '../../../appliance/protocol/codes.ts';
import { microphoneIcon } from '../../elements/icons.ts';
import '../../elements/notice.ts';
import { signIn } from '../../link/api/entrance.ts';
import { Attempt } from '../attempt.ts';
import { guideProblemWords } from '../problem-words.ts';
import { entranceStyles } from './entrance-styles.ts';
import './password-field.ts';
import './secure-page.ts';

type Comer = 'guide' | 'attendee';

/** One way in for those who have an account and those who want one. Fires `entered` with the box's answer. */
@localized()
@customElement('ubizo-sign-in-form')
export class SignInForm extends LitElement {
  static override styles = entranceStyles;

  @property({ attribute: false }) entrance: EntranceView | undefined;
  @state() private comer: Comer = 'guide';
  private readonly attempt = new Attempt(this);

  override render() {
    return html`
      <form class="panel" novalidate @submit=${this.submitted}>
        <div class="head">
          <p class="mark">${microphoneIcon}Ubizo</p>
          <h1>${msg('Sign in or create account')}</h1>
        </div>
        ${
          this.entrance?.passwordsHere === false
            ? html`<ubizo-secure-page .url=${this.entrance.secureUrl ?? ''}></ubizo-secure-page>`
            : this.fields()
        }
      </form>
    `;
  }

  private fields() {
    const { busy } = this.attempt;
    const code = this.attempt.problem?.code;
    return html`
      ${this.said()}
      <div class="field">
        <label for="email">${msg('Email address')}</label>
        <input
          id="email"
          name="email"
          type="email"
          dir="ltr"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          maxlength="254"
          aria-invalid=${code === 'bad_request' ? 'true' : 'false'}
        />
      </div>
      <ubizo-password-field
        .label=${msg('Password')}
        .hint=${msg('No account yet? Choose a password: 8 characters or more.')}
        .wrong=${code === 'weak_password' && this.attempt.problem ? guideProblemWords(this.attempt.problem) : ''}
      ></ubizo-password-field>
      <fieldset class="roles" @change=${this.chosen}>
        <legend>${msg('I am a')}</legend>
        ${this.radio('guide', msg('Guide'))} ${this.radio('attendee', msg('Visitor'))}
      </fieldset>
      ${this.comer === 'guide' ? this.codeField() : nothing}
      <button class="main" type="submit" ?disabled=${busy}>
        ${busy ? msg('Signing in…') : msg('Sign in or create account')}
      </button>
    `;
  }

  /** To wait is not an error: it is what comes next. */
  private said() {
    const { problem } = this.attempt;
    if (!problem || problem.code === 'weak_password') return nothing;
    if (problem.code === 'insecure_connection')
      return html`<ubizo-secure-page .url=${this.entrance?.secureUrl ?? ''}></ubizo-secure-page>`;
    return html`<ubizo-notice
      tone=${problem.code === 'account_waiting' ? 'warn' : 'bad'}
      .text=${problem.code === 'bad_request' ? msg('Enter your email address and your password.') : guideProblemWords(problem)}
    ></ubizo-notice>`;
  }

  private codeField() {
    return html`
      <div class="field">
        <label for="code">${msg('Setup code (only for a new guide)')}</label>
        <input
          id="code"
          name="code"
          dir="ltr"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-describedby="code-hint"
        />
        <p id="code-hint" class="soft small">
          ${msg('It is on the label of the box. Without it, the owner of the box lets you in.')}
        </p>
      </div>
    `;
  }

  private radio(role: Comer, words: string) {
    return html`<label>
      <input type="radio" name="role" value=${role} .checked=${this.comer === role} />${words}
    </label>`;
  }

  private chosen(event: Event): void {
    if (event.target instanceof HTMLInputElement)
      this.comer = event.target.value === 'guide' ? 'guide' : 'attendee';
  }

  private async submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const email = this.typedIn('#email');
    const password = this.renderRoot.querySelector('ubizo-password-field');
    if (email === '') return this.renderRoot.querySelector<HTMLInputElement>('#email')?.focus();
    if (!password?.value) return password?.focus();
    const setupCode = normaliseCode(this.typedIn('#code'));
    await this.attempt.run(async () => {
      const detail = await signIn({
        email,
        password: password.value,
        role: this.comer,
        ...(setupCode !== '' && { setupCode }),
      });
      this.dispatchEvent(new CustomEvent('entered', { detail, bubbles: true, composed: true }));
    });
  }

  private typedIn(selector: string): string {
    return this.renderRoot.querySelector<HTMLInputElement>(selector)?.value.trim() ?? '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-sign-in-form': SignInForm;
  }
}
