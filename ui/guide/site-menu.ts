import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RoleName } from '../../appliance/protocol/accounts.ts';
import { base } from '../style/base.ts';

/** Where one can go on the guide's page, by who one is: one row, also on a phone. */
@localized()
@customElement('ubizo-site-menu')
export class SiteMenu extends LitElement {
  static override styles = [
    base,
    css`
      .box {
        font-weight: 700;
        color: var(--ink-soft);
        overflow-wrap: anywhere;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-1);
        margin-inline: calc(-1 * var(--gap-3));
      }
      a {
        display: flex;
        align-items: center;
        gap: var(--gap-1);
        min-block-size: var(--target);
        padding-inline: var(--gap-3);
        border-radius: var(--radius-small);
        font-weight: 600;
        text-decoration: none;
        color: var(--ink-soft);
      }
      @media (max-width: 479px) {
        ul {
          margin-inline: calc(-1 * var(--gap-2));
          gap: 0;
          justify-content: space-between;
        }
        a {
          padding-inline: 6px;
          font-size: 0.875rem;
        }
      }
      a:hover {
        text-decoration: underline;
      }
      [aria-current] {
        color: var(--accent);
        box-shadow: inset 0 -3px 0 var(--accent);
        border-end-start-radius: 0;
        border-end-end-radius: 0;
      }
      .badge {
        min-inline-size: 1.5em;
        padding-inline: 0.4em;
        border-radius: 999px;
        background: var(--warn);
        color: var(--ground);
        font-size: 0.8125rem;
        font-variant-numeric: tabular-nums;
        text-align: center;
      }
    `,
  ];

  @property() who: RoleName = 'guide';
  @property({ type: Boolean }) claimed = false;
  @property() place = '';
  /** What the box is called. */
  @property() box = '';
  /** How many accounts wait for the owner. */
  @property({ type: Number }) waiting = 0;

  override render() {
    const owner = this.who === 'owner';
    return html`
      <p class="box small"><bdi>${this.box}</bdi></p>
      <nav aria-label=${msg('Pages')}>
        <ul>
          ${this.who === 'attendee' ? nothing : this.link('', msg('Tours'))}
          ${owner ? this.link('accounts', msg('Accounts'), this.badge()) : nothing}
          ${owner ? this.link('device', msg('Settings')) : nothing}
          ${this.who === 'attendee' ? nothing : this.link('box', msg('Box'))}
          ${this.link('account', msg('Me'))}
        </ul>
      </nav>
    `;
  }

  private badge() {
    if (this.waiting === 0) return nothing;
    return html`<span class="badge" aria-hidden="true">${this.waiting}</span
      ><span class="unseen">${msg(str`${this.waiting} waiting`)}</span>`;
  }

  private link(place: string, words: string, more: unknown = nothing) {
    const here = this.place === place;
    return html`<li><a href="#${place}" aria-current=${here ? 'page' : nothing}>${words}${more}</a></li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-site-menu': SiteMenu;
  }
}
