import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AccountChange, AccountView } from '../../../appliance/protocol/accounts.ts';
import '../../elements/notice.ts';
import { changeAccount, listAccounts, newPasswordCode, removeAccount } from '../../link/api/accounts.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { pageLocale } from '../../texts/locale.ts';
import { Attempt } from '../attempt.ts';
import { guideProblemWords } from '../problem-words.ts';
import { roleWords } from '../role-words.ts';
import { accountListStyles } from './account-list-styles.ts';
import './account-sheets.ts';
import type { Deed } from './account-sheets.ts';

const ORDER = { waiting: 0, active: 1, locked: 2 };
/** What was done a moment ago, and how it was before. */
interface Undoable {
  readonly words: string;
  readonly id: string;
  readonly before: AccountChange;
}

const ROLES = ['owner', 'guide', 'attendee'] as const;

/** Everyone's accounts, those that wait first. Fires `sign-in-needed`, and `accounts-changed`. */
@localized()
@customElement('ubizo-account-list')
export class AccountList extends LitElement {
  static override styles = [base, buttons, fields, accountListStyles];

  /** The account of who looks at it. */
  @property() self = '';
  @state() private accounts: readonly AccountView[] | undefined;
  /** How many wait, as the page knows: when it changes, the list does. */
  @property({ type: Number }) waiting = 0;
  @state() private undoable: Undoable | undefined;
  private readonly attempt = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('waiting') && changed.get('waiting') !== undefined) void this.load();
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
      ${
        this.undoable
          ? html`<ubizo-notice
              .text=${this.undoable.words}
              .action=${msg('Undo')}
              @notice-action=${() => void this.undo()}
            ></ubizo-notice>`
          : nothing
      }
      ${this.accounts === undefined && !problem ? html`<p class="soft">${msg('Asking the box…')}</p>` : nothing}
      ${
        this.accounts?.length === 1
          ? html`<p class="none">
              ${msg('Only you so far. Guides make their own accounts on this page; you approve them here.')}
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
      <ubizo-account-sheets
        @deed-confirmed=${(event: CustomEvent<Deed>) => void this.act(event.detail)}
        @deed-dropped=${() => this.requestUpdate()}
      ></ubizo-account-sheets>
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
                @click=${() => this.ask({ kind: 'block', account })}
              >
                <span>${msg('Block')}${whose}</span>
              </button>`
            : html`<button
                class=${status === 'waiting' ? 'main' : ''}
                type="button"
                ?disabled=${busy}
                @click=${() => void this.approve(account)}
              >
                <span>${status === 'waiting' ? msg('Approve') : msg('Unblock')}${whose}</span>
              </button>`
        }
        <select
          aria-label=${msg(str`Role of ${email}`)}
          ?disabled=${busy}
          @change=${(event: Event) => this.roleChosen(account, event)}
        >
          ${ROLES.map((each) => html`<option value=${each} .selected=${live(each === role)}>${roleWords(each)}</option>`)}
        </select>
        ${
          status === 'active'
            ? html`<button
                class="plain"
                type="button"
                ?disabled=${busy}
                @click=${() => this.ask({ kind: 'password', account })}
              >
                <span>${msg('Forgotten password')}${whose}</span>
              </button>`
            : nothing
        }
        <button
          class="plain danger"
          type="button"
          ?disabled=${busy}
          @click=${() => this.ask({ kind: 'delete', account })}
        >
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
    if (role && role !== account.role) this.ask({ kind: 'role', account, role });
  }

  private async change({ id }: AccountView, change: AccountChange): Promise<boolean> {
    this.undoable = undefined;
    return this.attempt.run(async () => {
      const account = await changeAccount(id, change);
      this.show((this.accounts ?? []).map((known) => (known.id === id ? account : known)));
      this.dispatchEvent(new CustomEvent('accounts-changed', { bubbles: true, composed: true }));
    });
  }

  private async approve(account: AccountView): Promise<void> {
    const { id, status } = account;
    if (!(await this.change(account, { status: 'active' }))) return;
    const who = nameOf(account);
    const words =
      status === 'waiting' ? msg(str`${who} is approved.`) : msg(str`${who} is no longer blocked.`);
    this.undoable = { words, id, before: { status: 'locked' } };
  }

  private async undo(): Promise<void> {
    const { id, before } = this.undoable ?? {};
    const account = this.accounts?.find((each) => each.id === id);
    if (account && before) await this.change(account, before);
  }

  private ask(deed: Deed): void {
    void this.sheets?.ask(deed);
  }

  private async act(deed: Deed): Promise<void> {
    const { account } = deed;
    const { id, role } = account;
    if (deed.kind === 'password') {
      await this.attempt.run(async () => this.sheets?.show(await newPasswordCode(id)));
      if (this.attempt.problem) this.sheets?.close();
      return;
    }
    this.sheets?.close();
    if (deed.kind === 'delete') return this.erase(id);
    const roleChange = deed.kind === 'role';
    const change: AccountChange = roleChange ? { role: deed.role } : { status: 'locked' };
    if (!(await this.change(account, change))) return;
    const who = nameOf(account);
    this.undoable = {
      words: roleChange ? msg(str`${who} is now: ${roleWords(deed.role)}.`) : msg(str`${who} is blocked.`),
      id,
      before: roleChange ? { role } : { status: 'active' },
    };
  }

  private async erase(id: string): Promise<void> {
    this.undoable = undefined;
    await this.attempt.run(async () => {
      await removeAccount(id);
      this.show((this.accounts ?? []).filter((account) => account.id !== id));
      this.dispatchEvent(new CustomEvent('accounts-changed', { bubbles: true, composed: true }));
    });
  }

  private get sheets() {
    return this.renderRoot.querySelector('ubizo-account-sheets');
  }
}

const nameOf = ({ name, email }: AccountView): string => name || email;

function statusWords(status: 'waiting' | 'locked'): string {
  return status === 'waiting' ? msg('Waits to be approved') : msg('Blocked');
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-account-list': AccountList;
  }
}
