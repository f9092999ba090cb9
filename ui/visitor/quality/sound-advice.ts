import { localized } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { QualityClass } from '../../../appliance/protocol/quality.ts';
import { base } from '../../style/base.ts';
import { soundAdvice } from './sound-words.ts';

/** One thing to do where the sound is not well heard. It lies over the oldest captions: nothing moves when it comes and goes. */
@localized()
@customElement('ubizo-sound-advice')
export class SoundAdvice extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        position: relative;
        z-index: 1;
        block-size: 0;
      }
      p {
        position: absolute;
        inset-inline: 0;
        padding: var(--gap-2) var(--gap-4);
        background: var(--warn-soft);
        color: var(--warn);
        font-size: 0.9375rem;
        pointer-events: none;
      }
      p:empty {
        display: none;
      }
    `,
  ];

  @property() mark: QualityClass | undefined;

  override render() {
    // Always there, so that a screen reader hears it change.
    return html`<p role="status">${(this.mark && soundAdvice(this.mark)) ?? nothing}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-sound-advice': SoundAdvice;
  }
}
