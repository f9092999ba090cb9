import { localized, msg } from '@lit/localize';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../style/base.ts';
import { panel } from '../panel.ts';

/** In the place of a panel whose figures are the box's, while there is no contact with it: old ones would be believed. */
@localized()
@customElement('ubizo-unknown-panel')
export class UnknownPanel extends LitElement {
  static override styles = [base, panel];

  @property() heading = '';

  override render() {
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${this.heading}</h2>
        <p class="soft">${msg('Not known without contact with the box.')}</p>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-unknown-panel': UnknownPanel;
  }
}
