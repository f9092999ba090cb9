import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base, buttons } from '../../style/base.ts';
import { phoneIcon } from '../conversation/icons.ts';

/** The way to the guide for one who is lost. Fires `open-help`. */
@localized()
@customElement('ubizo-help-button')
export class HelpButton extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        border-block-start: 1px solid var(--line);
        padding-block-start: var(--gap-4);
      }
    `,
  ];

  override render() {
    return html`<button class="wide" type="button" aria-haspopup="dialog" @click=${this.open}>
      ${phoneIcon}${msg('I am lost: call my guide')}
    </button>`;
  }

  private open(): void {
    this.dispatchEvent(new CustomEvent('open-help', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-help-button': HelpButton;
  }
}
