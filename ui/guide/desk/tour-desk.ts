import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NewTour } from '../../../appliance/protocol/requests.ts';
import type { BoxView } from '../../../appliance/protocol/views.ts';
import '../../captions/caption-stream.ts';
import { backIcon } from '../../elements/icons.ts';
import '../../elements/notice.ts';
import '../../elements/sheet.ts';
import { box } from '../../link/api/box.ts';
import type { TourStep } from '../../link/api/tours.ts';
import { base, buttons } from '../../style/base.ts';
import '../cost/spend-panel.ts';
import '../join-card/join-card.ts';
import '../microphone/microphone-panel.ts';
import { panel } from '../panel.ts';
import '../people/people-panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import '../publishing/publishing-panel.ts';
import '../tours/tour-form.ts';
import '../transcripts/transcripts-panel.ts';
import { Desk } from './desk.ts';
import './language-rows.ts';
import './state-panel.ts';
import './talk-panel.ts';
import { tourDeskStyles } from './tour-desk-styles.ts';

/** The live desk of one tour. Fires `sign-in-needed`. */
@localized()
@customElement('ubizo-tour-desk')
export class TourDesk extends LitElement {
  static override styles = [base, buttons, panel, tourDeskStyles];

  @property() tourId = '';
  @state() private box: BoxView | undefined;
  private readonly desk = new Desk(this, () => {
    this.dispatchEvent(new CustomEvent('sign-in-needed', { bubbles: true, composed: true }));
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.loadBox();
    if (this.hasUpdated) this.desk.open(this.tourId);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('tourId') && this.tourId !== '') this.desk.open(this.tourId);
  }

  override render() {
    const { tour } = this.desk;
    return html`
      <header>
        <button class="plain back" type="button" @click=${() => (location.hash = '')}>
          ${backIcon}<span>${msg('Tours')}</span>
        </button>
        <h1><bdi>${tour?.name}</bdi></h1>
        ${
          tour && tour.state !== 'ended'
            ? html`<button class="plain" type="button" @click=${() => this.editor?.open()}>
                ${msg('Edit')}
              </button>`
            : nothing
        }
      </header>
      ${this.notices()} ${tour ? this.panels() : nothing}
    `;
  }

  private notices() {
    const { problem, socket, tour } = this.desk;
    return html`
      ${
        socket.status === 'waiting'
          ? html`<ubizo-notice
              tone="warn"
              .text=${msg('The connection to the box is lost and comes back by itself. What you see here may be old.')}
            ></ubizo-notice>`
          : nothing
      }
      ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
      ${!tour && socket.status !== 'waiting' ? html`<p class="soft">${msg('Asking the box…')}</p>` : nothing}
    `;
  }

  private panels() {
    const { desk } = this;
    const { tour } = desk;
    if (!tour) return nothing;
    const over = tour.state === 'ended';
    return html`
      <div class="desk">
        <div class="now">
          <ubizo-state-panel
            .tour=${tour}
            .listeners=${desk.listeners}
            ?busy=${desk.busy}
            @tour-step=${(event: CustomEvent<TourStep>) => void desk.take(event.detail)}
          ></ubizo-state-panel>
          ${
            over
              ? nothing
              : html`<ubizo-talk-panel
                    ?muted=${tour.muted}
                    @mute=${(event: CustomEvent<boolean>) => desk.mute(event.detail)}
                  ></ubizo-talk-panel>
                  <ubizo-microphone-panel
                    .tour=${tour}
                    .box=${this.box}
                    .levels=${desk.levels}
                    @microphone-choice=${(event: CustomEvent<string>) => void desk.change({ microphone: event.detail })}
                  ></ubizo-microphone-panel>`
          }
        </div>
        <div class="them">
          ${
            over
              ? html`<ubizo-transcripts-panel .tourId=${tour.id}></ubizo-transcripts-panel>`
              : html`<ubizo-join-card
                  .code=${tour.code}
                  .url=${tour.joinUrl}
                  .entryCode=${tour.entryCode ?? ''}
                ></ubizo-join-card>`
          }
          <section class="panel said" aria-labelledby="said">
            <h2 id="said">${msg('Just said')}</h2>
            <ubizo-caption-stream
              .lines=${desk.captionsOf(tour.floorLanguage)}
              .emptyText=${msg('Your words appear here when an interpreter listens.')}
            ></ubizo-caption-stream>
          </section>
        </div>
        <div class="who">
          ${
            over
              ? nothing
              : html`<ubizo-language-rows .tour=${tour} .captions=${desk.captions}></ubizo-language-rows>`
          }
          <ubizo-spend-panel
            .tour=${tour}
            ?busy=${desk.busy}
            @spend-cap=${(event: CustomEvent<number>) => void desk.change({ spendCapUsd: event.detail })}
          ></ubizo-spend-panel>
          ${
            over
              ? nothing
              : html`<ubizo-people-panel
                    .tour=${tour}
                    ?busy=${desk.busy}
                    @attendee-removal=${(event: CustomEvent<string>) => void desk.remove(event.detail)}
                  ></ubizo-people-panel>
                  <ubizo-publishing-panel .tourId=${tour.id}></ubizo-publishing-panel>`
          }
        </div>
      </div>
      <ubizo-sheet .heading=${msg('Edit the tour')}>
        <ubizo-tour-form
          .tour=${tour}
          .box=${this.box}
          ?busy=${desk.busy}
          @tour-form=${this.edited}
        ></ubizo-tour-form>
      </ubizo-sheet>
    `;
  }

  private get editor() {
    return this.renderRoot.querySelector('ubizo-sheet');
  }

  private async edited(event: CustomEvent<NewTour>): Promise<void> {
    const { floorLanguage, ...patch } = event.detail;
    const started = this.desk.tour?.startedAt !== undefined;
    await this.desk.change({ ...patch, ...(started ? {} : { floorLanguage }) });
    this.editor?.close();
  }

  private async loadBox(): Promise<void> {
    try {
      this.box = await box();
    } catch {
      // The desk works without it; the events socket tells what is wrong with the box.
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-tour-desk': TourDesk;
  }
}
