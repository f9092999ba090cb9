import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { languageName } from '../../../../appliance/protocol/languages.ts';
import { QUALITY_CLASSES } from '../../../../appliance/protocol/quality.ts';
import type {
  ChannelQuality,
  PhoneQuality,
  QualityNow,
} from '../../../../appliance/protocol/quality-view.ts';
import '../../../elements/notice.ts';
import { base } from '../../../style/base.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { panel } from '../../panel.ts';
import { qualityPanelStyles } from './quality-panel-styles.ts';
import { classWords, levelWords, phoneWords, togetherWords } from './quality-words.ts';

/** How the phones hear: all in five classes, those who hear worst by name, and what is sent to each language. */
@localized()
@customElement('ubizo-quality-panel')
export class QualityPanel extends LitElement {
  static override styles = [base, panel, qualityPanelStyles];

  @property({ attribute: false }) now: QualityNow | undefined;

  override render() {
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('How they hear')}</h2>
        ${this.now && this.now.medianScore !== undefined ? this.known(this.now) : this.unknown()}
      </section>
    `;
  }

  private unknown() {
    return html`<p class="soft">${msg('Known once phones have heard a few seconds of sound.')}</p>`;
  }

  private known({ distribution, together, worst, channels }: QualityNow) {
    return html`
      <div class="bar" aria-hidden="true">
        ${QUALITY_CLASSES.map((each) => html`<span class=${each} style="--phones: ${distribution[each]}"></span>`)}
      </div>
      <ul class="classes">
        ${QUALITY_CLASSES.map(
          (each) =>
            html`<li data-class=${each}>
              <span class="dot ${each}" aria-hidden="true"></span><span>${classWords(each)}</span>
              <b>${number(distribution[each])}</b>
            </li>`,
        )}
      </ul>
      ${together ? html`<ubizo-notice tone="warn" .text=${togetherWords(together)}></ubizo-notice>` : nothing}
      ${list(msg('Who hears worst'), worst.map(phoneRow))}
      ${list(msg('What is sent'), channels.filter(({ phones }) => phones > 0).map(channelRow))}
    `;
  }
}

const number = (value: number): string => new Intl.NumberFormat(pageLanguage()).format(value);

const list = (name: string, rows: readonly TemplateResult[]) =>
  rows.length > 0
    ? html`<ul class="rows" aria-label=${name}>
        ${rows}
      </ul>`
    : nothing;

const phoneRow = (phone: PhoneQuality) => html`
  <li data-testid="phone">
    <p class="name">
      <bdi>${phone.name ?? msg('Visitor without a name')}</bdi><span>${classWords(phone.class)}</span>
    </p>
    <p class="soft small">
      ${[languageName(phone.language, pageLanguage()), ...phoneWords(phone)].join(' · ')}
    </p>
  </li>
`;

const channelRow = (channel: ChannelQuality) => html`
  <li data-testid="channel">
    <p class="name"><bdi>${languageName(channel.language, pageLanguage())}</bdi></p>
    <p class="soft small">${levelWords(channel)}</p>
  </li>
`;

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-quality-panel': QualityPanel;
  }
}
