import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { AccountView, PasswordCode, RoleName } from '../../../appliance/protocol/accounts.ts';
import '../../elements/sheet.ts';
import { base, buttons } from '../../style/base.ts';
import { pageLocale } from '../../texts/locale.ts';
import { roleWords } from '../role-words.ts';

/** What is asked about before it is done. */
export type Deed =
  | { readonly kind: 'block' | 'delete' | 'password'; readonly account: AccountView }
  | { readonly kind: 'role'; readonly account: AccountView; readonly role: RoleName };

/** Says what follows, and asks. Fires `deed-confirmed` with the {@link Deed}, `deed-dropped` when it is not to be. */
@localized()
@customElement('ubizo-account-sheets')
export class AccountSheets extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      p {
        margin-block-end: var(--gap-4);
        overflow-wrap: anywhere;
      }
      .secret {
        font: 700 1.75rem/1.3 var(--font-mono);
        letter-spacing: 0.06em;
        padding: var(--gap-3) var(--gap-4);
        background: var(--sunken);
        border-radius: var(--radius-small);
        text-align: center;
        user-select: all;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @state() private deed: Deed | undefined;
  @state() private given: PasswordCode | undefined;

  override render() {
    const { deed } = this;
    return html`<ubizo-sheet .heading=${deed ? headingOf(deed) : ''} @sheet-closed=${this.dropped}>
      ${deed ? this.content(deed) : nothing}
    </ubizo-sheet>`;
  }

  async ask(deed: Deed): Promise<void> {
    this.deed = deed;
    this.given = undefined;
    await this.updateComplete;
    this.sheet?.open();
  }

  /** The code that was asked for: to be read out now. */
  show(code: PasswordCode): void {
    this.given = code;
  }

  close(): void {
    this.deed = undefined;
    this.sheet?.close();
  }

  private content(deed: Deed): TemplateResult {
    if (this.given) return codeWords(this.given);
    const safe = deed.kind === 'password' || deed.kind === 'role';
    return html`${wordsOf(deed).map((words) => html`<p>${words}</p>`)}
      <button
        class=${safe ? 'main wide' : 'danger wide'}
        type="button"
        @click=${() => this.fire('deed-confirmed')}
      >
        ${buttonOf(deed)}
      </button>`;
  }

  private readonly dropped = (): void => {
    if (this.deed) this.fire('deed-dropped');
    this.deed = undefined;
  };

  private fire(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail: this.deed, bubbles: true, composed: true }));
  }

  private get sheet() {
    return this.renderRoot.querySelector('ubizo-sheet');
  }
}

function codeWords({ code, until }: PasswordCode): TemplateResult {
  const time = new Intl.DateTimeFormat(pageLocale(), { timeStyle: 'short' }).format(until);
  return html`<p role="status">
      ${msg(str`Tell them this code. It is good once, until ${time}, and is not shown again.`)}
    </p>
    <p class="secret" dir="ltr" data-testid="password-code">${code}</p>
    <p>${msg('They choose “Forgotten your password?” where they sign in.')}</p>`;
}

function headingOf({ kind }: Deed): string {
  switch (kind) {
    case 'block':
      return msg('Block this account?');
    case 'delete':
      return msg('Delete this account?');
    case 'role':
      return msg('Change the role?');
    case 'password':
      return msg('Give a code for a new password?');
  }
}

function wordsOf(deed: Deed): string[] {
  const who = deed.account.name || deed.account.email;
  switch (deed.kind) {
    case 'block':
      return [
        msg(str`${who} is signed out everywhere at once and cannot sign in until you unblock the account.`),
        msg('Their tours go on under their name; you can end them under Tours.'),
      ];
    case 'delete':
      return [
        msg(str`${who} will be signed out everywhere and can no longer sign in. This cannot be undone.`),
        msg('Their tours go on and are then yours.'),
      ];
    case 'role':
      return [msg(str`${who} becomes: ${roleWords(deed.role)}.`), followsFrom(deed.role)];
    case 'password':
      return [
        msg(
          str`With the code ${who} chooses a new password and is signed out everywhere else. Make sure that it is them who ask.`,
        ),
      ];
  }
}

function followsFrom(role: RoleName): string {
  switch (role) {
    case 'owner':
      return msg('An owner can do everything on this box, also block or delete you.');
    case 'guide':
      return msg('A guide makes tours and leads them, and cannot open accounts or settings.');
    case 'attendee':
      return msg(
        'A visitor can only listen. Their tours go on under their name; you can end them under Tours.',
      );
  }
}

function buttonOf({ kind }: Deed): string {
  switch (kind) {
    case 'block':
      return msg('Yes, block it');
    case 'delete':
      return msg('Yes, delete it');
    case 'role':
      return msg('Yes, change it');
    case 'password':
      return msg('Make the code');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-account-sheets': AccountSheets;
  }
}
