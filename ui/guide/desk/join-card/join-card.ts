import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { closeIcon, expandIcon } from '../../../elements/icons.ts';
import { base, buttons } from '../../../style/base.ts';
import { panel } from '../../panel.ts';
import { joinCardStyles } from './join-card-styles.ts';
import './qr-code.ts';

/** How visitors join: the code to say aloud, the link, and a QR code that fills the screen to be held up. */
@localized()
@customElement('ubizo-join-card')
export class JoinCard extends LitElement {
  static override styles = [base, buttons, panel, joinCardStyles];

  @property() code = '';
  @property() url = '';
  /** Asked of visitors beside the code; '' when nothing is. */
  @property() entryCode = '';
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  override render() {
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Visitors join here')}</h2>
        <div class="ways">
          <ubizo-qr-code .text=${this.url} .label=${msg('QR code of the join link')}></ubizo-qr-code>
          <div class="words">
            <p class="code"><bdi dir="ltr" data-testid="tour-code">${this.code}</bdi></p>
            <a href=${this.url} target="_blank" rel="noopener"><bdi dir="ltr">${bare(this.url)}</bdi></a>
            ${this.entry()}
          </div>
        </div>
        <button type="button" class="wide" @click=${this.open}>
          ${expandIcon}${msg('Show QR code full screen')}
        </button>
      </section>
      <dialog aria-label=${msg('Visitors join here')}>
        <div class="full">
          <ubizo-qr-code .text=${this.url} .label=${msg('QR code of the join link')}></ubizo-qr-code>
          <div class="words">
            <p class="code"><bdi dir="ltr">${this.code}</bdi></p>
            <p class="link" dir="ltr">${bare(this.url)}</p>
            ${this.entry()}
            <button type="button" @click=${this.close}>${closeIcon}${msg('Close')}</button>
          </div>
        </div>
      </dialog>
    `;
  }

  private entry() {
    return this.entryCode
      ? html`<p class="entry">
          ${msg('Entry code')}: <bdi><strong>${this.entryCode}</strong></bdi>
        </p>`
      : nothing;
  }

  private open(): void {
    this.dialog.showModal();
  }

  private close(): void {
    this.dialog.close();
  }
}

/** Without its scheme; when it must break, it breaks before the path, so that the code stays whole. */
function bare(url: string): TemplateResult {
  const [, host = url, path = ''] = /^https?:\/\/([^/]+)(\/.*)$/u.exec(url) ?? [];
  return html`${host}<wbr /><span class="path">${path}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-join-card': JoinCard;
  }
}
