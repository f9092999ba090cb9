import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { WifiView } from '../../../../appliance/protocol/box-state.ts';
import { closeIcon, expandIcon } from '../../../elements/icons.ts';
import { base, buttons } from '../../../style/base.ts';
import { panel } from '../../panel.ts';
import { boxState } from '../../../link/api/box-state.ts';
import { joinCardStyles } from './join-card-styles.ts';
import './qr-code.ts';
import { canShare, copyLink, shareLink } from './share.ts';
import { wifiUri } from './wifi-uri.ts';

/** How visitors join: the code to say aloud, the link, and a QR code that fills the screen to be held up. */
@localized()
@customElement('ubizo-join-card')
export class JoinCard extends LitElement {
  static override styles = [base, buttons, panel, joinCardStyles];

  /** The tour's. */
  @property() name = '';
  @property() code = '';
  @property() url = '';
  /** Asked of visitors beside the code; '' when nothing is. */
  @property() entryCode = '';
  @state() private wifi: WifiView | undefined;
  @state() private copied = false;
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
        <div class="row">
          ${canShare() ? html`<button type="button" @click=${this.share}>${msg('Share link')}</button>` : nothing}
          <button type="button" @click=${this.copy}>${this.copied ? msg('Copied') : msg('Copy link')}</button>
        </div>
        <button type="button" class="wide" @click=${this.open}>
          ${expandIcon}${msg('Show QR code full screen')}
        </button>
      </section>
      <dialog aria-label=${msg('Visitors join here')}>
        <div class="full">
          <ubizo-qr-code
            class="tour"
            .text=${this.url}
            .label=${msg('QR code of the join link')}
          ></ubizo-qr-code>
          <div class="words">
            <p class="scan">${msg('Scan to listen')}</p>
            <p class="name"><bdi>${this.name}</bdi></p>
            <p class="code"><bdi dir="ltr">${this.code}</bdi></p>
            <p class="link" dir="ltr">${bare(this.url)}</p>
            ${this.entry()} ${this.wifiCode()}
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

  /** Of the box's own Wi-Fi, without which nobody gets to the tour. */
  private wifiCode() {
    const { wifi } = this;
    if (wifi?.network !== 'own' || wifi.phase !== 'up' || wifi.ssid === undefined) return nothing;
    const { ssid, passphrase } = wifi;
    return html`<figure>
      <ubizo-qr-code
        .text=${wifiUri({ ssid, passphrase })}
        .label=${msg('QR code of the Wi-Fi')}
      ></ubizo-qr-code>
      <figcaption>${msg('First join this Wi-Fi')}: <bdi>${ssid}</bdi></figcaption>
    </figure>`;
  }

  private async open(): Promise<void> {
    this.dialog.showModal();
    try {
      ({ wifi: this.wifi } = await boxState());
    } catch {
      // Without it the tour's own code is there.
    }
  }

  private share(): void {
    void shareLink(this.name, this.url);
  }

  private async copy(): Promise<void> {
    this.copied = await copyLink(this.url);
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
