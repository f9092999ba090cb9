import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { QUALITY_CLASSES, type QualityClass } from '../../../appliance/protocol/quality.ts';
import { base } from '../../style/base.ts';

/** One of five marks for how well the sound is heard here: bars to be seen in the sun, and words. */
@localized()
@customElement('ubizo-sound-mark')
export class SoundMark extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        align-items: baseline;
        gap: 0.5rem;
      }
      .bars {
        display: inline-flex;
        align-items: end;
        gap: 2px;
        block-size: 0.875rem;
      }
      i {
        inline-size: 4px;
        block-size: calc(25% * var(--bar));
        border-radius: 1px;
        border: 1px solid var(--line-strong);
      }
      .full {
        background: currentColor;
        border-color: currentColor;
      }
      .excellent,
      .good {
        color: var(--good);
      }
      .fair {
        color: var(--warn);
      }
      .poor,
      .none {
        color: var(--bad);
      }
    `,
  ];

  @property() mark: QualityClass = 'excellent';

  override render() {
    const full = QUALITY_CLASSES.length - 1 - QUALITY_CLASSES.indexOf(this.mark);
    return html`<span class="bars ${this.mark}" aria-hidden="true"
        >${[1, 2, 3, 4].map(
          (bar) => html`<i class=${bar <= full ? 'full' : ''} style="--bar: ${bar}"></i>`,
        )}</span
      ><span>${markWords(this.mark)}</span>`;
  }
}

function markWords(mark: QualityClass): string {
  switch (mark) {
    case 'excellent':
      return msg('Excellent sound');
    case 'good':
      return msg('Good sound');
    case 'fair':
      return msg('Fair sound');
    case 'poor':
      return msg('Poor sound');
    case 'none':
      return msg('No sound');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-sound-mark': SoundMark;
  }
}
