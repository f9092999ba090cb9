import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { TalksTo } from '../../../appliance/protocol/talk.ts';
import { HoldToTalk } from '../../elements/hold-to-talk.ts';
import { microphoneIcon, stopIcon } from '../../elements/icons.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { recall, remember } from '../memory.ts';
import '../voice/loudness-bar.ts';
import type { VoiceProblem } from '../voice/own-voice.ts';
import '../voice/secure-offer.ts';
import { MOST_SENSITIVE, USUAL_SENSITIVITY } from '../voice/voice-activity.ts';
import { clockOf } from '../voice/voice-words.ts';
import { speakPanelStyles } from './speak-panel-styles.ts';
import type { SpeakingState } from './speaking.ts';
import { speakingWords } from './speaking-words.ts';

/** What is asked for with it: who shall hear, and with how much sensitivity a pause ends it, if one does. */
export interface Speak {
  readonly to: TalksTo;
  readonly sensitivity?: number;
}

/** A question by voice. Fires `speak` inside a gesture, and `speak-done`. */
@localized()
@customElement('ubizo-speak-panel')
export class SpeakPanel extends LitElement {
  static override styles = [base, buttons, fields, speakPanelStyles];

  /** Browsers give this page a microphone. */
  @property({ type: Boolean }) possible = false;
  /** Where they do, if they do not here. */
  @property() secureUrl = '';
  @property({ attribute: false }) speaking: SpeakingState = { is: 'idle' };
  /** Seconds, while there is an end. */
  @property({ attribute: false }) left: number | undefined;
  @property({ type: Number }) level = -100;
  @property({ type: Boolean }) connected = false;
  @property({ attribute: false }) problem: VoiceProblem | undefined;
  /** The guide gets the words in their own language. */
  @property({ type: Boolean }) interpreted = true;
  /** Sound of the tour is played here. */
  @property({ type: Boolean }) heard = false;
  @state() private to: TalksTo = 'guide';
  @state() private handsFree = false;
  @state() private sensitivity = Number(recall('sensitivity') ?? USUAL_SENSITIVITY);
  @state() private loudspeaker = recall('loudspeaker') === 'yes';
  private readonly hold = new HoldToTalk(this, {
    wanted: () => this.holds && this.possible && this.offsetParent !== null,
    onHold: (held) => (held ? this.begin() : this.done()),
  });

  override render() {
    return html`
      <section aria-labelledby="heading">
        <h3 id="heading">${msg('Speak')}</h3>
        ${this.possible ? this.controls() : html`<ubizo-secure-offer .url=${this.secureUrl}></ubizo-secure-offer>`}
      </section>
    `;
  }

  private get idle(): boolean {
    return this.speaking.is === 'idle';
  }

  /** The button is held while one speaks; a turn to speak to all may come when nobody holds anything. */
  private get holds(): boolean {
    return this.to === 'guide' && !this.handsFree;
  }

  private controls() {
    const barred = this.heard && this.loudspeaker;
    return html`
      ${this.idle || this.holds ? this.choices() : nothing}
      ${
        barred
          ? html`<p class="soft">
              ${msg('Without headphones all would hear the tour twice. Put some in, or write your question.')}
            </p>`
          : html`${
                this.interpreted
                  ? nothing
                  : html`<p class="soft small">
                      ${msg('Nobody translates your language for your guide: they hear your voice as it is.')}
                    </p>`
              }
              <p class="status" role="status">${speakingWords(this.speaking, this)}</p>
              ${this.button()}
              <ubizo-loudness-bar
                class=${this.speaking.is === 'speaking' ? '' : 'hidden'}
                .level=${this.level}
              ></ubizo-loudness-bar>`
      }
    `;
  }

  private choices() {
    return html`
      ${this.choice(
        msg('Who is to hear you'),
        this.to === 'guide',
        (first) => (this.to = first ? 'guide' : 'all'),
        [msg('To my guide'), msg('To everybody')],
      )}
      ${this.choice(msg('How it ends'), !this.handsFree, (first) => (this.handsFree = !first), [
        this.to === 'guide' ? msg('Hold to talk') : msg('I say when I have done'),
        msg('A pause ends it'),
      ])}
      ${this.handsFree ? this.slider() : nothing}
      ${
        this.heard
          ? html`<label class="check">
              <input
                type="checkbox"
                .checked=${this.loudspeaker}
                ?disabled=${!this.idle}
                @change=${this.loudspeakerChanged}
              />${msg('I hear the tour from my loudspeaker')}
            </label>`
          : nothing
      }
    `;
  }

  private choice(
    name: string,
    first: boolean,
    choose: (first: boolean) => void,
    words: readonly [string, string],
  ) {
    return html`<div class="choice" role="radiogroup" aria-label=${name}>
      ${words.map(
        (word, at) =>
          html`<label>
            <input
              type="radio"
              name=${name}
              .checked=${first === (at === 0)}
              ?disabled=${!this.idle}
              @change=${() => choose(at === 0)}
            /><span>${word}</span>
          </label>`,
      )}
    </div>`;
  }

  private slider() {
    return html`<label class="slider"
      ><span class="small">${msg('How sensitive the microphone is')}</span>
      <input
        type="range"
        min="0"
        max=${MOST_SENSITIVE}
        step="1"
        .value=${String(this.sensitivity)}
        @change=${this.slid}
      />
    </label>`;
  }

  private button() {
    const { idle } = this;
    const left = this.left === undefined ? nothing : html`<span class="left">${clockOf(this.left)}</span>`;
    if (this.holds)
      return html`<button
        class="main talk ${idle ? '' : 'on'}"
        type="button"
        aria-pressed=${!idle}
        @pointerdown=${this.hold.pointerDown}
        @pointerup=${this.hold.release}
        @pointercancel=${this.hold.release}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        ${microphoneIcon}${idle ? msg('Hold to talk') : msg('Let go to send')}${left}
      </button>`;
    if (idle)
      return html`<button class="main talk" type="button" @click=${this.begin}>
        ${microphoneIcon}${this.to === 'all' ? msg('Ask for the floor') : msg('Start speaking')}
      </button>`;
    return html`<button class="main talk on" type="button" @click=${this.done}>
      ${stopIcon}${this.speaking.is === 'speaking' ? msg('Done') : msg('Cancel')}${left}
    </button>`;
  }

  private begin(): void {
    const { to, handsFree, sensitivity } = this;
    this.fire('speak', { to, ...(handsFree && { sensitivity }) } satisfies Speak);
  }

  private done(): void {
    this.fire('speak-done');
  }

  private slid(event: Event): void {
    this.sensitivity = Number((event.target as HTMLInputElement).value);
    remember('sensitivity', String(this.sensitivity));
  }

  private loudspeakerChanged(event: Event): void {
    this.loudspeaker = (event.target as HTMLInputElement).checked;
    remember('loudspeaker', this.loudspeaker ? 'yes' : 'no');
  }

  private fire(name: string, detail?: Speak): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-speak-panel': SpeakPanel;
  }
}
