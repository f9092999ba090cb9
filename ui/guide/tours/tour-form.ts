import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { COMMON_LANGUAGES, languageName } from '../../../appliance/protocol/languages.ts';
import type { NewTour } from '../../../appliance/protocol/requests.ts';
import { tidyName } from '../../../appliance/protocol/text.ts';
import type { BoxView, TourDeskView } from '../../../appliance/protocol/views.ts';
import '../../elements/notice.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { pageLanguage } from '../../texts/locale.ts';
import { guideProblemWords } from '../problem-words.ts';
import { askingStyles } from './asking-fields.ts';
import './language-picker.ts';
import { recallChoice, rememberChoice } from './last-choice.ts';
import {
  changedDetails,
  detailFields,
  detailsOf,
  problemIn,
  untouchedFrom,
  type DetailProblem,
  type TourDetails,
} from './tour-details.ts';

/**
 * A new tour, or (given `tour`) changes to one. Fires `tour-form` with the fields (of the details, what was changed), or
 * `tour-cancel`.
 */
@localized()
@customElement('ubizo-tour-form')
export class TourForm extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    askingStyles,
    css`
      form {
        display: grid;
        gap: var(--gap-5);
      }
      .field {
        display: grid;
        gap: var(--gap-2);
      }
      .bad {
        color: var(--bad);
        font-weight: 600;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-3);
      }
      .main {
        min-block-size: 56px;
        flex: 1 1 auto;
      }
      details {
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        padding-inline: var(--gap-3);
      }
      summary {
        min-block-size: 56px;
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-2);
        font-weight: 600;
        cursor: pointer;
        border-radius: var(--radius-small);
      }
      summary::-webkit-details-marker {
        display: none;
      }
      [open] summary svg {
        transform: rotate(180deg);
      }
      .details {
        display: grid;
        gap: var(--gap-4);
        padding-block: var(--gap-2) var(--gap-4);
      }
    `,
  ];

  @property({ attribute: false }) box: BoxView | undefined;
  @property({ attribute: false }) tour: TourDeskView | undefined;
  @property({ type: Boolean }) busy = false;
  @state() private name = '';
  @state() private speaks: string = pageLanguage();
  @state() private languages: readonly string[] = [];
  @state() private details: TourDetails = detailsOf(undefined);
  @state() private missing: 'name' | 'languages' | DetailProblem | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const last = this.tour ? undefined : recallChoice();
    if (!last) return;
    this.speaks = last.speaks;
    this.languages = last.languages;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const { tour } = this;
    const old = changed.get('tour') as TourDeskView | undefined;
    if (!changed.has('tour') || !tour) return;
    // The box tells of the tour every few seconds; what is being typed stays.
    if (old?.id === tour.id) {
      this.details = untouchedFrom(detailsOf(old), detailsOf(tour), this.details);
      return;
    }
    this.details = detailsOf(tour);
    this.name = tour.name;
    this.speaks = tour.floorLanguage;
    this.languages = tour.languages;
  }

  override render() {
    const problem = this.box?.interpreterProblem;
    return html`
      <form novalidate @submit=${this.submitted}>
        <div class="field">
          <label for="name">${msg('Tour name')}</label>
          <input
            id="name"
            maxlength="80"
            autocomplete="off"
            dir="auto"
            placeholder=${msg('Old town on foot')}
            .value=${this.name}
            aria-invalid=${this.missing === 'name' ? 'true' : 'false'}
            aria-describedby=${this.missing === 'name' ? 'name-missing' : nothing}
            @input=${this.named}
          />
          ${
            this.missing === 'name'
              ? html`<p id="name-missing" class="bad" role="alert">${msg('Give the tour a name.')}</p>`
              : nothing
          }
        </div>
        <div class="field">
          <label for="speaks">${msg('I speak')}</label>
          <select id="speaks" ?disabled=${this.tour?.startedAt !== undefined} @change=${this.spoken}>
            ${this.spokenLanguages().map(
              ([language, name]) =>
                html`<option value=${language} ?selected=${language === this.speaks}>${name}</option>`,
            )}
          </select>
        </div>
        ${
          problem
            ? html`<ubizo-notice tone="warn" .text=${guideProblemWords(problem)}></ubizo-notice>`
            : nothing
        }
        <ubizo-language-picker
          .box=${this.box}
          .from=${this.speaks}
          .languages=${this.languages}
          @languages-change=${this.picked}
        ></ubizo-language-picker>
        ${
          this.missing === 'languages'
            ? html`<p class="bad" role="alert">${msg('Choose at least one language for your visitors.')}</p>`
            : nothing
        }
        ${detailFields({
          details: this.details,
          problem: this.missing === 'name' || this.missing === 'languages' ? undefined : this.missing,
          open: this.tour !== undefined,
          change: (change) => {
            this.details = { ...this.details, ...change };
            if (this.missing !== 'name' && this.missing !== 'languages') this.missing = undefined;
          },
        })}
        <div class="buttons">
          <button type="button" @click=${this.cancel}>${msg('Cancel')}</button>
          <button class="main" type="submit" ?disabled=${this.busy}>${this.words()}</button>
        </div>
      </form>
    `;
  }

  private words(): string {
    if (this.busy) return msg('Saving…');
    return this.tour ? msg('Save') : msg('Create tour');
  }

  /** By name in the page's language, with the tour's own language even when it is a rare one. */
  private spokenLanguages(): (readonly [string, string])[] {
    const tags = new Set<string>([...COMMON_LANGUAGES, this.speaks]);
    return [...tags]
      .map((language) => [language, languageName(language, pageLanguage())] as const)
      .toSorted(([, a], [, b]) => a.localeCompare(b, pageLanguage()));
  }

  private readonly named = (event: InputEvent): void => {
    this.name = valueOf(event);
    if (this.missing === 'name') this.missing = undefined;
  };

  private readonly cancel = (): void => {
    this.dispatchEvent(new CustomEvent('tour-cancel', { bubbles: true, composed: true }));
  };

  private spoken(event: Event): void {
    this.speaks = valueOf(event);
    this.languages = this.languages.filter((language) => language !== this.speaks);
  }

  private picked(event: CustomEvent<readonly string[]>): void {
    this.languages = event.detail;
    if (this.missing === 'languages') this.missing = undefined;
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const name = tidyName(this.name);
    this.missing = name === '' ? 'name' : this.languages.length === 0 ? 'languages' : problemIn(this.details);
    if (this.missing === 'name') this.renderRoot.querySelector('input')?.focus();
    if (this.missing) return;
    const detail: NewTour = {
      name,
      floorLanguage: this.speaks,
      languages: [...this.languages],
      ...changedDetails(detailsOf(this.tour), this.details),
    };
    if (!this.tour) rememberChoice({ speaks: this.speaks, languages: [...this.languages] });
    this.dispatchEvent(new CustomEvent('tour-form', { detail, bubbles: true, composed: true }));
  }
}

function valueOf(event: Event): string {
  const { target } = event;
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-tour-form': TourForm;
  }
}
