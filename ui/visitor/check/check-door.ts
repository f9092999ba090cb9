import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LoadedLater } from '../../elements/loaded-later.ts';
import { base, buttons } from '../../style/base.ts';
import type { PhoneParts } from './look-at-phone.ts';
import type * as PhoneCheck from './phone-check.ts';

/** The button that leads to the check of this phone; the check itself is fetched when it is wanted. */
@localized()
@customElement('ubizo-check-door')
export class CheckDoor extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      button {
        margin-inline: var(--gap-2);
      }
    `,
  ];

  @property({ attribute: false }) parts: () => PhoneParts | undefined = () => undefined;
  private readonly check = new LoadedLater<typeof PhoneCheck>(this, () => import('./phone-check.ts'));

  override render() {
    return html`
      <button class="plain" type="button" aria-haspopup="dialog" @click=${this.open}>
        ${msg('Something wrong?')}
      </button>
      ${this.check.part ? html`<ubizo-phone-check .parts=${this.parts}></ubizo-phone-check>` : nothing}
    `;
  }

  private async open(): Promise<void> {
    await this.check.load({ again: true });
    await this.updateComplete;
    await this.renderRoot.querySelector('ubizo-phone-check')?.open();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-check-door': CheckDoor;
  }
}
