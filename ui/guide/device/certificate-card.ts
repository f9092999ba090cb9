import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DeviceView } from '../../../appliance/protocol/accounts.ts';
import { base } from '../../style/base.ts';
import { pageLocale } from '../../texts/locale.ts';
import '../entrance/trust-steps.ts';
import { panel } from '../panel.ts';
import { deviceStyles } from './device-styles.ts';

/** What the box proves itself with over HTTPS, and how a device is made to trust it. */
@localized()
@customElement('ubizo-certificate-card')
export class CertificateCard extends LitElement {
  static override styles = [base, panel, deviceStyles];

  @property({ attribute: false }) certificate: DeviceView['certificate'];

  override render() {
    const { certificate } = this;
    if (!certificate) return nothing;
    const { kind, fingerprint, daysLeft, names, authorityUrl } = certificate;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Certificate for the secure page')}</h2>
        <p>
          ${kind === 'made here' ? msg('Made on this box.') : msg('Supplied by you.')}
          ${daysLeft > 0 ? msg(str`It is good for ${daysLeft} more days.`) : html`<strong class="bad">${msg('It has expired.')}</strong>`}
        </p>
        <dl>
          <div>
            <dt>${msg('It is good for')}</dt>
            <dd>
              <bdi dir="ltr">${new Intl.ListFormat(pageLocale(), { type: 'unit' }).format(names)}</bdi>
            </dd>
          </div>
          <div>
            <dt>${msg('Fingerprint (SHA-256)')}</dt>
            <dd class="fingerprint small" dir="ltr">${fingerprint}</dd>
          </div>
        </dl>
        ${
          authorityUrl
            ? html`<h3>${msg('Make a device trust this box')}</h3>
                <ubizo-trust-steps .url=${authorityUrl}></ubizo-trust-steps>`
            : nothing
        }
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-certificate-card': CertificateCard;
  }
}
