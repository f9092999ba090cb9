import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { directionOf, languageName } from '../../../appliance/protocol/languages.ts';
import { globeIcon } from '../../elements/icons.ts';
import { base, buttons } from '../../style/base.ts';
import { pageLanguage, pageLanguages } from '../../texts/locale.ts';
import { choosePageLanguage } from './wished-languages.ts';

/**
 * The globe: in which language the page itself speaks, each by its own name. The phone's own list opens, with rows as
 * large as its owner has them elsewhere.
 */
@localized()
@customElement('ubizo-page-language')
export class PageLanguage extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        inline-size: fit-content;
        max-inline-size: 100%;
      }
      label {
        display: flex;
        align-items: center;
        color: var(--accent);
      }
      svg {
        margin-inline-end: -1.375em;
        pointer-events: none;
      }
      select {
        appearance: none;
        font: inherit;
        font-weight: 600;
        color: inherit;
        background: none;
        border: 0;
        border-radius: var(--radius-small);
        min-block-size: var(--target);
        min-inline-size: var(--target);
        max-inline-size: 100%;
        padding-block: 0;
        padding-inline: 1.875em var(--gap-2);
        cursor: pointer;
        field-sizing: content;
      }
      option {
        color: var(--ink);
        background: var(--raised);
        font-size: 1.125rem;
      }
    `,
  ];

  override render() {
    const now = pageLanguage();
    const names = pageLanguages().map((language) => [language, languageName(language)] as const);
    return html`
      <label>
        ${globeIcon}
        <select aria-label=${msg('Language of this page')} .value=${live(now)} @change=${this.changed}>
          ${names
            .toSorted(([, a], [, b]) => a.localeCompare(b, now))
            .map(
              ([language, name]) =>
                html`<option
                  value=${language}
                  lang=${language}
                  dir=${directionOf(language)}
                  ?selected=${language === now}
                >
                  ${name}
                </option>`,
            )}
        </select>
      </label>
    `;
  }

  private async changed({ target }: Event): Promise<void> {
    if (target instanceof HTMLSelectElement) await choosePageLanguage(target.value);
    // Where its texts could not be fetched, the page speaks as before, and says so here.
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-page-language': PageLanguage;
  }
}
