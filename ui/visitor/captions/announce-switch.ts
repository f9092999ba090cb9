import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../style/base.ts';

/** For who reads with a screen reader or a braille display. Fires `announce` with whether new lines are announced. */
@localized()
@customElement('ubizo-announce-switch')
export class AnnounceSwitch extends LitElement {
  static override styles = [
    base,
    css`
      label {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        min-block-size: var(--target);
        padding-inline: var(--gap-4);
        cursor: pointer;
        touch-action: manipulation;
      }
      input {
        inline-size: 1.5rem;
        block-size: 1.5rem;
        margin: 0;
        flex: none;
        accent-color: var(--accent);
      }
    `,
  ];

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
