import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons } from '../../style/base.ts';

/** Asks the guide to slow down, without a name. Fires `too-fast`. */
@localized()
@customElement('ubizo-too-fast-button')
export class TooFastButton extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      button {
        inline-size: 100%;
        min-block-size: var(--target);
        padding-inline: var(--gap-2);
        font-size: 0.9375rem;
        line-height: 1.2;
      }
    `,
  ];

  /** The guide has been told, and need not be told again yet. */
  @property({ type: Boolean }) told = false;

  override render() {
    // One that is disabled would lose the focus; what it says is announced where it was pressed.
    return html`<button type="button" aria-disabled=${this.told} @click=${this.tell}>
      <span role="status">${this.told ? msg('Your guide has been told') : msg('Too fast for me')}</span>
    </button>`;
  }

  private tell(): void {
    if (this.told) return;
    this.dispatchEvent(new CustomEvent('too-fast', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-too-fast-button': TooFastButton;
  }
}
