import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons } from '../../style/base.ts';
import type { Telling } from './too-fast.ts';

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

  @property() telling: Telling = 'no';

  override render() {
    // One that is disabled would lose the focus; what it says is announced where it was pressed.
    return html`<button type="button" aria-disabled=${this.telling !== 'no'} @click=${this.tell}>
      <span role="status">${this.words()}</span>
    </button>`;
  }

  private words(): string {
    switch (this.telling) {
      case 'no':
        return msg('Too fast for me');
      case 'waiting':
        return msg('Your guide is told as soon as you are connected');
      case 'told':
        return msg('Your guide has been told');
    }
  }

  private tell(): void {
    if (this.telling !== 'no') return;
    this.dispatchEvent(new CustomEvent('too-fast', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-too-fast-button': TooFastButton;
  }
}
