import { localized, msg } from '@lit/localize';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { microphoneIcon } from '../../elements/icons.ts';
import { entranceStyles } from './entrance-styles.ts';
import './secure-page.ts';

/** The first minute of a new box on plain HTTP: the secure page, before anything is typed. Fires `secure-later`. */
@localized()
@customElement('ubizo-secure-first')
export class SecureFirst extends LitElement {
  static override styles = entranceStyles;

  @property() url = '';

  override render() {
    return html`
      <section class="panel" aria-labelledby="heading">
        <div class="head">
          <p class="mark">${microphoneIcon}Ubizo</p>
          <h1 id="heading">${msg('Set up this box')}</h1>
        </div>
        <ubizo-secure-page .url=${this.url}></ubizo-secure-page>
        <button class="plain" type="button" @click=${this.later}>${msg('Guide a tour first')}</button>
      </section>
    `;
  }

  private later(): void {
    this.dispatchEvent(new CustomEvent('secure-later', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-secure-first': SecureFirst;
  }
}
