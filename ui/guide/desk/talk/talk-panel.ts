import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons, fields } from '../../../style/base.ts';
import { panel } from '../../panel.ts';
import { HoldToTalk } from '../../../elements/hold-to-talk.ts';
import { talkButton, talkButtonStyles, type TalkMode } from './talk-button.ts';

/**
 * Who decides when the guide is heard: a switch, or a button (or the space bar) that must be held. Fires `mute` with
 * true or false, and `talk-mode`.
 */
@localized()
@customElement('ubizo-talk-panel')
export class TalkPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    panel,
    talkButtonStyles,
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
        min-block-size: 88px;
        font-size: 1.375rem;
      }
    `,
  ];

  /** As the box has confirmed it. */
  @property({ type: Boolean }) muted = false;
  /** What was asked for and is not confirmed. */
  @property({ attribute: false }) asked: boolean | undefined;
  /** There is no contact with the box. */
  @property({ type: Boolean }) lost = false;
  @property() mode: TalkMode = 'continuous';
  private readonly hold = new HoldToTalk(this, {
    wanted: () => this.mode === 'push',
    onHold: (held) => this.say(!held),
  });

  override render() {
    const { mode, muted, asked, lost, hold } = this;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Speaking')}</h2>
        <div class="modes" role="radiogroup" aria-labelledby="heading" @change=${this.modeChosen}>
          ${this.modeChoice('continuous', msg('Always on'))} ${this.modeChoice('push', msg('Hold to talk'))}
        </div>
        ${talkButton({ mode, muted, asked, lost, hold, say: (wish) => this.say(wish) })}
        ${mode === 'push' && hold.keyboard ? html`<p class="soft small">${msg('Or hold the space bar.')}</p>` : nothing}
      </section>
    `;
  }

  private modeChoice(mode: TalkMode, words: string) {
    return html`<label>
      <input type="radio" name="mode" .value=${mode} .checked=${this.mode === mode} />${words}
    </label>`;
  }

  private modeChosen(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.mode = event.target.value === 'push' ? 'push' : 'continuous';
    this.hold.forget();
    this.dispatchEvent(new CustomEvent('talk-mode', { detail: this.mode, bubbles: true, composed: true }));
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
