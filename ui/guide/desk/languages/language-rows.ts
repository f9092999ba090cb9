import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { directionOf, languageName } from '../../../../appliance/protocol/languages.ts';
import type { CaptionLine, ChannelDeskView, TourDeskView } from '../../../../appliance/protocol/views.ts';
import '../../../elements/notice.ts';
import { base } from '../../../style/base.ts';
import { secondsOf } from '../../../texts/durations.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { panel } from '../../panel.ts';
import { guideProblemWords } from '../../problem-words.ts';
import { languageRowsStyles } from './language-rows-styles.ts';
import { paceWords } from './pace-words.ts';

/** Who listens and who reads in which language, how far behind, what was just said there, and what is wrong. */
@localized()
@customElement('ubizo-language-rows')
export class LanguageRows extends LitElement {
  static override styles = [base, panel, languageRowsStyles];

  @property({ attribute: false }) tour: TourDeskView | undefined;
  /** By language. */
  @property({ attribute: false }) captions: ReadonlyMap<string, readonly CaptionLine[]> = new Map();

  override render() {
    const { tour } = this;
    if (!tour) return nothing;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Languages')}</h2>
        <ul>
          ${repeat(
            tour.channels,
            (channel) => channel.language,
            (channel) => this.row(tour, channel),
          )}
        </ul>
      </section>
    `;
  }

  /** How good what visitors get is, where it is not good. */
  private truth({ by, state, writtenBy, listeners, readers }: ChannelDeskView) {
    const words: string[] = [];
    if (by === 'box' && state === 'live')
      words.push(msg('A rough translation by simple programs: it is often wrong.'));
    if (writtenBy === 'box' && listeners + readers > 0)
      words.push(msg('Your words are written down by simple programs: they are often wrong.'));
    if (writtenBy === 'nobody' && readers > 0)
      words.push(msg('Your words are not written down: who reads them sees nothing.'));
    return words.map((each) => html`<p class="soft small">${each}</p>`);
  }

  private row(tour: TourDeskView, channel: ChannelDeskView) {
    const { language, listeners, readers, pace, problem } = channel;
    const words = pace ? paceWords(pace) : [];
    const floor = language === tour.floorLanguage;
    const name = languageName(language, pageLanguage());
    const last = floor ? undefined : this.captions.get(language)?.at(-1);
    return html`
      <li data-testid="language-${language}">
        <div class="top">
          <h3>${name} <span class="mark ${channel.by}">${byWords(channel)}</span></h3>
          <p class="listeners">
            <span class="number">${listeners}</span>
            <span class="soft small">${msg('listening')}</span>
            ${
              readers > 0
                ? html`<span class="number">${readers}</span>
                    <span class="soft small">${msg('reading')}</span>`
                : nothing
            }
          </p>
        </div>
        <p class="state ${channel.state}">
          <span class="dot" aria-hidden="true"></span>${stateWords(channel, floor, tour)}
        </p>
        ${words.length > 0 ? html`<p class="soft small">${words.join(' · ')}</p>` : nothing}
        ${this.truth(channel)}
        ${problem ? html`<ubizo-notice tone="warn" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
        ${
          last
            ? html`<p
                class="caption ${last.final ? '' : 'draft'}"
                lang=${language}
                dir=${directionOf(language)}
              >
                ${last.text}
              </p>`
            : nothing
        }
      </li>
    `;
  }
}

/** What visitors get, in a word. */
function byWords({ by }: ChannelDeskView): string {
  switch (by) {
    case 'model':
      return msg('translated');
    case 'box':
      return msg('rough');
    case 'guide':
      return msg('your own voice');
  }
}

function stateWords(
  { state, by, lagMs, listeners, readers }: ChannelDeskView,
  floor: boolean,
  tour: TourDeskView,
): string {
  switch (state) {
    case 'live':
      return floor || lagMs <= 0 ? msg('Live') : msg(str`Live, ${secondsOf(lagMs, 'short')} behind you`);
    case 'reconnecting':
      return msg('The translation is coming back; visitors hear your own voice');
    case 'floor':
      return msg('No translation; visitors hear your own voice');
    case 'silent':
      if (!floor && by === 'guide') return msg('No translation; visitors hear your own voice');
      return tour.state === 'live' && listeners + readers === 0 && !floor
        ? msg('Starts when someone listens')
        : msg('Silent');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-language-rows': LanguageRows;
  }
}
