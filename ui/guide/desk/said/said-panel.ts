import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CaptionLine } from '../../../../appliance/protocol/views.ts';
import '../../../captions/caption-stream.ts';
import { base } from '../../../style/base.ts';
import { panel } from '../../panel.ts';

/** The guide's own words, as they are understood. */
@localized()
@customElement('ubizo-said-panel')
export class SaidPanel extends LitElement {
  static override styles = [
    base,
    panel,
    css`
      ubizo-caption-stream {
        block-size: 17rem;
        --caption-padding: 0;
        --caption-size: 1.1875rem;
      }
    `,
  ];

  @property({ attribute: false }) lines: readonly CaptionLine[] = [];
  /** Somebody writes them down, or would. */
  @property({ type: Boolean }) written = true;

  override render() {
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Just said')}</h2>
        <ubizo-caption-stream
          .lines=${this.lines}
          .emptyText=${
            this.written
              ? msg('Your words appear here as soon as somebody reads or hears a translation.')
              : msg('Your words are not written down on this tour.')
          }
        ></ubizo-caption-stream>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-said-panel': SaidPanel;
  }
}
