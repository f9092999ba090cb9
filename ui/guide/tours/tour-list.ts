import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { languageName } from '../../../appliance/protocol/languages.ts';
import type { TourDeskView } from '../../../appliance/protocol/views.ts';
import { plusIcon } from '../../elements/icons.ts';
import '../../elements/notice.ts';
import '../../elements/sheet.ts';
import { deleteTour, listTours } from '../../link/api/tours.ts';
import { asLinkError, type LinkError } from '../../link/problem.ts';
import { base, buttons } from '../../style/base.ts';
import { pageLanguage } from '../../texts/locale.ts';
import { guideProblemWords } from '../problem-words.ts';
import { tourStateWords } from '../state-words.ts';
import { tourListStyles } from './tour-list-styles.ts';

/** The guide's tours, those that go on first. Fires `sign-in-needed`; links lead to `#new` and `#ID`. */
@localized()
@customElement('ubizo-tour-list')
export class TourList extends LitElement {
  static override styles = [base, buttons, tourListStyles];

  @state() private tours: readonly TourDeskView[] | undefined;
  @state() private problem: LinkError | undefined;
  @state() private doomed: TourDeskView | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render() {
    return html`
      <header>
        <h1>${msg('Tours')}</h1>
        <button class="main" type="button" @click=${() => (location.hash = 'new')}>
          ${plusIcon}${msg('New tour')}
        </button>
      </header>
      ${
        this.problem
          ? html`<ubizo-notice
              tone="bad"
              .text=${guideProblemWords(this.problem)}
              .action=${msg('Try again')}
              @notice-action=${() => void this.load()}
            ></ubizo-notice>`
          : nothing
      }
      ${this.tours === undefined && !this.problem ? html`<p class="soft">${msg('Asking the box…')}</p>` : nothing}
      ${
        this.tours?.length === 0
          ? html`<p class="none">${msg('No tour yet. Make the first one: it takes half a minute.')}</p>`
          : nothing
      }
      <ul>
        ${repeat(
          this.tours ?? [],
          (tour) => tour.id,
          (tour) => this.row(tour),
        )}
      </ul>
      <ubizo-sheet .heading=${msg('Delete this tour?')}>
        <p>${msg(str`“${this.doomed?.name ?? ''}” and everything kept of it will be gone.`)}</p>
        <button class="danger wide" type="button" @click=${this.removeDoomed}>
          ${msg('Yes, delete it')}
        </button>
      </ubizo-sheet>
    `;
  }

  private row(tour: TourDeskView) {
    const names = [tour.floorLanguage, ...tour.languages].map((tag) => languageName(tag, pageLanguage()));
    return html`
      <li>
        <a href="#${tour.id}">
          <span class="state ${tour.state}">${tourStateWords(tour.state)}</span>
          <bdi class="name">${tour.name}</bdi>
          <span class="soft small">${names[0]} → ${names.slice(1).join(', ')}</span>
          <span class="soft small when">${this.day(tour)} · <bdi class="code">${tour.code}</bdi></span>
        </a>
        ${
          tour.state === 'live' || tour.state === 'paused'
            ? nothing
            : html`<button class="plain danger" type="button" @click=${() => this.ask(tour)}>
                ${msg('Delete')}<span class="unseen"> ${tour.name}</span>
              </button>`
        }
      </li>
    `;
  }

  private day(tour: TourDeskView): string {
    const at = new Date(tour.startedAt ?? tour.createdAt);
    return new Intl.DateTimeFormat(pageLanguage(), { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  }

  private async load(): Promise<void> {
    this.problem = undefined;
    try {
      const order = { live: 0, paused: 1, ready: 2, ended: 3 };
      this.tours = (await listTours()).toSorted(
        (a, b) => order[a.state] - order[b.state] || b.createdAt.localeCompare(a.createdAt),
      );
    } catch (error) {
      this.meet(error);
    }
  }

  private ask(tour: TourDeskView): void {
    this.doomed = tour;
    this.renderRoot.querySelector('ubizo-sheet')?.open();
  }

  private async removeDoomed(): Promise<void> {
    this.renderRoot.querySelector('ubizo-sheet')?.close();
    try {
      if (this.doomed) await deleteTour(this.doomed.id);
      await this.load();
    } catch (error) {
      this.meet(error);
    }
  }

  private meet(error: unknown): void {
    this.problem = asLinkError(error);
    if (this.problem.code !== 'not_signed_in') return;
    this.dispatchEvent(new CustomEvent('sign-in-needed', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-tour-list': TourList;
  }
}
