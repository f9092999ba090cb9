import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { languageName } from '../../../appliance/protocol/languages.ts';
import type { NewTour } from '../../../appliance/protocol/requests.ts';
import type { BoxView, TourDeskView } from '../../../appliance/protocol/views.ts';
import { plusIcon } from '../../elements/icons.ts';
import '../../elements/notice.ts';
import '../../elements/sheet.ts';
import type { Sheet } from '../../elements/sheet.ts';
import { changeTour, copyTour, deleteTour, listTours, takeStep } from '../../link/api/tours.ts';
import { base, buttons } from '../../style/base.ts';
import { pageLanguage, pageLocale } from '../../texts/locale.ts';
import { Attempt } from '../attempt.ts';
import { guideProblemWords } from '../problem-words.ts';
import { tourStateWords } from '../state-words.ts';
import './tour-form.ts';
import { tourListStyles } from './tour-list-styles.ts';

const ORDER = { live: 0, paused: 1, ready: 2, ended: 3 };

type Intent = 'edit' | 'end' | 'delete';

/** The guide's tours (the owner's: everyone's), those that go on first. Fires `sign-in-needed`; links lead to `#new` and `#ID`. */
@localized()
@customElement('ubizo-tour-list')
export class TourList extends LitElement {
  static override styles = [base, buttons, tourListStyles];

  @property({ attribute: false }) box: BoxView | undefined;
  @state() private tours: readonly TourDeskView[] | undefined;
  /** The one that a sheet is about. */
  @state() private chosen: TourDeskView | undefined;
  private readonly attempt = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.reload();
  }

  override render() {
    const { problem } = this.attempt;
    return html`
      <header>
        <h1>${msg('Tours')}</h1>
        <button class="main" type="button" @click=${() => (location.hash = 'new')}>
          ${plusIcon}${msg('New tour')}
        </button>
      </header>
      ${
        problem
          ? html`<ubizo-notice
              tone="bad"
              .text=${guideProblemWords(problem)}
              .action=${msg('Try again')}
              @notice-action=${this.reload}
            ></ubizo-notice>`
          : nothing
      }
      ${this.tours === undefined && !problem ? html`<p class="soft">${msg('Asking the box…')}</p>` : nothing}
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
      ${this.sheets()}
    `;
  }

  private sheets() {
    const { chosen } = this;
    return html`
      <ubizo-sheet id="edit" .heading=${msg('Edit the tour')}>
        ${
          chosen
            ? html`<ubizo-tour-form
                .tour=${chosen}
                .box=${this.box}
                ?busy=${this.attempt.busy}
                @tour-form=${this.edited}
                @tour-cancel=${() => this.sheet('edit')?.close()}
              ></ubizo-tour-form>`
            : nothing
        }
      </ubizo-sheet>
      <ubizo-sheet id="end" .heading=${msg('End the tour?')}>
        <p>${msg('It stops for every visitor and cannot be started again.')}</p>
        <button
          class="danger wide"
          type="button"
          @click=${() => this.confirm('end', (id) => takeStep(id, 'end'))}
        >
          ${msg('Yes, end it')}
        </button>
      </ubizo-sheet>
      <ubizo-sheet id="delete" .heading=${msg('Delete this tour?')}>
        <p>${msg(str`“${chosen?.name ?? ''}” and everything kept of it will be gone.`)}</p>
        <button class="danger wide" type="button" @click=${() => this.confirm('delete', deleteTour)}>
          ${msg('Yes, delete it')}
        </button>
      </ubizo-sheet>
    `;
  }

  private row(tour: TourDeskView) {
    const names = [tour.floorLanguage, ...tour.languages].map((tag) => languageName(tag, pageLanguage()));
    const goesOn = tour.state === 'live' || tour.state === 'paused';
    return html`
      <li>
        <a href="#${tour.id}">
          <span class="state ${tour.state}">${tourStateWords(tour.state)}</span>
          <bdi class="name">${tour.name}</bdi>
          <span class="soft small">${names[0]} → ${names.slice(1).join(', ')}</span>
          ${this.whose(tour)}
          <span class="soft small when">${this.day(tour)} · <bdi class="code">${tour.code}</bdi></span>
        </a>
        <div class="actions">
          ${tour.state === 'ended' ? nothing : this.action(tour, msg('Edit'), () => this.open('edit', tour))}
          ${this.action(tour, msg('Copy'), () => void this.copy(tour))}
          ${
            goesOn
              ? this.action(tour, msg('End'), () => this.open('end', tour), 'danger')
              : this.action(tour, msg('Delete'), () => this.open('delete', tour), 'danger')
          }
        </div>
      </li>
    `;
  }

  /** Said only where there are tours of several guides: the owner sees everyone's. */
  private whose({ mine, guide }: TourDeskView) {
    if (!this.tours?.some((tour) => !tour.mine)) return nothing;
    if (mine) return html`<span class="small"><strong>${msg('Your tour')}</strong></span>`;
    return guide ? html`<span class="soft small">${msg(str`Guide: ${guide.name}`)}</span>` : nothing;
  }

  private action(tour: TourDeskView, words: string, act: () => void, tone = '') {
    return html`<button class="plain ${tone}" type="button" ?disabled=${this.attempt.busy} @click=${act}>
      <span>${words}<span class="unseen"> ${tour.name}</span></span>
    </button>`;
  }

  private day(tour: TourDeskView): string {
    const at = new Date(tour.startedAt ?? tour.createdAt);
    return new Intl.DateTimeFormat(pageLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  }

  private reload(): void {
    void this.attempt.run(() => this.load(), { again: true });
  }

  private async load(): Promise<void> {
    this.tours = (await listTours()).toSorted(
      (a, b) => ORDER[a.state] - ORDER[b.state] || b.createdAt.localeCompare(a.createdAt),
    );
  }

  private open(intent: Intent, tour: TourDeskView): void {
    this.chosen = tour;
    this.sheet(intent)?.open();
  }

  private sheet(intent: Intent): Sheet | null {
    return this.renderRoot.querySelector<Sheet>(`ubizo-sheet#${intent}`);
  }

  private confirm(intent: Intent, call: (id: string) => Promise<unknown>): void {
    this.sheet(intent)?.close();
    const id = this.chosen?.id;
    if (id === undefined) return;
    void this.attempt.run(async () => {
      await call(id);
      await this.load();
    });
  }

  private edited(event: CustomEvent<NewTour>): void {
    const { floorLanguage, ...patch } = event.detail;
    const started = this.chosen?.startedAt !== undefined;
    this.confirm('edit', (id) => changeTour(id, { ...patch, ...(started ? {} : { floorLanguage }) }));
  }

  /** A copy has its old name: the next thing is to change that. */
  private async copy({ id }: TourDeskView): Promise<void> {
    let made: TourDeskView | undefined;
    await this.attempt.run(async () => {
      made = await copyTour(id);
      await this.load();
    });
    if (made) this.open('edit', made);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-tour-list': TourList;
  }
}
