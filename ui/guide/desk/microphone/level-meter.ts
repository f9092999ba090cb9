import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base } from '../../../style/base.ts';
import type { GuideEvent } from '../../../../appliance/protocol/guide-events.ts';
import type { EventOf, EventSource } from '../../../link/handlers.ts';

/** Quieter than this is drawn as nothing. */
const FLOOR_DB = -60;
/** A pause between words is not "no sound". */
const SILENCE_MS = 3_000;
/** After this without any report the microphone is not open. */
const STALE_MS = 1_000;

/**
 * Says whether the microphone is heard, in a bar and in words. Hears the levels itself, ten a second: the desk is not drawn
 * again for them.
 */
@localized()
@customElement('ubizo-level-meter')
export class LevelMeter extends LitElement {
  static override styles = [
    base,
    css`
      .meter {
        block-size: 28px;
        border-radius: 999px;
        background: var(--sunken);
        border: 1px solid var(--line-strong);
        overflow: hidden;
      }
      .bar {
        block-size: 100%;
        background: var(--good);
        border-radius: inherit;
        transform-origin: left;
        transform: scaleX(0);
        transition: transform 90ms linear;
      }
      :host(:dir(rtl)) .bar {
        transform-origin: right;
      }
      .loud .bar {
        background: var(--bad);
      }
      @media (prefers-reduced-motion: reduce) {
        .bar {
          transition: none;
        }
      }
      p {
        margin-block-start: var(--gap-2);
        font-size: 1.25rem;
        font-weight: 700;
      }
      .heard {
        color: var(--good);
      }
      .quiet {
        color: var(--ink-soft);
      }
    `,
  ];

  @property({ attribute: false }) events: EventSource<GuideEvent> | undefined;
  /** There is no contact with the box: nothing is known. */
  @property({ type: Boolean }) lost = false;
  @state() private saying: 'heard' | 'quiet' | 'loud' = 'quiet';
  @query('.meter') private readonly meter!: HTMLElement;
  @query('.bar') private readonly bar!: HTMLElement;
  private unsubscribe: (() => void) | undefined;
  private heardAt = 0;
  private stale: ReturnType<typeof setTimeout> | undefined;

  override render() {
    return html`
      <div
        class="meter ${this.saying}"
        role="meter"
        aria-label=${msg('Microphone level')}
        aria-valuemin=${FLOOR_DB}
        aria-valuemax="0"
        aria-valuenow=${FLOOR_DB}
      >
        <div class="bar"></div>
      </div>
      <p class=${this.saying === 'quiet' ? 'quiet' : 'heard'} data-testid="heard">${this.words()}</p>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('events')) this.listen();
    if (changed.has('lost') && this.lost) this.rest();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe?.();
    clearTimeout(this.stale);
  }

  private listen(): void {
    this.unsubscribe?.();
    this.unsubscribe = this.events?.on('level', (level) => this.show(level));
  }

  private words(): string {
    if (this.lost) return msg('Not known');
    if (this.saying === 'loud') return msg('Too loud: hold the microphone further away');
    return this.saying === 'heard' ? msg('I hear you') : msg('No sound');
  }

  private show({ rmsDb, peakDb, heard }: EventOf<GuideEvent, 'level'>): void {
    this.draw(rmsDb);
    const now = performance.now();
    if (heard) this.heardAt = now;
    if (peakDb > -0.5) this.saying = 'loud';
    else this.saying = heard || now - this.heardAt < SILENCE_MS ? 'heard' : 'quiet';
    clearTimeout(this.stale);
    this.stale = setTimeout(() => this.rest(), STALE_MS);
  }

  private rest(): void {
    clearTimeout(this.stale);
    this.draw(FLOOR_DB);
    this.saying = 'quiet';
  }

  private draw(db: number): void {
    const shown = Math.round(Math.min(0, Math.max(FLOOR_DB, db)));
    this.bar.style.transform = `scaleX(${1 - shown / FLOOR_DB})`;
    this.meter.setAttribute('aria-valuenow', String(shown));
    this.meter.setAttribute('aria-valuetext', `${shown} dB`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-level-meter': LevelMeter;
  }
}
