import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { languageName } from '../../../../appliance/protocol/languages.ts';
import type { AttendeeView, TourDeskView } from '../../../../appliance/protocol/views.ts';
import '../../../elements/sheet.ts';
import { base, buttons } from '../../../style/base.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { panel } from '../../panel.ts';

/** A list longer than this begins folded: it is a desk for speaking, not for counting heads. */
const SHOWN = 6;

/** Who is on the tour, by name and language. Fires `attendee-removal` with the id, after a second thought. */
@localized()
@customElement('ubizo-people-panel')
export class PeoplePanel extends LitElement {
  static override styles = [
    base,
    buttons,
    panel,
    css`
      li {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 0 var(--gap-3);
        min-block-size: 56px;
        border-block-start: 1px solid var(--line);
      }
      .who {
        flex: 1 1 7rem;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .name {
        font-weight: 650;
      }
      .away .name {
        color: var(--ink-soft);
        font-weight: 500;
      }
      .dot {
        flex: none;
        inline-size: 0.625rem;
        block-size: 0.625rem;
        border-radius: 50%;
        background: var(--good);
      }
      .away .dot {
        background: none;
        border: 2px solid var(--line-strong);
      }
      ubizo-sheet p {
        margin-block-end: var(--gap-4);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) tour: TourDeskView | undefined;
  @property({ type: Boolean }) busy = false;
  /** Whose removal the box has not confirmed. */
  @property() removing: string | undefined;
  @state() private all = false;
  @state() private doomed: AttendeeView | undefined;

  override render() {
    if (!this.tour) return nothing;
    const people = inOrder(this.tour.attendees);
    const shown = this.all ? people : people.slice(0, SHOWN);
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg(str`Visitors: ${people.length}`)}</h2>
        ${people.length === 0 ? html`<p class="soft">${msg('Nobody has come yet. Show them the code.')}</p>` : nothing}
        <ul>
          ${repeat(
            shown,
            ({ id }) => id,
            (person) => this.row(person),
          )}
        </ul>
        ${
          people.length > SHOWN
            ? html`<button type="button" aria-expanded=${this.all ? 'true' : 'false'} @click=${this.fold}>
                ${this.all ? msg('Show fewer') : msg(str`Show all ${people.length}`)}
              </button>`
            : nothing
        }
      </section>
      <ubizo-sheet .heading=${msg('Remove this visitor?')}>
        <p>
          ${msg(str`${this.doomed ? nameOf(this.doomed) : ''} no longer hears the tour, and this phone cannot join it again.`)}
        </p>
        <button class="danger wide" type="button" @click=${this.confirmed}>${msg('Yes, remove')}</button>
      </ubizo-sheet>
    `;
  }

  private row(person: AttendeeView) {
    return html`
      <li class=${person.connected ? '' : 'away'} data-testid="attendee">
        <span class="dot" aria-hidden="true"></span>
        <div class="who">
          <p class="name"><bdi>${nameOf(person)}</bdi></p>
          <p class="soft small">
            ${languageName(person.language, pageLanguage())}${person.connected ? nothing : html` · ${msg('not connected')}`}
          </p>
        </div>
        <button class="plain danger" type="button" ?disabled=${this.busy} @click=${() => this.ask(person)}>
          <span
            >${person.id === this.removing ? msg('Removing…') : msg('Remove')}<span class="unseen">
              ${nameOf(person)}</span
            ></span
          >
        </button>
      </li>
    `;
  }

  private fold(): void {
    this.all = !this.all;
  }

  private ask(person: AttendeeView): void {
    this.doomed = person;
    this.renderRoot.querySelector('ubizo-sheet')?.open();
  }

  private confirmed(): void {
    this.renderRoot.querySelector('ubizo-sheet')?.close();
    const detail = this.doomed?.id;
    this.dispatchEvent(new CustomEvent('attendee-removal', { detail, bubbles: true, composed: true }));
  }
}

/** Who is connected first; then as they came. */
function inOrder(people: readonly AttendeeView[]): readonly AttendeeView[] {
  return people.toSorted((a, b) => Number(b.connected) - Number(a.connected));
}

const nameOf = ({ name }: AttendeeView): string => name || msg('Visitor without a name');

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-people-panel': PeoplePanel;
  }
}
