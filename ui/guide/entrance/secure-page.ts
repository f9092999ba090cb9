import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../../elements/notice.ts';
import { base, buttons } from '../../style/base.ts';
import './trust-steps.ts';

/** Passwords are not taken over plain HTTP: where the same page is with HTTPS, and how to make the browser trust it. */
@localized()
@customElement('ubizo-secure-page')
export class SecurePage extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--gap-4);
      }
      .go {
        display: flex;
        align-items: center;
        justify-content: center;
        min-block-size: 56px;
        padding: var(--gap-2) var(--gap-4);
        border-radius: var(--radius-small);
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
        text-decoration: none;
        text-align: center;
      }
    `,
  ];

  /** The same page over HTTPS, when there is one. */
  @property() url = '';

  override render() {
    return html`
      <ubizo-notice
        tone="warn"
        .text=${
          this.url
            ? msg(
                'This page is open without encryption, so others in the Wi-Fi could read a password. Go on over the secure page.',
              )
            : msg(
                'This page is open without encryption, so others in the Wi-Fi could read a password. Open it on the box itself, or ask the owner of the box to allow passwords here.',
              )
        }
      ></ubizo-notice>
      ${
        this.url
          ? html`<a class="go" href=${this.url}>${msg('Open the secure page')}</a>
              <p class="soft small">
                ${msg('The browser will warn you: it does not know the certificate of this box yet. You may go on past the warning, or first make your device trust the box.')}
              </p>
              <ubizo-trust-steps></ubizo-trust-steps>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-secure-page': SecurePage;
  }
}
