import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../style/base.ts';

/** Where browsers give this page no microphone: how to speak all the same, and the way to the page that has one. */
@localized()
@customElement('ubizo-secure-offer')
export class SecureOffer extends LitElement {
  static override styles = [
    base,
    css`
      div {
        display: grid;
        gap: var(--gap-2);
      }
      a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target);
        font-weight: 600;
      }
    `,
  ];

  /** The secure page; '' where there is none. */
  @property() url = '';

  override render() {
    if (this.url === '')
      return html`<p class="soft small">
        ${msg('Browsers let this page use no microphone here. Dictate with your keyboard’s microphone key: your words are sent in writing.')}
      </p>`;
    return html`<div>
      <p class="soft small">
        ${msg('Your voice can be sent from the secure page only. Here, dictate with your keyboard’s microphone key.')}
      </p>
      <a href=${this.url}>${msg('Open the secure page')}</a>
      <p class="soft small">
        ${msg('Your browser will warn you once, because it does not know this box. Choose “Advanced”, then go on.')}
      </p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-secure-offer': SecureOffer;
  }
}
