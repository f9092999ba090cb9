import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Reaction } from '../../../appliance/protocol/questions.ts';
import { base, buttons } from '../../style/base.ts';
import '../react/reaction-bar.ts';
import '../too-fast/too-fast-button.ts';
import { askIcon } from './icons.ts';
import type { Telling } from '../too-fast/too-fast.ts';

/** Over the bar under the thumb: all by which a visitor answers the guide. Fires `open-ask`, `react` and `too-fast`. */
@localized()
@customElement('ubizo-talk-bar')
export class TalkBar extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        container-type: inline-size;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        margin-block-end: var(--gap-2);
      }
      ubizo-reaction-bar {
        flex: 1 0 100%;
      }
      .ask {
        position: relative;
        flex: 1 0 auto;
        max-inline-size: 100%;
        font-variant-numeric: tabular-nums;
      }
      .on {
        color: var(--on-live);
        background: var(--live);
      }
      ubizo-too-fast-button {
        flex: 1 1 7rem;
      }
      .news {
        position: absolute;
        inset-block-start: 3px;
        inset-inline-end: 3px;
        inline-size: 14px;
        block-size: 14px;
        border-radius: 50%;
        background: var(--live);
        border: 2px solid var(--ground);
      }
      @container (min-width: 36rem) {
        .ask,
        ubizo-too-fast-button {
          flex: 0 0 auto;
        }
        ubizo-reaction-bar {
          flex: 1 1 16rem;
          order: 1;
        }
        ubizo-too-fast-button {
          order: 2;
        }
      }
    `,
  ];

  /** What goes on with this visitor's voice or call, in place of the button's own words. */
  @property() doing = '';
  /** They are heard. */
  @property({ type: Boolean }) speaking = false;
  @property({ type: Boolean }) news = false;
  @property() reacted: Reaction | undefined;
  /** The guide speaks: it can be too fast. */
  @property({ type: Boolean }) live = false;
  @property() telling: Telling = 'no';

  override render() {
    return html`<div class="bar">
      <ubizo-reaction-bar .told=${this.reacted}></ubizo-reaction-bar>
      <button
        class="ask ${this.speaking ? 'on' : ''}"
        type="button"
        aria-haspopup="dialog"
        @click=${this.ask}
      >
        ${askIcon}${this.doing || msg('Ask')} ${this.news ? html`<span class="news"></span>` : nothing}
      </button>
      <span class="unseen" role="status">${this.news ? msg('There is news about your question') : ''}</span>
      ${this.live ? html`<ubizo-too-fast-button .telling=${this.telling}></ubizo-too-fast-button>` : nothing}
    </div>`;
  }

  private ask(): void {
    this.dispatchEvent(new CustomEvent('open-ask', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-talk-bar': TalkBar;
  }
}
