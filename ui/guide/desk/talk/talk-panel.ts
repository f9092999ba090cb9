import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { microphoneIcon, mutedIcon } from '../../../elements/icons.ts';
import { base, buttons, fields } from '../../../style/base.ts';
import { panel } from '../../panel.ts';
import { HoldToTalk } from '../../../elements/hold-to-talk.ts';

type Mode = 'continuous' | 'push';

/**
 * Who decides when the guide is heard: a switch, or a button (or the space bar) that must be held. Fires `mute` with
 * true or false.
 */
@localized()
@customElement('ubizo-talk-panel')
export class TalkPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    panel,
    css`
      .modes {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-5);
      }
      .modes label {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        min-block-size: var(--target);
        font-weight: 500;
      }
      .talk {
        flex-wrap: wrap;
        min-block-size: 88px;
        font-size: 1.375rem;
        touch-action: none;
        -webkit-touch-callout: none;
      }
      .talk.on {
        background: var(--live);
        color: var(--on-live);
        border-color: transparent;
      }
      .talk.muted {
        background: var(--warn-soft);
        color: var(--warn);
        border: 2px solid var(--warn);
      }
    `,
  ];

  /** As the box has confirmed it. */
  @property({ type: Boolean }) muted = false;
  /** What was asked for and is not confirmed. */
  @property({ attribute: false }) asked: boolean | undefined;
  /** There is no contact with the box. */
  @property({ type: Boolean }) lost = false;
  @state() private mode: Mode = 'continuous';
  private readonly hold = new HoldToTalk(this, {
    wanted: () => this.mode === 'push',
    onHold: (held) => this.say(!held),
  });

  override render() {
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Speaking')}</h2>
        <div class="modes" role="radiogroup" aria-labelledby="heading" @change=${this.modeChosen}>
          ${this.modeChoice('continuous', msg('Always on'))} ${this.modeChoice('push', msg('Hold to talk'))}
        </div>
        ${this.mode === 'push' ? this.pushButton() : this.muteButton()}
      </section>
    `;
  }

  private modeChoice(mode: Mode, words: string) {
    return html`<label>
      <input type="radio" name="mode" .value=${mode} .checked=${this.mode === mode} />${words}
    </label>`;
  }

  private muteButton() {
    const muted = this.asked ?? this.muted;
    return html`<button
      class="talk ${this.muted ? 'muted' : ''}"
      type="button"
      ?disabled=${this.lost && muted}
      @click=${() => this.say(!muted)}
    >
      ${muted ? mutedIcon : microphoneIcon}${this.pendingWords() ?? (muted ? msg('Unmute') : msg('Mute'))}
    </button>`;
  }

  private pushButton() {
    return html`
      <button
        class="talk ${this.heard ? 'on' : ''}"
        type="button"
        aria-pressed=${this.heard ? 'true' : 'false'}
        @pointerdown=${this.hold.pointerDown}
        @pointerup=${this.hold.release}
        @pointercancel=${this.hold.release}
        @lostpointercapture=${this.hold.release}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        ${microphoneIcon}${this.pendingWords() ?? this.pushWords()}
      </button>
      ${this.hold.keyboard ? html`<p class="soft small">${msg('Or hold the space bar.')}</p>` : nothing}
    `;
  }

  /** By the visitors, as far as this page can know. */
  private get heard(): boolean {
    return !this.muted && !this.lost;
  }

  private pendingWords(): string | undefined {
    if (this.asked === undefined) return undefined;
    return this.asked ? msg('Muting…') : msg('Unmuting…');
  }

  private pushWords(): string {
    if (this.lost) return msg('No contact');
    return this.muted ? msg('Hold to talk') : msg('You are heard');
  }

  private modeChosen(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.mode = event.target.value === 'push' ? 'push' : 'continuous';
    this.hold.forget();
    this.say(this.mode === 'push');
  }

  private say(muted: boolean): void {
    this.dispatchEvent(new CustomEvent('mute', { detail: muted, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-talk-panel': TalkPanel;
  }
}
