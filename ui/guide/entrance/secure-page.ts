import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../../elements/notice.ts';
import { newSetupTicket } from '../../link/api/entrance.ts';
import { entranceStyles } from './entrance-styles.ts';
import './trust-steps.ts';

/** Passwords are not taken over plain HTTP: one button to the same page with HTTPS; why, and how to trust it, behind it. */
@localized()
@customElement('ubizo-secure-page')
export class SecurePage extends LitElement {
  static override styles = [
    entranceStyles,
    css`
      :host {
        display: grid;
        gap: var(--gap-4);
        margin: 0;
      }
    `,
  ];

  /** The same page over HTTPS, when there is one. */
  @property() url = '';
  /** Who comes has shown the setup code: there they need not show it again. */
  @property({ type: Boolean }) carry = false;

  override render() {
    if (!this.url)
      return html`<ubizo-notice
        tone="warn"
        .text=${msg('Passwords are not taken here, because others in the Wi-Fi could read them. Open this page on the box itself, or ask its owner to allow passwords here.')}
      ></ubizo-notice>`;
    return html`
      <p>${msg('First open the secure page: nobody in the Wi-Fi can read there what you type.')}</p>
      <a class="go" href=${this.url} @click=${this.carry ? this.carried : nothing}
        >${msg('Open the secure page')}</a
      >
      <p class="soft small">
        ${msg('Your browser will warn you once, because it does not know this box. Choose “Advanced”, then go on.')}
      </p>
      <details>
        <summary>${msg('Why?')}</summary>
        <p>
          ${msg('The certificate was made on this box, and no authority that your device knows has signed it. You may go on past the warning, or first make your device trust the box.')}
        </p>
        <ubizo-trust-steps></ubizo-trust-steps>
      </details>
    `;
  }

  /** Only in the fragment: no server and no log sees it. */
  private async carried(event: Event): Promise<void> {
    event.preventDefault();
    const ticket = await newSetupTicket().catch(() => '');
    location.assign(ticket === '' ? this.url : `${this.url}#setup=${ticket}`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-secure-page': SecurePage;
  }
}
