import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../style/base.ts';

/** What counts as quiet and as loud, dBFS. */
const QUIET_DB = -60;
const LOUD_DB = -10;

/** Shows that somebody is heard. Only to be seen: who does not see it hears themselves. */
@customElement('ubizo-loudness-bar')
export class LoudnessBar extends LitElement {
  static override styles = [
    base,
    css`
      div {
        block-size: 10px;
        border-radius: 5px;
        background: var(--sunken);
        border: 1px solid var(--line-strong);
        overflow: hidden;
      }
      span {
        display: block;
        block-size: 100%;
        background: var(--accent);
        transform-origin: left;
      }
      span:dir(rtl) {
        transform-origin: right;
      }
    `,
  ];

  /** DBFS. */
  @property({ type: Number }) level = -100;

  override render() {
    const share = Math.min(1, Math.max(0, (this.level - QUIET_DB) / (LOUD_DB - QUIET_DB)));
    return html`<div aria-hidden="true"><span style="transform: scaleX(${share})"></span></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-loudness-bar': LoudnessBar;
  }
}
