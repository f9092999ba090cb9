import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { LoadedLater } from '../../elements/loaded-later.ts';
import type { Sheet } from '../../elements/sheet.ts';
import { base } from '../../style/base.ts';
import '../page-language/page-language.ts';
import './language-list.ts';

/**
 * The languages again, over the captions. The sheet itself is fetched after the first screen; where that failed, the
 * list stands in the page. Closes when a language is chosen.
 */
@localized()
@customElement('ubizo-language-sheet')
export class LanguageSheet extends LitElement {
  static override styles = [
    base,
    css`
      ubizo-page-language {
        margin-block-start: var(--gap-4);
      }
      ubizo-sheet:not(:defined) {
        display: none;
      }
      .plain:not(:defined) {
        display: block;
        max-block-size: 50dvh;
        overflow: auto;
        padding: 0 var(--gap-4) var(--gap-4);
      }
    `,
  ];

  @property({ attribute: false }) tour: TourView | undefined;
  @property() language = '';
  /** The language to begin with. */
  @property() first = '';
  /** Fetches what defines the sheet. */
  @property({ attribute: false }) fetchSheet: () => Promise<unknown> = () => import('../later.ts');
  @state() private plain = false;
  @query('ubizo-sheet') private readonly sheet!: Sheet;
  private readonly later = new LoadedLater(this, () => this.fetchSheet());

  override render() {
    return html`
      <ubizo-sheet class=${this.plain ? 'plain' : ''} .heading=${msg('Your language')}>
        <ubizo-language-list
          .tour=${this.tour}
          .language=${this.language}
          .first=${this.first}
          @language-choice=${this.close}
        ></ubizo-language-list>
        <ubizo-page-language></ubizo-page-language>
      </ubizo-sheet>
    `;
  }

  override firstUpdated(): void {
    void this.later.load();
  }

  async open(): Promise<void> {
    if (!this.later.part) await this.later.load({ again: true });
    if (this.later.part) this.sheet.open();
    else this.plain = true;
  }

  private close(): void {
    this.plain = false;
    if (this.later.part) this.sheet.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-language-sheet': LanguageSheet;
  }
}
