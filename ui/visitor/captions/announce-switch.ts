import { localized, msg } from '@lit/localize';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../style/base.ts';
import { switchRow } from '../../style/switch-row.ts';

/** For who reads with a screen reader or a braille display. Fires `announce` with whether new lines are announced. */
@localized()
@customElement('ubizo-announce-switch')
export class AnnounceSwitch extends LitElement {
  static override styles = [base, switchRow];

  @property({ type: Boolean }) on = false;

  override render() {
    return html`
      <label>
        <input type="checkbox" role="switch" .checked=${this.on} @change=${this.changed} />
        ${msg('Announce new lines (screen reader, braille)')}
      </label>
    `;
  }

  private changed(event: Event): void {
    const { checked } = event.target as HTMLInputElement;
    this.dispatchEvent(new CustomEvent('announce', { detail: checked, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-announce-switch': AnnounceSwitch;
  }
}
