import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { boxNow } from '../../../link/box-clock.ts';
import { base } from '../../../style/base.ts';

const TICK_MS = 250;

/** How long until a moment of the box's clock: 0:24. Not announced: it would speak over the guide each second. */
@customElement('ubizo-countdown')
export class Countdown extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        min-inline-size: 3.2em;
        text-align: end;
        font-variant-numeric: tabular-nums;
        font-weight: 700;
      }
    `,
  ];

  /** Ms since the epoch. */
  @property({ type: Number }) endsAt = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  override render() {
    const left = Math.max(0, Math.ceil((this.endsAt - boxNow()) / 1_000));
    const seconds = String(left % 60).padStart(2, '0');
    return html`<span role="timer" aria-live="off" dir="ltr">${Math.floor(left / 60)}:${seconds}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-countdown': Countdown;
  }
}
