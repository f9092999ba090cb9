import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AccountView } from '../../../appliance/protocol/accounts.ts';
import { isBlank, tidyName } from '../../../appliance/protocol/text.ts';
import { COMMON_LANGUAGES, languageName } from '../../../appliance/protocol/languages.ts';
import '../../elements/notice.ts';
import '../../elements/sheet.ts';
import type { Sheet } from '../../elements/sheet.ts';
import { changeOwnAccount, removeOwnAccount, signOut } from '../../link/api/entrance.ts';
import type { LinkCode } from '../../link/problem.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { pageLanguage } from '../../texts/locale.ts';
import { remember } from '../../visitor/memory.ts';
import { Attempt } from '../attempt.ts';
import '../entrance/password-field.ts';
import { passwordStyles, type PasswordField } from '../entrance/password-field.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import { roleWords } from '../role-words.ts';

/** One's own account: name, password, signing out. Fires `sign-in-needed` when one has left. */
@localized()
@customElement('ubizo-own-account')
export class OwnAccount extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    panel,
    passwordStyles,
    css`
      :host {
        display: grid;
        gap: var(--gap-4);
      }
      form {
        display: grid;
        gap: var(--gap-4);
      }
      .join {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target);
        font-weight: 600;
      }
      .bad {
        color: var(--bad);
        font-weight: 600;
      }
    `,
  ];

  /** Missing while the box has no owner: then there is only the setup code to sign out. */
  @property({ attribute: false }) account: AccountView | undefined;
  /** The name consists of characters that cannot be seen. */
  @state() private unseen = false;
  private readonly named = new Attempt(this);
  private readonly secured = new Attempt(this);
  private readonly left = new Attempt(this);

  override render() {
    const { account } = this;
    return html`
      <header>
        <h1>${msg('My account')}</h1>
        ${account ? html`<p class="soft"><bdi>${account.email}</bdi> · ${roleWords(account.role)}</p>` : nothing}
      </header>
      ${account ? this.nameForm(account) : nothing}
      <section class="panel" aria-labelledby="out">
        <h2 id="out">${msg('Sign out')}</h2>
        ${this.wrong(this.left)}
        <div class="row">
          <button type="button" ?disabled=${this.left.busy} @click=${() => void this.leave('here')}>
            ${msg('Sign out')}
          </button>
          ${
            account
              ? html`<button
                  type="button"
                  ?disabled=${this.left.busy}
                  @click=${() => this.sheet('everywhere')?.open()}
                >
                  ${msg('Sign out on all devices')}
                </button>`
              : nothing
          }
        </div>
      </section>
      ${account ? this.passwordForm() : nothing} ${account ? this.removal() : nothing}
    `;
  }

  private nameForm({ name, language, role }: AccountView) {
    return html`
      <section class="panel" aria-labelledby="name-heading">
        <h2 id="name-heading">${msg('Who you are')}</h2>
        <form @submit=${this.rename}>
          <div class="field">
            <label for="name">${msg('What guides and visitors call you')}</label>
            <input
              id="name"
              name="name"
              dir="auto"
              autocomplete="name"
              maxlength="60"
              aria-describedby="name-wrong"
              aria-invalid=${this.unseen ? 'true' : 'false'}
              .value=${name ?? ''}
              @input=${() => (this.unseen = false)}
            />
            <p id="name-wrong" class="bad small" role="alert">
              ${this.unseen ? msg('Nothing of this name can be seen. Enter another, or leave it empty.') : nothing}
            </p>
          </div>
          <div class="field">
            <label for="language">${msg('The language you listen in')}</label>
            <select id="language">
              ${languageChoices(language).map(
                ([tag, words]) => html`<option value=${tag} ?selected=${tag === language}>${words}</option>`,
              )}
            </select>
          </div>
          ${this.wrong(this.named)}
          <div class="row">
            <button type="submit" ?disabled=${this.named.busy}>${msg('Save')}</button>
            ${this.named.done ? html`<p role="status">${msg('Saved.')}</p>` : nothing}
            ${role === 'attendee' ? html`<a class="join" href="/">${msg('Join a tour')}</a>` : nothing}
          </div>
        </form>
      </section>
    `;
  }

  private passwordForm() {
    return html`
      <section class="panel" aria-labelledby="password-heading">
        <h2 id="password-heading">${msg('Password')}</h2>
        <form @submit=${this.secure} @input=${() => this.secured.problem && this.secured.clear()}>
          <ubizo-password-field
            field="old"
            .label=${msg('Present password')}
            .wrong=${this.wordsOf('wrong_password')}
          ></ubizo-password-field>
          <ubizo-password-field
            field="new"
            purpose="new-password"
            .label=${msg('New password')}
            .hint=${msg('8 characters or more; a few words in a row are easy to remember.')}
            .wrong=${this.wordsOf('weak_password', 'common_password')}
          ></ubizo-password-field>
          ${this.wordsOf('wrong_password', 'weak_password', 'common_password') ? nothing : this.wrong(this.secured)}
          <div class="row">
            <button type="submit" ?disabled=${this.secured.busy}>${msg('Change the password')}</button>
            ${this.secured.done ? html`<p role="status">${msg('Saved.')}</p>` : nothing}
          </div>
        </form>
      </section>
    `;
  }

  private removal() {
    return html`
      <p>
        <button class="plain danger" type="button" @click=${() => this.sheet('delete')?.open()}>
          ${msg('Delete my account')}
        </button>
      </p>
      <ubizo-sheet id="everywhere" .heading=${msg('Sign out on all devices?')}>
        <p>
          ${msg('You sign in again on each of them, here too. A tour that is live goes on without its desk.')}
        </p>
        <button class="danger wide" type="button" @click=${() => void this.leave('everywhere')}>
          ${msg('Yes, sign out')}
        </button>
      </ubizo-sheet>
      <ubizo-sheet id="delete" .heading=${msg('Delete your account?')}>
        <form @submit=${this.erase}>
          <p>${msg('Your name, your email address and your sign-ins will be gone.')}</p>
          <ubizo-password-field field="last" .label=${msg('Password')}></ubizo-password-field>
          ${this.wrong(this.left)}
          <button class="danger wide" type="submit" ?disabled=${this.left.busy}>
            ${msg('Yes, delete it')}
          </button>
        </form>
      </ubizo-sheet>
    `;
  }

  /** What is said at a field of the new password. */
  private wordsOf(...codes: readonly LinkCode[]): string {
    const { problem } = this.secured;
    return problem && codes.includes(problem.code) ? guideProblemWords(problem) : '';
  }

  private wrong({ problem }: Attempt) {
    return problem
      ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>`
      : nothing;
  }

  private async rename(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const input = this.renderRoot.querySelector<HTMLInputElement>('#name');
    const typed = input?.value ?? '';
    this.unseen = typed.trim() !== '' && isBlank(typed);
    if (this.unseen) {
      input?.focus();
      return;
    }
    const name = tidyName(typed);
    const language = this.renderRoot.querySelector('select')?.value ?? '';
    await this.named.run(async () => {
      this.account = await changeOwnAccount({ name, ...(language !== '' && { language }) });
      if (name !== '') remember('name', name);
      if (language !== '') remember('language', language);
    });
  }

  private async secure(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const [old, next] = [this.password('old'), this.password('new')];
    if (!old?.value) return old?.focus();
    if (!next?.value) return next?.focus();
    await this.secured.run(async () => {
      await changeOwnAccount({ password: next.value, currentPassword: old.value });
    });
  }

  private async erase(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const password = this.password('last');
    if (!password?.value) return password?.focus();
    if (await this.left.run(() => removeOwnAccount(password.value))) this.gone();
  }

  private async leave(where: 'here' | 'everywhere'): Promise<void> {
    if (await this.left.run(() => signOut(where))) this.gone();
  }

  private gone(): void {
    location.hash = '';
    this.dispatchEvent(new CustomEvent('sign-in-needed', { bubbles: true, composed: true }));
  }

  private sheet(id: 'everywhere' | 'delete') {
    return this.renderRoot.querySelector<Sheet>(`ubizo-sheet#${id}`);
  }

  private password(field: string) {
    return this.renderRoot.querySelector<PasswordField>(`ubizo-password-field[field=${field}]`);
  }
}

/** By name in the page's language; before a first choice, none. */
function languageChoices(chosen: string | undefined): (readonly [string, string])[] {
  const tags = new Set<string>([...COMMON_LANGUAGES, ...(chosen ? [chosen] : [])]);
  const named = [...tags].map((tag) => [tag, languageName(tag, pageLanguage())] as const);
  const sorted = named.toSorted(([, a], [, b]) => a.localeCompare(b, pageLanguage()));
  return chosen ? sorted : [['', '–'], ...sorted];
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-own-account': OwnAccount;
  }
}
