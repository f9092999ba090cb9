import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  canonicalTag,
  COMMON_LANGUAGES,
  directionOf,
  LANGUAGE_TAG,
  languageName,
} from '../../../appliance/protocol/languages.ts';
import type { BoxView } from '../../../appliance/protocol/views.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { pageLanguage, pageLocale } from '../../texts/locale.ts';
import { dollars } from '../desk/cost/money.ts';
import { abilityOf, groupedByAbility, type Ability } from './interpreting.ts';

/** Proposed when there is no interpreter to go by. */
const PROPOSED = 12;

/**
 * The visitors' languages: type to find, tap to choose. Any BCP 47 tag may be typed. Warns where this box's interpreter
 * cannot follow. Fires `languages-change` with the tags.
 */
@localized()
@customElement('ubizo-language-picker')
export class LanguagePicker extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      fieldset {
        display: grid;
        gap: var(--gap-3);
      }
      legend {
        margin-block-end: var(--gap-2);
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
      }
      .chips label {
        display: inline-flex;
        align-items: center;
        gap: var(--gap-2);
        min-block-size: var(--target);
        padding: var(--gap-1) var(--gap-4) var(--gap-1) var(--gap-3);
        border: 1px solid var(--line-strong);
        border-radius: 24px;
        background: var(--raised);
        font-weight: 500;
        cursor: pointer;
      }
      .chips label:has(:checked) {
        background: var(--accent-soft);
        border-color: var(--accent);
        box-shadow: inset 0 0 0 1px var(--accent);
        font-weight: 650;
      }
      .chips label:has(:focus-visible) {
        outline: 3px solid var(--accent);
        outline-offset: 2px;
      }
      .chips input {
        outline: none;
      }
      .group {
        display: grid;
        gap: var(--gap-2);
      }
      h2 {
        font-size: 1rem;
      }
      .warn {
        color: var(--warn);
      }
    `,
  ];

  @property({ attribute: false }) box: BoxView | undefined;
  @property() from = '';
  @property({ attribute: false }) languages: readonly string[] = [];
  @state() private search = '';
  @state() private all = false;

  override render() {
    const typed = canonicalTag(this.search.trim());
    const shown = this.found(typed);
    const addable = LANGUAGE_TAG.test(typed) && !shown.includes(typed) && typed !== this.from;
    const without = this.languages.filter((language) => this.ability(language) === 'none');
    return html`
      <fieldset>
        <legend>${msg('Visitors’ languages')}</legend>
        <input
          type="search"
          aria-label=${msg('Search languages')}
          placeholder=${msg('Search languages')}
          autocomplete="off"
          .value=${this.search}
          @input=${this.searched}
          @keydown=${this.keyed}
        />
        ${repeat(
          groupedByAbility(this.box, this.from, shown),
          ({ ability }) => ability,
          ({ ability, languages }) => this.group(ability, languages),
        )}
        <div class="chips">
          ${
            addable
              ? html`<button type="button" @click=${() => this.set(typed, true)}>
                  ${msg(str`Add ${typed}`)}
                </button>`
              : nothing
          }
          ${
            this.all || typed !== ''
              ? nothing
              : html`<button class="plain" type="button" @click=${() => (this.all = true)}>
                  ${msg('All languages')}
                </button>`
          }
        </div>
        ${
          shown.length === 0 && !addable
            ? html`<p class="soft">
                ${msg('No language of this name. A code such as “sw” or “pt-BR” works too.')}
              </p>`
            : nothing
        }
        ${
          without.length > 0
            ? html`<p class="warn" role="status">
                ${msg(str`Not translated here: ${this.names(without)}. Those visitors hear your own voice.`)}
              </p>`
            : nothing
        }
      </fieldset>
    `;
  }

  private group(ability: Ability, languages: readonly string[]) {
    const { usdPerMinute } = this.box ?? {};
    return html`<div class="group" role="group" aria-labelledby="group-${ability}" @change=${this.changed}>
      ${
        this.box
          ? html`<h2 id="group-${ability}">${abilityWords(ability)}</h2>`
          : html`<span class="unseen" id="group-${ability}">${msg('Visitors’ languages')}</span>`
      }
      ${
        ability === 'good' && usdPerMinute !== undefined
          ? html`<p class="soft small">
              ${msg(str`About ${dollars(usdPerMinute * 60)} an hour for each language that somebody listens to.`)}
            </p>`
          : nothing
      }
      ${
        ability === 'rough'
          ? html`<p class="soft small">
              ${msg('By the built-in translation: often wrong, good for the gist. It costs nothing.')}
            </p>`
          : nothing
      }
      <div class="chips">
        ${repeat(
          languages,
          (language) => language,
          (language) => this.chip(language),
        )}
      </div>
    </div>`;
  }

  private chip(language: string) {
    const own = languageName(language);
    const name = languageName(language, pageLanguage());
    return html`
      <label>
        <input type="checkbox" .value=${language} .checked=${this.languages.includes(language)} />
        <span>
          ${name}${
            own === name
              ? nothing
              : html` <bdi class="soft" lang=${language} dir=${directionOf(language)}>${own}</bdi>`
          }
        </span>
      </label>
    `;
  }

  private ability(language: string) {
    return abilityOf(this.box, this.from, language);
  }

  private names(languages: readonly string[]): string {
    const names = languages.map((language) => languageName(language, pageLanguage()));
    return new Intl.ListFormat(pageLocale(), { type: 'conjunction' }).format(names);
  }

  /** Everything chosen or common, without the guide's own; what is typed matches a name in either script, or the tag. */
  private found(typed: string): readonly string[] {
    const all = [...new Set([...COMMON_LANGUAGES, ...this.languages])].filter(
      (language) => language !== this.from,
    );
    const wanted = typed.toLocaleLowerCase();
    if (wanted === '') return this.all ? all : all.filter((language, at) => this.proposed(language, at));
    return all.filter((language) =>
      [
        language,
        languageName(language),
        languageName(language, pageLanguage()),
        languageName(language, 'en'),
      ].some((name) => name.toLocaleLowerCase().startsWith(wanted)),
    );
  }

  /** Before a search: what is chosen and what the interpreter can do; without an interpreter, the most common. */
  private proposed(language: string, at: number): boolean {
    if (this.languages.includes(language)) return true;
    return this.box && this.box.pairs.length > 0 ? this.ability(language) !== 'none' : at < PROPOSED;
  }

  private searched(event: InputEvent): void {
    if (event.target instanceof HTMLInputElement) this.search = event.target.value;
  }

  /** Enter chooses the only match: names can be typed one after the other. */
  private keyed(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const typed = canonicalTag(this.search.trim());
    const [only, ...others] = this.found(typed);
    if (typed === '') return;
    if (only !== undefined && others.length === 0) this.set(only, true);
    else if (only === undefined && LANGUAGE_TAG.test(typed)) this.set(typed, true);
  }

  private changed(event: Event): void {
    event.stopPropagation();
    if (event.target instanceof HTMLInputElement) this.set(event.target.value, event.target.checked);
  }

  private set(language: string, chosen: boolean): void {
    const others = this.languages.filter((known) => known !== language);
    this.languages = chosen ? [...others, language] : others;
    this.search = '';
    this.dispatchEvent(
      new CustomEvent('languages-change', { detail: this.languages, bubbles: true, composed: true }),
    );
  }
}

function abilityWords(ability: Ability): string {
  switch (ability) {
    case 'good':
      return msg('Translated well');
    case 'rough':
      return msg('Rough translation');
    case 'none':
      return msg('Your own voice only');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-language-picker': LanguagePicker;
  }
}
