import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { microphoneIcon } from '../../elements/icons.ts';
import type { LinkError } from '../../link/problem.ts';
import { base, buttons } from '../../style/base.ts';
import { entranceStyles } from '../entrance-styles.ts';
import { problemNotice } from '../problem-notice.ts';
import { problemWords } from '../problem-words.ts';
import '../page-language/page-language.ts';
import './code-form.ts';

/** The first screen of who comes without a link, or with one that leads nowhere. Fires `code-entered` and `mend`. */
@localized()
@customElement('ubizo-code-screen')
export class CodeScreen extends LitElement {
  static override styles = [
    base,
    buttons,
    entranceStyles,
    css`
      .column {
        max-inline-size: 26rem;
        justify-content: center;
      }
      .mark,
      .mark p {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
      }
      .mark {
        justify-content: space-between;
        margin-block-end: var(--gap-5);
        font-weight: 700;
        font-size: 1.125rem;
        color: var(--accent);
      }
      .sign-in {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target);
        font-weight: 600;
      }
    `,
  ];

  /** What there is to join. */
  @property({ attribute: false }) tours: readonly TourView[] = [];
  /** What its owner calls the box. */
  @property() box = '';
  @property({ attribute: false }) problem: LinkError | undefined;

  override render() {
    const words = this.problem && problemWords(this.problem);
    const wrongCode = words?.action === 'other-code' ? words.sentence : '';
    return html`
      <div class="column">
        <header>
          <div class="mark">
            <p>${microphoneIcon}<bdi>${this.box || 'Ubizo'}</bdi></p>
            <ubizo-page-language></ubizo-page-language>
          </div>
          <h1>${msg('Hear your guide in your language')}</h1>
        </header>
        ${wrongCode ? nothing : problemNotice(this.problem)}
        <ubizo-code-form .tours=${this.tours} .wrong=${wrongCode}></ubizo-code-form>
        <p><a class="sign-in" href="/guide">${msg('I have an account')}</a></p>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-code-screen': CodeScreen;
  }
}
