import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { EntranceView, SignInRequest } from '../../../appliance/protocol/accounts.ts';
import { microphoneIcon } from '../../elements/icons.ts';
import '../../elements/notice.ts';
import { entrance, signIn } from '../../link/api/entrance.ts';
import type { LinkCode } from '../../link/problem.ts';
import { Attempt } from '../attempt.ts';
import { guideProblemWords } from '../problem-words.ts';
import { entranceStyles } from './entrance-styles.ts';
import './forgotten-password.ts';
import './new-account.ts';
import type { AccountWish } from './new-account.ts';
import './password-field.ts';
import './secure-page.ts';

/** `asking`: whether an account is to be made. */
type Step = 'typing' | 'asking' | 'forgotten';

/** Said where the password is typed. */
const OF_THE_PASSWORD: readonly LinkCode[] = ['wrong_password', 'weak_password', 'common_password'];

/** One way in for those who have an account and those who want one. Fires `entered` with the box's answer. */
@localized()
@customElement('ubizo-sign-in-form')
export class SignInForm extends LitElement {
  static override styles = entranceStyles;

  @property({ attribute: false }) entrance: EntranceView | undefined;
  /** Why one is here, when one was elsewhere a moment ago. */
  @property() why = '';
  @state() private step: Step = 'typing';
  private email = '';
  private password = '';
  private readonly attempt = new Attempt(this);

  override render() {
    return html`
      <div class="panel">
        <div class="head">
          <p class="mark">${microphoneIcon}Ubizo</p>
          <h1>${msg('Sign in or create account')}</h1>
        </div>
        ${this.why ? html`<ubizo-notice tone="warn" .text=${this.why}></ubizo-notice>` : nothing}
        ${this.content()}
      </div>
    `;
  }

  private content() {
    if (this.entrance?.passwordsHere === false || this.attempt.problem?.code === 'insecure_connection')
      return html`<ubizo-secure-page .url=${this.entrance?.secureUrl ?? ''}></ubizo-secure-page>`;
    switch (this.step) {
      case 'typing':
        return this.fields();
      case 'asking':
        return html`${this.said('wrong_setup_code')}
          <ubizo-new-account
            .email=${this.email}
            .problem=${this.attempt.problem}
            ?busy=${this.attempt.busy}
            @account-wanted=${this.wanted}
            @account-refused=${() => this.go('typing')}
            @account-edited=${this.edited}
          ></ubizo-new-account>`;
      case 'forgotten':
        return html`<ubizo-forgotten-password
          .email=${this.email}
          @remembered=${() => this.go('typing')}
        ></ubizo-forgotten-password>`;
    }
  }

  private fields() {
    const { busy, problem } = this.attempt;
    const wrong = problem && OF_THE_PASSWORD.includes(problem.code) ? guideProblemWords(problem) : '';
    const badEmail = problem?.code === 'bad_request';
    return html`
      <form novalidate @submit=${this.submitted} @input=${this.edited}>
        ${this.said('bad_request', ...OF_THE_PASSWORD)}
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
            .value=${this.email}
            aria-describedby=${badEmail ? 'email-wrong' : nothing}
            aria-invalid=${badEmail ? 'true' : 'false'}
          />
          ${
            badEmail
              ? html`<p id="email-wrong" class="bad" role="alert">
                  ${msg('This is not an email address. Check it.')}
                </p>`
              : nothing
          }
        </div>
        <ubizo-password-field
          .label=${msg('Password')}
          .initial=${this.password}
          .hint=${msg('No account yet? Choose a password: 8 characters or more.')}
          .wrong=${wrong}
        ></ubizo-password-field>
        <button class="main" type="submit" ?disabled=${busy}>
          ${busy ? msg('Signing in…') : msg('Go on')}
        </button>
        <button class="plain" type="button" ?disabled=${busy} @click=${this.forgotten}>
          ${msg('Forgotten your password?')}
        </button>
      </form>
    `;
  }

  /** What is wrong, but for what is said at its field. */
  private said(...elsewhere: readonly LinkCode[]) {
    const { problem } = this.attempt;
    if (!problem || elsewhere.includes(problem.code)) return nothing;
    return html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>`;
  }

  private readonly edited = (): void => {
    if (this.attempt.problem) this.attempt.clear();
  };

  private readonly forgotten = (): void => {
    this.keep();
    this.go('forgotten');
  };

  private go(step: Step): void {
    this.attempt.clear();
    this.step = step;
  }

  private keep(): void {
    this.email = this.renderRoot.querySelector<HTMLInputElement>('#email')?.value.trim() ?? '';
    this.password = this.renderRoot.querySelector('ubizo-password-field')?.value ?? '';
  }

  private async submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.keep();
    if (this.email === '') return this.renderRoot.querySelector<HTMLInputElement>('#email')?.focus();
    if (this.password === '') return this.renderRoot.querySelector('ubizo-password-field')?.focus();
    await this.enter({});
  }

  private readonly wanted = (event: CustomEvent<AccountWish>): void => {
    void this.enter({ ...event.detail, create: true });
  };

  private async enter(wish: Partial<AccountWish> & { create?: boolean }): Promise<void> {
    const { email, password } = this;
    const request: SignInRequest = { email, password, ...wish };
    await this.attempt.run(async () => this.enterWith(await signIn(request)));
    const { problem } = this.attempt;
    if (problem?.code === 'account_unknown') this.go('asking');
    // To wait is not an error: it is what comes next.
    else if (problem?.code === 'account_waiting')
      await this.attempt.run(async () => this.enterWith(await entrance()));
    else if (problem && OF_THE_PASSWORD.includes(problem.code)) this.step = 'typing';
  }

  private enterWith(detail: EntranceView): void {
    this.dispatchEvent(new CustomEvent('entered', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-sign-in-form': SignInForm;
  }
}
