import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import '../../../elements/sheet.ts';
import type { Sheet } from '../../../elements/sheet.ts';
import type { TourStep } from '../../../link/api/tours.ts';
import { base, buttons } from '../../../style/base.ts';
import { tourStateWords } from '../../state-words.ts';
import { statePanelStyles } from './state-panel-styles.ts';

/** Am I live? One word to be read at arm's length in the sun, and what to press next. Fires `tour-step`. */
@localized()
@customElement('ubizo-state-panel')
export class StatePanel extends LitElement {
  static override styles = [base, buttons, statePanelStyles];

  @property({ attribute: false }) tour: TourDeskView | undefined;
  @property({ type: Number }) listeners = 0;
  /** Who read without hearing. */
  @property({ type: Number }) readers = 0;
  @property({ type: Boolean }) busy = false;
  @query('ubizo-sheet') private readonly sheet!: Sheet;

  override render() {
    const { tour } = this;
    if (!tour) return nothing;
    return html`
      <section class="state ${tour.state}" aria-label=${msg('State of the tour')}>
        <p class="word" role="status" data-testid="tour-state">${tourStateWords(tour.state)}</p>
        <p class="meaning">${this.meaning(tour)}</p>
        <div class="steps">${this.steps(tour)}</div>
      </section>
      <ubizo-sheet .heading=${msg('End the tour?')}>
        <p>${msg('It stops for every visitor and cannot be started again.')}</p>
        <button class="danger wide" type="button" @click=${this.end}>${msg('Yes, end it')}</button>
      </ubizo-sheet>
    `;
  }

  private meaning(tour: TourDeskView): string {
    switch (tour.state) {
      case 'ready':
        return msg('Nobody hears you yet.');
      case 'paused':
        return msg('Nobody hears you. The visitors are told that it goes on.');
      case 'ended':
        return msg('The visitors have been told that the tour is over.');
      case 'live':
        break;
    }
    if (tour.muted) return msg('You are muted: nobody hears you.');
    if (tour.microphone.state !== 'open') return msg('But the microphone is not open: nobody hears you.');
    if (this.readers > 0) return msg(str`Visitors listening: ${this.listeners}, reading: ${this.readers}`);
    return msg(str`Visitors listening: ${this.listeners}`);
  }

  private steps({ state }: TourDeskView) {
    switch (state) {
      case 'ready':
        return this.step('start', msg('Start'), 'main');
      case 'live':
        return html`${this.step('pause', msg('Pause'), '')}${this.endButton()}`;
      case 'paused':
        return html`${this.step('resume', msg('Resume'), 'main')}${this.endButton()}`;
      case 'ended':
        return nothing;
    }
  }

  private step(step: TourStep, words: string, style: string) {
    return html`<button class=${style} type="button" ?disabled=${this.busy} @click=${() => this.take(step)}>
      ${words}
    </button>`;
  }

  private endButton() {
    return html`<button class="end" type="button" ?disabled=${this.busy} @click=${() => this.sheet.open()}>
      ${msg('End tour')}
    </button>`;
  }

  private end(): void {
    this.sheet.close();
    this.take('end');
  }

  private take(step: TourStep): void {
    this.dispatchEvent(new CustomEvent('tour-step', { detail: step, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-state-panel': StatePanel;
  }
}
