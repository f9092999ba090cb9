import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import { warnIcon } from '../../../elements/icons.ts';
import { base, buttons } from '../../../style/base.ts';
import { tourStateWords } from '../../state-words.ts';
import { HoldToTalk } from '../../../elements/hold-to-talk.ts';
import { talkButton, talkButtonStyles, type TalkMode } from './talk-button.ts';

/** The state of the tour and the microphone's button in one line: for while the guide looks at something else. Fires `mute`. */
@localized()
@customElement('ubizo-talk-strip')
export class TalkStrip extends LitElement {
  static override styles = [
    base,
    buttons,
    talkButtonStyles,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-1) var(--gap-3);
        padding: var(--gap-1) var(--gap-3);
        border-block-start: 1px solid var(--line);
      }
      p {
        flex: 1 1 6rem;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--gap-2);
        line-height: 1.25;
      }
      .word {
        font-weight: 800;
      }
      .live .word {
        color: var(--live-ink);
      }
      .lost,
      .lost .soft {
        background: var(--bad-soft);
        color: var(--bad);
      }
      .warning {
        color: var(--warn);
        font-weight: 650;
      }
      .talk {
        flex: 0 1 10rem;
      }
    `,
  ];

  @property({ attribute: false }) tour: TourDeskView | undefined;
  @property({ type: Number }) listeners = 0;
  @property({ attribute: false }) asked: boolean | undefined;
  @property() mode: TalkMode = 'continuous';
  @property({ type: Boolean }) lost = false;
  @property({ type: Boolean }) soundless = false;
  private readonly hold = new HoldToTalk(this, {
    // The space bar is the panel's, also while it is not looked at.
    wanted: () => false,
    onHold: (held) => this.say(!held),
  });

  override render() {
    const { tour, mode, asked, lost, hold } = this;
    if (!tour) return nothing;
    const { state, muted } = tour;
    return html`
      <div class=${lost ? 'lost' : state}>
        <p>
          <span class="word" data-testid="strip-state">
            ${lost ? msg('No contact') : tourStateWords(state)}
          </span>
          ${this.signs(tour)}
        </p>
        ${talkButton({ mode, muted, asked, lost, hold, say: (wish) => this.say(wish) })}
      </div>
    `;
  }

  private signs({ state, muted, microphone }: TourDeskView) {
    if (this.lost || state !== 'live') return nothing;
    if (muted) return html`<span class="warning">${msg('Muted')}</span>`;
    if (this.soundless || microphone.state !== 'open')
      return html`<span class="warning">${warnIcon} ${msg('No sound')}</span>`;
    return html`<span class="soft small">${msg(str`Visitors: ${this.listeners}`)}</span>`;
  }

  private say(muted: boolean): void {
    this.dispatchEvent(new CustomEvent('mute', { detail: muted, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-talk-strip': TalkStrip;
  }
}
