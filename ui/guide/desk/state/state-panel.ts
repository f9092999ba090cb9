import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import { warnIcon } from '../../../elements/icons.ts';
import '../../../elements/sheet.ts';
import type { Sheet } from '../../../elements/sheet.ts';
import type { TourStep } from '../../../link/api/tours.ts';
import { base, buttons } from '../../../style/base.ts';
import { tourStateWords } from '../../state-words.ts';
import { statePanelStyles } from './state-panel-styles.ts';
import {
  lacksMicrophone,
  meaningOf,
  pendingStepWords,
  stepWords,
  warningsOf,
  type StateSigns,
} from './state-words.ts';

/**
 * Am I live? One word to be read at arm's length in the sun, what else a guide must know at once, and what to press
 * next. Says nothing that the box has not said, and nothing at all once there is no contact. Fires `tour-step`.
 */
@localized()
@customElement('ubizo-state-panel')
export class StatePanel extends LitElement implements StateSigns {
  static override styles = [base, buttons, statePanelStyles];

  @property({ attribute: false }) tour: TourDeskView | undefined;
  @property({ type: Number }) listeners = 0;
  /** Who read without hearing. */
  @property({ type: Number }) readers = 0;
  @property({ type: Boolean }) busy = false;
  /** What was pressed and is not answered yet. */
  @property() asked: TourStep | undefined;
  @property({ type: Boolean }) lost = false;
  @property({ attribute: false }) muteAsked: boolean | undefined;
  @property({ type: Boolean }) soundless = false;
  @query('#end') private readonly ending!: Sheet;
  @query('#voiceless') private readonly voiceless!: Sheet;

  override render() {
    const { tour, lost } = this;
    if (!tour) return nothing;
    return html`
      <section class="state ${lost ? 'lost' : tour.state}" aria-label=${msg('State of the tour')}>
        <p class="word" role="status" data-testid="tour-state">
          ${lost ? msg('No contact') : tourStateWords(tour.state)}
        </p>
        <p class="meaning" role=${lost ? 'alert' : nothing}>${meaningOf(tour, this)}</p>
        ${warningsOf(tour, this).map(
          (words) => html`<p class="warning" role="alert">${warnIcon}<span>${words}</span></p>`,
        )}
        <div class="steps">${this.steps(tour)}</div>
      </section>
      ${this.sheets(tour)}
    `;
  }

  private sheets({ state }: TourDeskView) {
    const step = state === 'paused' ? 'resume' : 'start';
    return html`
      <ubizo-sheet id="end" .heading=${msg('End the tour?')}>
        <p>${msg('It stops for every visitor and cannot be started again.')}</p>
        <button class="danger wide" type="button" @click=${() => this.confirmed(this.ending, 'end')}>
          ${msg('Yes, end it')}
        </button>
      </ubizo-sheet>
      <ubizo-sheet id="voiceless" .heading=${msg('Without a microphone?')}>
        <p>
          ${msg('The box has no microphone now. The visitors are told so and hear nothing until there is one.')}
        </p>
        <button class="main wide" type="button" @click=${() => this.confirmed(this.voiceless, step)}>
          ${step === 'resume' ? msg('Resume anyway') : msg('Start anyway')}
        </button>
      </ubizo-sheet>
    `;
  }

  private steps(tour: TourDeskView) {
    const begin = (step: TourStep) => (lacksMicrophone(tour) ? this.voiceless.open() : this.take(step));
    const end = this.step('end', 'end', () => this.ending.open());
    switch (tour.state) {
      case 'ready':
        return this.step('start', 'main', begin);
      case 'live':
        return html`${this.step('pause', '', (step) => this.take(step))}${end}`;
      case 'paused':
        return html`${this.step('resume', 'main', begin)}${end}`;
      case 'ended':
        return nothing;
    }
  }

  private step(step: TourStep, style: string, act: (step: TourStep) => void) {
    return html`<button class=${style} type="button" ?disabled=${this.busy} @click=${() => act(step)}>
      ${this.asked === step ? pendingStepWords(step) : stepWords(step)}
    </button>`;
  }

  private confirmed(sheet: Sheet, step: TourStep): void {
    sheet.close();
    this.take(step);
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
