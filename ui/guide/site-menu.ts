import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RoleName } from '../../appliance/protocol/accounts.ts';
import { base } from '../style/base.ts';

/** Where one can go on the guide's page, by who one is. */
@localized()
@customElement('ubizo-site-menu')
export class SiteMenu extends LitElement {
  static override styles = [
    base,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-1);
        margin-inline: calc(-1 * var(--gap-3));
      }
      a {
        display: flex;
        align-items: center;
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
        }
        a {
          padding-inline: var(--gap-2);
          font-size: 0.9375rem;
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
    `,
  ];

  @property() who: RoleName = 'guide';
  @property({ type: Boolean }) claimed = false;
  @property() place = '';

  override render() {
    const owner = this.who === 'owner';
    return html`
      <nav aria-label=${msg('Pages')}>
        <ul>
          ${this.who === 'attendee' ? nothing : this.link('', msg('Tours'))}
          ${owner ? this.link('accounts', msg('Accounts')) : nothing}
          ${owner ? this.link('device', msg('This box')) : nothing}
          ${this.who === 'attendee' ? nothing : this.link('box', msg('State and Wi-Fi'))}
          ${this.link('account', msg('My account'))}
        </ul>
      </nav>
    `;
  }

  private link(place: string, words: string) {
    const here = this.place === place;
    return html`<li><a href="#${place}" aria-current=${here ? 'page' : nothing}>${words}</a></li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-site-menu': SiteMenu;
  }
}
