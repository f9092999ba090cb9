import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AccountChange, AccountView } from '../../../appliance/protocol/accounts.ts';
import '../../elements/notice.ts';
import '../../elements/sheet.ts';
import { changeAccount, listAccounts, removeAccount } from '../../link/api/accounts.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { pageLocale } from '../../texts/locale.ts';
import { Attempt } from '../attempt.ts';
import { guideProblemWords } from '../problem-words.ts';
import { roleWords } from '../role-words.ts';
import { accountListStyles } from './account-list-styles.ts';

const ORDER = { waiting: 0, active: 1, locked: 2 };
const ROLES = ['owner', 'guide', 'attendee'] as const;

/** Everyone's accounts, those that wait to be let in first. Fires `sign-in-needed`. */
@localized()
@customElement('ubizo-account-list')
export class AccountList extends LitElement {
  static override styles = [base, buttons, fields, accountListStyles];

  /** The account of who looks at it. */
  @property() self = '';
  @state() private accounts: readonly AccountView[] | undefined;
  @state() private doomed: AccountView | undefined;
  private readonly attempt = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render() {
    const { problem } = this.attempt;
    return html`
      <h1>${msg('Accounts')}</h1>
      ${
        problem
          ? html`<ubizo-notice
              tone="bad"
              .text=${guideProblemWords(problem)}
              .action=${this.accounts ? '' : msg('Try again')}
              @notice-action=${() => void this.load()}
            ></ubizo-notice>`
          : nothing
      }
      ${this.accounts === undefined && !problem ? html`<p class="soft">${msg('Asking the box…')}</p>` : nothing}
      ${
        this.accounts?.length === 1
          ? html`<p class="none">
              ${msg('Only you so far. Guides make their own accounts on this page; you let them in here.')}
            </p>`
          : nothing
      }
      <ul>
        ${repeat(
          this.accounts ?? [],
          ({ id }) => id,
          (account) => this.row(account),
        )}
      </ul>
      <ubizo-sheet .heading=${msg('Delete this account?')}>
        <p>
          ${msg(str`${this.doomed?.email ?? ''} will be signed out everywhere and can no longer sign in.`)}
        </p>
        <button class="danger wide" type="button" @click=${() => void this.removeDoomed()}>
          ${msg('Yes, delete it')}
        </button>
      </ubizo-sheet>
    `;
  }

  private row(account: AccountView) {
    const { id, email, name, role, status } = account;
    const self = id === this.self;
    return html`
      <li class=${status} data-testid="account-${email}">
        <div class="who">
          <p class="name">
            <bdi>${name || email}</bdi>${self ? html` <span class="soft">(${msg('you')})</span>` : nothing}
          </p>
          ${name ? html`<p class="soft small"><bdi>${email}</bdi></p>` : nothing}
          <p class="soft small">
            ${status === 'active' ? nothing : html`<strong class=${status}>${statusWords(status)}</strong> · `}
            ${roleWords(role)} · ${this.day(account)}
          </p>
        </div>
        ${self ? nothing : this.actions(account)}
      </li>
    `;
  }

  private actions(account: AccountView) {
    const { email, role, status } = account;
    const { busy } = this.attempt;
    const whose = html`<span class="unseen"> ${email}</span>`;
    return html`
      <div class="actions">
        ${
          status === 'active'
            ? html`<button
                type="button"
                ?disabled=${busy}
                @click=${() => void this.change(account, { status: 'locked' })}
              >
                <span>${msg('Lock')}${whose}</span>
              </button>`
            : html`<button
                class=${status === 'waiting' ? 'main' : ''}
                type="button"
                ?disabled=${busy}
                @click=${() => void this.change(account, { status: 'active' })}
              >
                <span>${status === 'waiting' ? msg('Let in') : msg('Unlock')}${whose}</span>
              </button>`
        }
        <select
          aria-label=${msg(str`Role of ${email}`)}
          ?disabled=${busy}
          @change=${(event: Event) => this.roleChosen(account, event)}
        >
          ${ROLES.map((each) => html`<option value=${each} .selected=${live(each === role)}>${roleWords(each)}</option>`)}
        </select>
        <button class="plain danger" type="button" ?disabled=${busy} @click=${() => this.ask(account)}>
          <span>${msg('Delete')}${whose}</span>
        </button>
      </div>
    `;
  }

  private day({ createdAt }: AccountView): string {
    return new Intl.DateTimeFormat(pageLocale(), { dateStyle: 'medium' }).format(createdAt);
  }

  private async load(): Promise<void> {
    await this.attempt.run(async () => this.show(await listAccounts()), { again: true });
  }

  private show(accounts: readonly AccountView[]): void {
    this.accounts = accounts.toSorted(
      (a, b) => ORDER[a.status] - ORDER[b.status] || a.email.localeCompare(b.email),
    );
  }

  private roleChosen(account: AccountView, event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const role = ROLES.find((each) => each === (event.target as HTMLSelectElement).value);
    if (role) void this.change(account, { role });
  }

  private async change({ id }: AccountView, change: AccountChange): Promise<void> {
    await this.attempt.run(async () => {
      const account = await changeAccount(id, change);
      this.show((this.accounts ?? []).map((known) => (known.id === id ? account : known)));
    });
  }

  private ask(account: AccountView): void {
    this.doomed = account;
    this.renderRoot.querySelector('ubizo-sheet')?.open();
  }

  private async removeDoomed(): Promise<void> {
    this.renderRoot.querySelector('ubizo-sheet')?.close();
    const id = this.doomed?.id;
    if (id === undefined) return;
    await this.attempt.run(async () => {
      await removeAccount(id);
      this.show((this.accounts ?? []).filter((account) => account.id !== id));
    });
  }
}

function statusWords(status: 'waiting' | 'locked'): string {
  return status === 'waiting' ? msg('Waits to be let in') : msg('Locked');
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-account-list': AccountList;
  }
}
