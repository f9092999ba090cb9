import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NewTour } from '../../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../../appliance/protocol/views.ts';
import { backIcon } from '../../elements/icons.ts';
import '../../elements/notice.ts';
import '../../elements/sheet.ts';
import { base, buttons } from '../../style/base.ts';
import type { PutOut } from '../out-words.ts';
import { guideProblemWords } from '../problem-words.ts';
import '../tours/tour-form.ts';
import { Desk } from './desk.ts';
import { DeskTabs } from './tabs/desk-tabs.ts';
import { dock, dockStyles } from './tabs/dock.ts';
import { places } from './tabs/places.ts';
import { tourDeskStyles } from './tour-desk-styles.ts';

/** The live desk of one tour. Fires `sign-in-needed`. */
@localized()
@customElement('ubizo-tour-desk')
export class TourDesk extends LitElement {
  static override styles = [base, buttons, tourDeskStyles, ...dockStyles];

  @property() tourId = '';
  private readonly desk = new Desk(this, (out) => this.askForSignIn(out));
  private readonly tabs = new DeskTabs(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.desk.loadBox();
    if (this.hasUpdated) this.desk.open(this.tourId);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('tourId') && this.tourId !== '') this.desk.open(this.tourId);
  }

  override render() {
    const tour = this.desk.tour.view;
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
      ${this.notices()} ${tour ? this.panels(tour) : nothing}
    `;
  }

  private notices() {
    const { calls, socket, tour } = this.desk;
    const { problem } = calls;
    // Once there is a tour to show, its state says that the contact is lost.
    const waiting = socket.status === 'waiting' && !tour.view && problem?.code !== 'not_signed_in';
    return html`
      ${
        waiting
          ? html`<ubizo-notice
              tone="warn"
              .text=${msg('The box does not answer yet. The connection is tried again by itself.')}
            ></ubizo-notice>`
          : nothing
      }
      ${
        problem
          ? html`<ubizo-notice
              tone="bad"
              .text=${guideProblemWords(problem)}
              .action=${problem.code === 'not_signed_in' ? msg('Sign in') : ''}
              @notice-action=${() => this.askForSignIn()}
            ></ubizo-notice>`
          : nothing
      }
      ${!tour.view && !waiting && !problem ? html`<p class="soft">${msg('Asking the box…')}</p>` : nothing}
    `;
  }

  private panels(tour: TourDeskView) {
    const { desk } = this;
    // What is over is looked at as a whole.
    const tabs = tour.state === 'ended' ? undefined : this.tabs;
    return html`
      <div class="desk">${places(desk, tour, tabs)}</div>
      ${dock(desk, tour, tabs)}
      <ubizo-sheet id="edit" .heading=${msg('Edit the tour')}>
        <ubizo-tour-form
          .tour=${tour}
          .box=${desk.box}
          ?busy=${desk.calls.busy}
          @tour-form=${this.edited}
          @tour-cancel=${() => this.editor?.close()}
        ></ubizo-tour-form>
      </ubizo-sheet>
    `;
  }

  private get editor() {
    return this.renderRoot.querySelector<HTMLElementTagNameMap['ubizo-sheet']>('#edit');
  }

  private askForSignIn(detail?: PutOut): void {
    this.dispatchEvent(new CustomEvent('sign-in-needed', { detail, bubbles: true, composed: true }));
  }

  private async edited(event: CustomEvent<NewTour>): Promise<void> {
    const { floorLanguage, ...patch } = event.detail;
    const started = this.desk.tour.view?.startedAt !== undefined;
    await this.desk.calls.patch({ ...patch, ...(started ? {} : { floorLanguage }) });
    this.editor?.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-tour-desk': TourDesk;
  }
}
