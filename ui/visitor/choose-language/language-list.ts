import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { directionOf, languageName } from '../../../appliance/protocol/languages.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { base } from '../../style/base.ts';
import { pageLanguage } from '../../texts/locale.ts';
import { isInterpreted, languagesOf } from './preferred-language.ts';

/** A tour's languages, each in its own script. Fires `language-choice` with the tag. */
@localized()
@customElement('ubizo-language-list')
export class LanguageList extends LitElement {
  static override styles = [
    base,
    css`
      .list {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
        gap: var(--gap-2);
      }
      label {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        min-block-size: 60px;
        padding: var(--gap-2) var(--gap-4);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-small);
        background: var(--raised);
        cursor: pointer;
        touch-action: manipulation;
      }
      label:has(:checked) {
        border-color: var(--accent);
        box-shadow: inset 0 0 0 2px var(--accent);
        background: var(--accent-soft);
      }
      label:has(:focus-visible) {
        outline: 3px solid var(--accent);
        outline-offset: 2px;
      }
      input {
        accent-color: var(--accent);
        inline-size: 22px;
        block-size: 22px;
        margin: 0;
        flex: none;
        outline: none;
      }
      .name {
        display: block;
        font-size: 1.1875rem;
        font-weight: 600;
        line-height: 1.25;
        text-align: start;
      }
      .more {
        display: block;
        font-size: 0.9375rem;
        color: var(--ink-soft);
      }
    `,
  ];

  @property({ attribute: false }) tour: TourView | undefined;
  @property() language = '';
  /** The language to begin with. */
  @property() first = '';
  /** Of the rows: it stays while they do, whatever becomes of their interpreters, since somebody is about to tap. */
  private order: readonly string[] = [];

  override willUpdate(changed: PropertyValues<this>): void {
    const now = this.tour ? languagesOf(this.tour, this.first) : [];
    const same = now.length === this.order.length && now.every((language) => this.order.includes(language));
    if (changed.has('first') || !same) this.order = now;
  }

  override render() {
    const { tour } = this;
    if (!tour) return nothing;
    return html`
      <div class="list" role="radiogroup" aria-label=${msg('Language')} @change=${this.changed}>
        ${this.order.map((language) => this.row(tour, language))}
      </div>
    `;
  }

  private row(tour: TourView, language: string) {
    const details: string[] = [];
    const own = languageName(language);
    const translated = languageName(language, pageLanguage());
    const isFloor = language === tour.floorLanguage;
    if (!isFloor && translated !== own) details.push(translated);
    if (isFloor || !isInterpreted(tour, language)) details.push(msg('the guide’s own voice'));
    else if (tour.channels.find((channel) => channel.language === language)?.rough)
      details.push(msg('rough translation, often wrong'));
    return html`
      <label>
        <input type="radio" name="language" .value=${language} .checked=${language === this.language} />
        <span>
          <span class="name"><bdi lang=${language} dir=${directionOf(language)}>${own}</bdi></span>
          ${details.length > 0 ? html`<span class="more">${details.join(' · ')}</span>` : nothing}
        </span>
      </label>
    `;
  }

  private changed(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.dispatchEvent(
      new CustomEvent('language-choice', { detail: event.target.value, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-language-list': LanguageList;
  }
}
