import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SoundCheckView } from '../../../../appliance/protocol/sound-check.ts';
import { microphoneIcon } from '../../../elements/icons.ts';
import '../../../elements/notice.ts';
import { heardSound } from '../../../link/api/sound-check.ts';
import { base, buttons } from '../../../style/base.ts';
import { panel } from '../../panel.ts';
import { guideProblemWords } from '../../problem-words.ts';
import { checkedLanguage } from './checked-language.ts';
import { ListeningIn } from './listening-in.ts';
import { soundCheckStyles } from './sound-check-styles.ts';
import { SoundCheckWatch } from './sound-check-watch.ts';
import { levelWords, progressWords } from './sound-check-words.ts';

/** The guide hears themselves in every language before the visitors come. Fires `sign-in-needed`. */
@localized()
@customElement('ubizo-sound-check-panel')
export class SoundCheckPanel extends LitElement {
  static override styles = [base, buttons, panel, soundCheckStyles];

  @property() tourId = '';
  private readonly check = new SoundCheckWatch(this);
  private readonly listening = new ListeningIn(this, (language) => heardSound(this.tourId, language));

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('tourId')) return;
    this.check.forget();
    this.listening.stop();
  }

  override render() {
    const { view, problem, running } = this.check;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Sound check')}</h2>
        <p class="soft">
          ${msg('Hear five seconds of yourself in every language, before your visitors come. It costs as much as a few seconds of a tour.')}
        </p>
        ${this.steps(running)}
        <p class="status" role="status">${view ? progressWords(view) : nothing}</p>
        ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
        ${view && !view.problem ? this.results(view) : nothing}
      </section>
    `;
  }

  /** The way out stands where the way in was. */
  private steps(running: boolean) {
    return html`
      <div class="row">
        ${
          running
            ? html`<button type="button" @click=${() => void this.check.cancel()}>${msg('Cancel')}</button>`
            : html`<button class="main" type="button" @click=${() => this.begin()}>
                ${microphoneIcon} ${msg('Say something')}
              </button>`
        }
        <button type="button" ?disabled=${running} @click=${() => this.fileInput?.click()}>
          ${msg('Use a clip')}
        </button>
        <input
          type="file"
          hidden
          accept="audio/*,video/mp4,video/webm,.ogg,.opus,.flac"
          @change=${this.fileChosen}
        />
      </div>
    `;
  }

  private results({ state, level, languages }: SoundCheckView) {
    const heard = languages.filter(({ soundMs }) => soundMs > 0).map(({ language }) => language);
    const done = languages.filter((each) => each.state === 'done').length;
    return html`
      <progress aria-labelledby="heading" max=${languages.length} .value=${done}></progress>
      ${level && state !== 'listening' ? html`<p class="soft small">${levelWords(level)}</p>` : nothing}
      <ul>
        ${languages.map((each) => checkedLanguage(each, this.listening))}
      </ul>
      ${
        state === 'done' && heard.length > 1
          ? html`<button type="button" @click=${() => this.listening.play(...heard)}>
              ${msg('Hear all, one after the other')}
            </button>`
          : nothing
      }
    `;
  }

  private get fileInput() {
    return this.renderRoot.querySelector<HTMLInputElement>('input[type=file]');
  }

  private begin(clip?: File): void {
    this.listening.stop();
    void this.check.begin(this.tourId, clip);
  }

  private fileChosen({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    const [clip] = target.files ?? [];
    if (clip) this.begin(clip);
    // The same one may be chosen again.
    target.value = '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-sound-check-panel': SoundCheckPanel;
  }
}
