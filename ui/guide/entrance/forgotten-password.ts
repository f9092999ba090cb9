import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { normaliseCode } from '../../../appliance/protocol/codes.ts';
import '../../elements/notice.ts';
import { resetPassword } from '../../link/api/entrance.ts';
import { Attempt } from '../attempt.ts';
import { guideProblemWords } from '../problem-words.ts';
import { codeField } from './code-field.ts';
import { entranceStyles } from './entrance-styles.ts';
import './password-field.ts';

/** The way back for who has forgotten their password. Fires `entered` with the box's answer, and `remembered`. */
@localized()
@customElement('ubizo-forgotten-password')
export class ForgottenPassword extends LitElement {
  static override styles = entranceStyles;

  /** As it was typed before. */
  @property() email = '';
  private readonly attempt = new Attempt(this);

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  override render() {
    const { busy, problem } = this.attempt;
    const wrong = (...codes: readonly string[]): string =>
      problem && codes.includes(problem.code) ? guideProblemWords(problem) : '';
    const code = wrong('wrong_password_code');
    const password = wrong('weak_password', 'common_password');
    return html`
      <form novalidate @submit=${this.submitted} @input=${() => problem && this.attempt.clear()}>
        <h2 tabindex="-1">${msg('Forgotten your password?')}</h2>
        <p>
          ${msg('Ask the owner of this box: under Accounts they make a code for you, good once and for an hour.')}
        </p>
        ${
          problem && !code && !password
            ? html`<ubizo-notice
                tone="bad"
                .text=${problem.code === 'bad_request' ? msg('Enter your email address.') : guideProblemWords(problem)}
              ></ubizo-notice>`
            : nothing
        }
        <div class="field">
          <label for="email">${msg('Email address')}</label>
          <input
            id="email"
            type="email"
            dir="ltr"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            maxlength="254"
            .value=${this.email}
          />
        </div>
        ${codeField({ label: msg('Code from the owner'), wrong: code })}
        <ubizo-password-field
          purpose="new-password"
          .label=${msg('New password')}
          .hint=${msg('8 characters or more; a few words in a row are easy to remember.')}
          .wrong=${password}
        ></ubizo-password-field>
        <div class="buttons">
          <button type="button" ?disabled=${busy} @click=${() => this.fire('remembered')}>
            ${msg('Back')}
          </button>
          <button class="main" type="submit" ?disabled=${busy}>
            ${busy ? msg('Asking the box…') : msg('Set the password')}
          </button>
        </div>
        <details>
          <summary>${msg('You are the owner?')}</summary>
          <p>
            ${msg('Another owner can make a code for you. If there is none: whoever has the memory card or a keyboard at the box puts an empty file named new-owner into its data folder and restarts it. Then the setup code makes a new owner; tours and accounts stay.')}
          </p>
        </details>
      </form>
    `;
  }

  private async submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const [email, code] = ['email', 'code'].map((id) =>
      this.renderRoot.querySelector<HTMLInputElement>(`#${id}`),
    );
    const password = this.renderRoot.querySelector('ubizo-password-field');
    if (!email?.value.trim()) return email?.focus();
    if (!code || normaliseCode(code.value) === '') return code?.focus();
    if (!password?.value) return password?.focus();
    await this.attempt.run(async () => {
      const reset = { email: email.value.trim(), code: normaliseCode(code.value), password: password.value };
      this.fire('entered', await resetPassword(reset));
    });
  }

  private fire(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-forgotten-password': ForgottenPassword;
  }
}
